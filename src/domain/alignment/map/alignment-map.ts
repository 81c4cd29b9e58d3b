import { counted } from '../../counted.ts'
import { healthWords, percentFigure } from '../../roll-up/figures.ts'
import { plainText } from '../../writeback/plain-text.ts'
import type { Alignment } from '../alignment.ts'
import { HEALTHS, healthShape, inkOf, round } from './health-shape.ts'
import {
  CARD,
  COLUMN_GAP,
  HEAD,
  layOut,
  MARGIN,
  ROW_SIZE,
  TITLE_SIZE,
  type Card,
  type CardRow,
  type MapLayout,
} from './layout.ts'
import { linesOf, widthOf } from './text-lines.ts'

const TEXT = '#1f2933'
const FAINT = '#52606d'
const LINE = '#7b8794'
const EDGE = '#9aa5b1'
const NEEDS = '#5b3f9e'
const TRACK = '#e4e7eb'
const ALONE = 'stroke-dasharray="3 3"'

/**
 * An alignment as one SVG: objectives as cards, left to right from the company down, lines to what they support, dashed
 * arrows from key results to those they depend on. It stands by itself on its own light ground: no scripts, styles,
 * fonts or addresses, so any page, dark or light, may show it. Equal alignments give equal bytes.
 */
export function alignmentMap(shown: Alignment): string {
  const map = layOut(shown)
  const title = `Alignment ${shown.cycles.map(({ key }) => key).join(', ')}`.trim()
  const { width, height } = map
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="alignment-title alignment-description" font-family="system-ui, Segoe UI, Noto Sans, PingFang SC, Microsoft YaHei, sans-serif" font-size="${ROW_SIZE}" fill="${TEXT}">`,
    `<title id="alignment-title">${escaped(title)}</title>`,
    `<desc id="alignment-description">${escaped(description(shown, map))}</desc>`,
    `<defs><marker id="alignment-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0 L8 4 L0 8 Z" fill="${NEEDS}"/></marker></defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 8}" font-size="20" font-weight="600">${escaped(title)}</text>`,
    ...legend(),
    ...columnNames(map),
    ...(map.cards.length === 0
      ? [`<text x="${MARGIN}" y="${MARGIN + HEAD}" font-size="14">There are no objectives.</text>`]
      : []),
    ...map.cards.map(supportLine),
    ...map.cards.flatMap(({ rows }) => rows.flatMap((row) => dependencyLines(row, map))),
    ...map.cards.map(card),
    '</svg>',
    '',
  ].join('\n')
}

function description({ cycles, orphans, conflicts }: Alignment, { cards }: MapLayout): string {
  const each = HEALTHS.flatMap((health) => {
    const count = cards.filter(({ node }) => node.standing.health === health).length
    return count === 0 ? [] : [`${count} ${healthWords(health)}`]
  })
  const of = cycles.length === 0 ? '' : ` of ${cycles.map(({ key }) => key).join(', ')}`
  return (
    `${counted(cards.length, 'objective')}${of}${each.length === 0 ? '' : `: ${each.join(', ')}`}. ` +
    `${orphans.length} below the company ${orphans.length === 1 ? 'supports' : 'support'} nothing. ` +
    `${counted(conflicts.length, 'conflict')}.`
  )
}

function legend(): string[] {
  const y = MARGIN + 34
  const step = 104
  const shapes = HEALTHS.map(
    (health, index) =>
      `${healthShape(health, MARGIN + 7 + index * step, y - 4, 6)}<text x="${MARGIN + 20 + index * step}" y="${y}">${healthWords(health)}</text>`,
  )
  const below = y + 24
  const sample = (x: number, line: string, words: string) =>
    `<path d="M${x} ${below - 4} h36" fill="none" ${line}/><text x="${x + 44}" y="${below}">${words}</text>`
  return [
    ...shapes,
    sample(MARGIN, `stroke="${LINE}" stroke-width="1.5"`, 'supports'),
    sample(MARGIN + 140, `stroke="${TEXT}" stroke-width="3"`, 'supports, and counts in its progress'),
    sample(
      MARGIN + 420,
      `stroke="${NEEDS}" stroke-width="1.5" stroke-dasharray="5 4" marker-end="url(#alignment-arrow)"`,
      'depends on',
    ),
    `<rect x="${MARGIN + 560}" y="${below - 13}" width="36" height="16" rx="4" fill="#ffffff" stroke="${EDGE}" ${ALONE}/><text x="${MARGIN + 604}" y="${below}">supports nothing</text>`,
  ]
}

function columnNames({ columns }: MapLayout): string[] {
  return columns.flatMap((level, column) =>
    level === null
      ? []
      : [
          `<text x="${MARGIN + column * (CARD.width + COLUMN_GAP)}" y="${MARGIN + HEAD - 14}" font-weight="600" fill="${FAINT}">${level}</text>`,
        ],
  )
}

function card({ node, x, y, height, titleLines, rows, unlisted }: Card): string {
  const { objective, standing, isElsewhere } = node
  const { health, progress } = standing
  const right = x + CARD.width - CARD.padding
  const left = x + CARD.padding
  const barY = y + CARD.header + titleLines.length * CARD.titleLine
  const barWidth = CARD.width - CARD.padding * 2
  const where = isElsewhere ? `${objective.level} · ${objective.cycle}` : objective.level
  const isAlone = objective.parent === null && objective.level !== 'company'
  return [
    '<g>',
    `<title>${escaped(`${objective.key} ${plainText(objective.title, 300)}: ${progressWords(progress)}, ${healthWords(health)}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${CARD.width}" height="${height}" rx="8" fill="${isElsewhere ? '#f5f7fa' : '#ffffff'}" stroke="${EDGE}"${isAlone ? ` ${ALONE}` : ''}/>`,
    healthShape(health, left + 6, y + 18, 6),
    `<text x="${left + 20}" y="${y + 22}"><tspan font-weight="600">${objective.key}</tspan><tspan fill="${FAINT}" dx="8">${escaped(where)}</tspan></text>`,
    `<text x="${right}" y="${y + 22}" text-anchor="end" font-weight="600" fill="${inkOf(health)}">${healthWords(health)} · ${progressWords(progress)}</text>`,
    ...titleLines.map(
      (line, index) =>
        `<text x="${left}" y="${y + CARD.header + 13 + index * CARD.titleLine}" font-size="${TITLE_SIZE}" font-weight="500">${escaped(line)}</text>`,
    ),
    `<rect x="${left}" y="${barY + 4}" width="${barWidth}" height="5" rx="2.5" fill="${TRACK}"/>`,
    ...(progress === null || progress === 0
      ? []
      : [
          `<rect x="${left}" y="${barY + 4}" width="${round(Math.max(5, barWidth * progress))}" height="5" rx="2.5" fill="${inkOf(health)}"/>`,
        ]),
    ...rows.map((row) => keyResultRow(row, left, right)),
    ...(unlisted === 0
      ? []
      : [
          `<text x="${left + 16}" y="${y + height - CARD.foot - 7}" fill="${FAINT}">and ${unlisted} more key results</text>`,
        ]),
    '</g>',
  ].join('\n')
}

/** What a row has for its key and its title, between the shape and the percent. */
const ROW_TEXT = CARD.width - CARD.padding * 2 - 18 - 6 - 42
/** Keys are bold. */
const BOLD = 1.08

function keyResultRow({ keyResult, y }: CardRow, left: number, right: number): string {
  const { key, title, health, progress } = keyResult
  const [line = ''] = linesOf(title, ROW_TEXT / ROW_SIZE - widthOf(key) * BOLD, 1)
  return [
    '<g>',
    `<title>${escaped(`${key} ${plainText(title, 300)}: ${progressWords(progress)}, ${healthWords(health)}`)}</title>`,
    healthShape(health, left + 6, y, 4.5),
    `<text x="${left + 18}" y="${y + 4}"><tspan font-weight="600">${key}</tspan><tspan dx="6">${escaped(line)}</tspan></text>`,
    `<text x="${right}" y="${y + 4}" text-anchor="end" fill="${FAINT}">${progressWords(progress)}</text>`,
    '</g>',
  ].join('')
}

function progressWords(progress: number | null): string {
  return progress === null ? '–' : percentFigure(Math.round(progress * 100) / 100)
}

/** From a card to what it supports. */
function supportLine({ node, x, y, parent }: Card): string {
  if (parent === null) return ''
  const from = { x: parent.card.x + CARD.width, y: parent.y }
  const to = { x, y: y + CARD.header / 2 }
  const counts = node.objective.contributionWeight !== null
  const stroke = counts ? `stroke="${TEXT}" stroke-width="3"` : `stroke="${LINE}" stroke-width="1.5"`
  const middle = round(to.x - COLUMN_GAP / 2)
  return `<path d="M${from.x} ${round(from.y)} C${middle} ${round(from.y)} ${middle} ${round(to.y)} ${to.x} ${round(to.y)}" fill="none" ${stroke}/>`
}

/** From a key result to each that it depends on, where both are on the map. */
function dependencyLines({ keyResult, y }: CardRow, { places }: MapLayout): string[] {
  const from = places.get(keyResult.key)
  if (from === undefined) return []
  return keyResult.dependsOn.flatMap((needed) => {
    const to = places.get(needed)
    if (to === undefined) return []
    const leaves = to.card.column < from.card.column ? from.card.x : from.card.x + CARD.width
    const arrives = to.card.column > from.card.column ? to.card.x : to.card.x + CARD.width
    const bend = COLUMN_GAP / 2
    const out = leaves === from.card.x ? leaves - bend : leaves + bend
    const back = arrives === to.card.x ? arrives - bend : arrives + bend
    const path = `M${leaves} ${round(y)} C${out} ${round(y)} ${back} ${round(to.y)} ${arrives} ${round(to.y)}`
    return [
      `<path d="${path}" fill="none" stroke="${NEEDS}" stroke-width="1.5" stroke-dasharray="5 4" marker-end="url(#alignment-arrow)"><title>${keyResult.key} depends on ${needed}</title></path>`,
    ]
  })
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text of people stays text, whatever it holds. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
