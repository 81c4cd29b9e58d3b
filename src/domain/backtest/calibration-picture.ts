import type { CalibrationBin } from './calibration.ts'

const SIZE = 420
const LEFT = 64
const TOP = 52
const SIDE = 300
const LARGEST_RADIUS = 12
const SMALLEST_RADIUS = 3

/**
 * An SVG of how often forecasts came true: one dot per tenth of probability, larger for more rows, with the range
 * that chance explains (95 %). Dots on the diagonal are forecasts to be taken at their word.
 */
export function calibrationPicture(bins: readonly CalibrationBin[]): string {
  const filled = bins.flatMap(({ rows, forecast, happened }) =>
    forecast === null || happened === null ? [] : [{ rows, forecast, happened }],
  )
  const most = Math.max(1, ...filled.map(({ rows }) => rows))
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  const description =
    filled.length === 0
      ? 'There are no forecasts.'
      : filled
          .map(
            ({ rows, forecast, happened }) =>
              `Of ${rows} forecasts of about ${percent(forecast)}, ${percent(happened)} came true.`,
          )
          .join(' ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="12" fill="#1f2933">`,
    '<title id="title">Calibration of the sprint forecast</title>',
    `<desc id="description">${description}</desc>`,
    `<rect width="${SIZE}" height="${SIZE}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="26" font-size="15" font-weight="600">Calibration of the sprint forecast</text>`,
    ...ticks.flatMap((tick) => [
      line({ x: tick, y: 0 }, { x: tick, y: 1 }, '#e4e7eb'),
      line({ x: 0, y: tick }, { x: 1, y: tick }, '#e4e7eb'),
      `<text x="${x(tick)}" y="${TOP + SIDE + 18}" text-anchor="middle">${percent(tick)}</text>`,
      `<text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${percent(tick)}</text>`,
    ]),
    line({ x: 0, y: 0 }, { x: 1, y: 1 }, '#7b8794', 'stroke-dasharray="4 4"'),
    ...filled.flatMap(({ rows, forecast, happened }) => {
      const { low, high } = rangeOfChance(happened, rows)
      const radius = round(Math.max(SMALLEST_RADIUS, LARGEST_RADIUS * Math.sqrt(rows / most)))
      return [
        line({ x: forecast, y: low }, { x: forecast, y: high }, '#0b69a3', 'stroke-width="1.5"'),
        `<circle cx="${x(forecast)}" cy="${y(happened)}" r="${radius}" fill="#0b69a3" fill-opacity="0.75"><title>${rows} forecasts of about ${percent(forecast)}: ${percent(happened)} came true</title></circle>`,
      ]
    }),
    `<text x="${LEFT + SIDE / 2}" y="${SIZE - 26}" text-anchor="middle">forecast: chance to deliver less than the scope</text>`,
    `<text transform="translate(16 ${TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">came true</text>`,
    '</svg>',
    '',
  ].join('\n')
}

interface Point {
  readonly x: number
  readonly y: number
}

const round = (value: number) => Math.round(value * 10) / 10
const x = (share: number) => round(LEFT + share * SIDE)
const y = (share: number) => round(TOP + (1 - share) * SIDE)
const percent = (share: number) => `${Math.round(share * 100)} %`

function line(from: Point, to: Point, stroke: string, more = ''): string {
  return `<line x1="${x(from.x)}" y1="${y(from.y)}" x2="${x(to.x)}" y2="${y(to.y)}" stroke="${stroke}"${more && ` ${more}`}/>`
}

/** Wilson's interval: stays between 0 and 1 and says something even of one row. */
function rangeOfChance(share: number, rows: number): { low: number; high: number } {
  const z = 1.96
  const scale = 1 + z ** 2 / rows
  const middle = (share + z ** 2 / (2 * rows)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
