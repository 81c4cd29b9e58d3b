import { byTurns, figure, median, type Figure } from './benchmark.ts'
import type { DayTally } from '../src/domain/contributions/tally.ts'
import { dailyThroughput } from '../src/domain/forecast/daily-throughput.ts'
import { forecastDelivery } from '../src/domain/forecast/key-result-forecast.ts'
import { DAY_MS, dayOf } from '../src/domain/time.ts'
import type { Surroundings } from './surroundings.ts'

const REMAINING = 200
const LIMIT_MS = 20
const WINDOW_WORKING_DAYS = 60

/** As many calendar days as the service reads for a forecast, and ten times as many. */
const HISTORY_DAYS = 120
const LONG_HISTORY_DAYS = 1_200

/** Issues delivered on the days of a week, again and again. */
const DELIVERED = [3, 0, 5, 2, 1, 0, 4, 6, 0, 2, 3, 1, 0, 7] as const

const TARGET = { kind: 'scope' } as const
const CALENDAR = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] } as const

/**
 * A key result's chance with 200 issues left, against the plainest loop that draws past days until nothing is left, and
 * with ten times the history against its usual length.
 */
export async function forecast({ isQuick, say }: Surroundings): Promise<Figure[]> {
  const [rounds, trials] = isQuick ? [3, 1_000] : [41, 10_000]
  const now = Date.now()
  const usual = pastOf(HISTORY_DAYS, now)
  const long = pastOf(LONG_HISTORY_DAYS, now)
  const forecastOf = (days: readonly DayTally[]) => () => timed(() => expectForecast(days, now, trials))
  const gains = gainsOf(usual, now)
  const draw = () => timed(() => drawUntilNothingIsLeft(gains, trials))

  const warmUp = Math.ceil(rounds / 4)
  await byTurns(warmUp, forecastOf(usual), draw)
  const [ours, bare] = await byTurns(rounds, forecastOf(usual), draw)
  const [withLong, withUsual] = await byTurns(rounds, forecastOf(long), forecastOf(usual))
  say(`forecast ${median(ours).toFixed(1)} ms, only drawing ${median(bare).toFixed(1)} ms`)
  const what = `${trials} trials, ${REMAINING} issues left`
  return [
    figure({
      name: 'forecast',
      value: median(ours),
      baseline: median(bare),
      unit: 'ms',
      detail: `${what}, against a loop that draws past days until nothing is left`,
      target: { atMost: 4 },
    }),
    figure({
      name: 'forecast.limit',
      value: median(ours),
      baseline: LIMIT_MS,
      unit: 'ms',
      detail: 'the same against a limit',
      target: { atMost: 1 },
    }),
    figure({
      name: 'forecast.history',
      value: median(withLong),
      baseline: median(withUsual),
      unit: 'ms',
      detail: `${what}; with ${LONG_HISTORY_DAYS} days of history, against ${HISTORY_DAYS}`,
      target: { atMost: 1.2 },
    }),
  ]
}

/** Days up to today, each with deliveries; on the last of them 200 issues are left. */
function pastOf(days: number, now: number): DayTally[] {
  const deliveredBy = [0]
  for (let day = 1; day < days; day++) deliveredBy.push(deliveredBy[day - 1]! + DELIVERED[day % 14]!)
  const scope = deliveredBy.at(-1)! + REMAINING
  const line = (state: 'delivered' | 'in_progress' | 'to_do', issues: number) => ({
    state,
    size: 1,
    issues,
    sharePercent: issues * 100,
  })
  return deliveredBy.map((delivered, index) => ({
    day: dayOf(now - (days - 1 - index) * DAY_MS, CALENDAR.timeZone),
    tally: [
      line('delivered', delivered),
      line('in_progress', 10),
      line('to_do', scope - delivered - 10),
    ].filter(({ issues }) => issues > 0),
  }))
}

function expectForecast(days: readonly DayTally[], now: number, trials: number): void {
  const dueDay = dayOf(now + 120 * DAY_MS, CALENDAR.timeZone)
  const box = { startDay: days[0]!.day, dueDay, calendar: CALENDAR }
  const told = forecastDelivery({ days, target: TARGET, box, now, seed: 'KR-1', trials })
  if (told.kind !== 'probability' || told.remaining !== REMAINING || told.p95Day === null) {
    throw new Error(`expected a forecast of ${REMAINING} issues, got ${JSON.stringify(told)}`)
  }
}

function gainsOf(days: readonly DayTally[], now: number): Float64Array {
  const today = dayOf(now, CALENDAR.timeZone)
  const windowWorkingDays = WINDOW_WORKING_DAYS
  return dailyThroughput({ days, target: TARGET, calendar: CALENDAR, today, windowWorkingDays }).gains
}

/** The plain bootstrap: every day is drawn from the past alone, by one multiplication. */
function drawUntilNothingIsLeft(gains: Float64Array, trials: number): void {
  const size = gains.length
  let state = 1
  let days = 0
  for (let trial = 0; trial < trials; trial++) {
    for (let left = REMAINING; left > 0; days++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      left -= gains[((state >>> 16) * size) >>> 16]!
    }
  }
  if (days < trials) throw new Error(`${days} days were drawn in ${trials} trials`)
}

function timed(work: () => void): Promise<number> {
  const startAt = performance.now()
  work()
  return Promise.resolve(performance.now() - startAt)
}
