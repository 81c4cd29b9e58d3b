import type { CalendarDay, EpochMs } from '../time.ts'
import { inScope, type Contribution, type ContributionStep } from './contribution.ts'

export type ScopeState = 'to_do' | 'in_progress' | 'delivered'

/**
 * One line of a histogram of linked work: how many issues of this size are in this state. A key result has few
 * distinct sizes, so its numbers follow from a handful of lines, however many issues are linked.
 */
export interface TallyLine {
  readonly state: ScopeState
  /** null: not estimated. */
  readonly size: number | null
  readonly issues: number
  /** Sum of the issues' shares; 100 is one whole issue. An integer, so adding and removing is exact. */
  readonly sharePercent: number
}

export type Tally = readonly TallyLine[]

/** What a day added to the tally: the lines may be negative. Summing all days up to one gives that day's tally. */
export interface DayFlow extends TallyLine {
  readonly day: CalendarDay
}

/** Adds lines up; lines that cancel out vanish; the result is ordered, so equal tallies are equal as text. */
export function sumTally(lines: Iterable<TallyLine>): Tally {
  const sums = new Map<string, TallyLine>()
  for (const line of lines) {
    const key = `${line.state}|${line.size}`
    const sum = sums.get(key)
    sums.set(key, {
      state: line.state,
      size: line.size,
      issues: (sum?.issues ?? 0) + line.issues,
      sharePercent: (sum?.sharePercent ?? 0) + line.sharePercent,
    })
  }
  return [...sums.values()].filter((line) => line.issues !== 0 || line.sharePercent !== 0).sort(compareLines)
}

function compareLines(a: TallyLine, b: TallyLine): number {
  if (a.state !== b.state) return a.state < b.state ? -1 : 1
  return (a.size ?? Number.NEGATIVE_INFINITY) - (b.size ?? Number.NEGATIVE_INFINITY)
}

/** A contribution's past as what each day added to its key result's tally. */
export function flowOf(contribution: Contribution, dayOf: (at: EpochMs) => CalendarDay): DayFlow[] {
  const flow: DayFlow[] = []
  let before: ContributionStep | null = null
  for (const step of contribution.steps) {
    const day = dayOf(step.at)
    if (before !== null && inScope(before)) flow.push({ day, ...lineOf(before, -1) })
    if (inScope(step)) flow.push({ day, ...lineOf(step, 1) })
    before = step
  }
  return flow
}

/** What this many contributions in scope, all alike, add to a tally; below 0 they are taken out of it. */
export function lineOf(
  step: Pick<ContributionStep, 'state' | 'size' | 'sharePercent'>,
  contributions: number,
): TallyLine {
  return {
    state: step.state as ScopeState,
    size: step.size,
    issues: contributions,
    sharePercent: contributions * step.sharePercent,
  }
}

export interface DayTally {
  readonly day: CalendarDay
  readonly tally: Tally
}

/**
 * The tally at the end of each day on which something moved.
 * @param opening the tally before the first of these days
 */
export function dayTallies(opening: Tally, flow: readonly DayFlow[]): DayTally[] {
  const byDay = Map.groupBy(flow, (line) => line.day)
  let tally = opening
  return [...byDay.keys()].sort().map((day) => {
    tally = sumTally([...tally, ...byDay.get(day)!])
    return { day, tally }
  })
}
