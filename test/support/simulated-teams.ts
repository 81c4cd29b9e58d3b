import type { WorkingCalendar } from '../../src/domain/calendar/working-time.ts'
import { sumTally, type DayTally, type Tally, type TallyLine } from '../../src/domain/contributions/tally.ts'
import { createRandom, type Random } from '../../src/demo/jira-simulator/site/random.ts'

/** How a simulated team works, day by day. */
export interface TeamHabits {
  /** How many times its usual rate it delivers on its n-th working day; a burst or a lull may draw. */
  createRhythm(random: Random): (workingDay: number) => number
  /** Issues taken into scope per issue delivered, on average. */
  readonly growthShare: number
  /** How many come at once when scope grows. */
  readonly growthBatch: number
}

const STEADY: TeamHabits = { createRhythm: () => () => 1, growthShare: 0.1, growthBatch: 1 }

export const TEAMS = {
  /** Every day alike: Poisson numbers. */
  steady: STEADY,
  /** Sprints of ten days, most of it delivered on the last two, and sprints that go well or badly. */
  bursty: {
    createRhythm(random) {
      const phase = random.between(0, 9)
      let sprint = lognormal(random, 0.35)
      return (day) => {
        const dayOfSprint = (day + phase) % 10
        if (dayOfSprint === 0) sprint = lognormal(random, 0.35)
        return sprint * (dayOfSprint >= 8 ? 3 : 0.5)
      }
    },
    growthShare: 0.15,
    growthBatch: 2,
  },
  /** Two issues come for three that are delivered, several at once. */
  growing: { createRhythm: () => () => 1, growthShare: 0.6, growthBatch: 4 },
  /** A wave of about ten weeks, at its height on any day, and every third week half as fast. */
  seasonal: {
    createRhythm(random) {
      const phase = random.between(0, 49)
      return (day) =>
        (1 + 0.5 * Math.sin(((day + phase) / 50) * 2 * Math.PI)) * (Math.floor(day / 5) % 3 === 2 ? 0.6 : 1.2)
    },
    growthShare: 0.15,
    growthBatch: 2,
  },
  /** A rate that wanders: no two months alike. */
  drifting: {
    createRhythm(random) {
      let level = 1
      return (day) => {
        if (day % 5 === 0) level *= lognormal(random, 0.15)
        return level
      }
    },
    growthShare: 0.15,
    growthBatch: 2,
  },
} as const satisfies Record<string, TeamHabits>

export type TeamKind = keyof typeof TEAMS

export const WEEKDAYS: WorkingCalendar = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] }

/** A Monday: the first day of every simulated past. */
export const FIRST_DAY = '2026-01-05'

export interface SimulatedKeyResult {
  /** One tally for each working day. */
  readonly days: readonly DayTally[]
  /** The index of the day whose end first found everything delivered; null when none did. */
  readonly reachedAt: number | null
}

/**
 * A key result with some work before it, and a team that delivers it over a number of working days. How much there is to
 * do has nothing to do with how the days turn out: from half to one and a half times what the team usually manages.
 */
export function simulateKeyResult(habits: TeamHabits, workingDays: number, seed: number): SimulatedKeyResult {
  const random = createRandom(seed)
  const rate = 0.3 + 2 * random.next()
  const rhythm = habits.createRhythm(random)
  const usual = rate * workingDays * (1 - habits.growthShare)
  const open = Array.from({ length: Math.ceil(usual * (0.5 + random.next())) }, () => sizeOf(random))
  const lines: TallyLine[] = open.map((size) => line('to_do', size))
  let tally: Tally = sumTally(lines)
  const days: DayTally[] = [{ day: dayNumber(-1), tally }]
  let reachedAt: number | null = null
  for (let day = 0; day < workingDays; day++) {
    const moved: TallyLine[] = []
    for (let count = poisson(random, rate * rhythm(day)); count > 0 && open.length > 0; count--) {
      const size = open.shift()!
      moved.push({ ...line('to_do', size), issues: -1, sharePercent: -100 }, line('delivered', size))
    }
    if (open.length === 0) reachedAt ??= day
    const batches = poisson(random, (rate * habits.growthShare) / habits.growthBatch)
    for (let added = 0; added < batches * habits.growthBatch; added++) {
      const size = sizeOf(random)
      open.push(size)
      moved.push(line('to_do', size))
    }
    if (reachedAt === day && open.length > 0) reachedAt = null
    tally = sumTally([...tally, ...moved])
    days.push({ day: dayNumber(day), tally })
  }
  return { days, reachedAt }
}

/** The n-th working day, from 0. */
export function dayNumber(index: number): string {
  const weeks = Math.floor(index / 5)
  return Temporal.PlainDate.from(FIRST_DAY)
    .add({ days: weeks * 7 + (index - weeks * 5) })
    .toString()
}

function line(state: TallyLine['state'], size: number): TallyLine {
  return { state, size, issues: 1, sharePercent: 100 }
}

function sizeOf(random: Random): number {
  return [1, 1, 2, 2, 3, 3, 3, 5, 5, 8][random.between(0, 9)]!
}

function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random.next(); product > limit; product *= random.next()) count++
  return count
}

/** A factor of 1 on average. */
function lognormal(random: Random, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return Math.exp(sigma * normal - (sigma * sigma) / 2)
}
