import { dayOf, type CalendarDay, type EpochMs } from '../time.ts'
import { daysOfCycle } from './day-words.ts'
import type { Retrospective } from './retrospective.ts'

/** How a cycle is told of: of one that runs in the present, of one that is over or closed in the past. */
export interface Telling {
  readonly cycle: Retrospective['cycle']
  readonly asOf: EpochMs
  readonly asOfDay: CalendarDay
  readonly isRunning: boolean
  /** `at the end`, `at the close` of one that was closed early, or `now`. */
  readonly lastly: string
  /** A day, and the day of an instant, in words. */
  day(day: CalendarDay): string
  dayAt(at: EpochMs): string
  /** What is written while it runs, and what is written of a cycle that is over. */
  tense(running: string, past: string): string
}

export function tellingOf({
  cycle,
  asOf,
  closedAt,
  isEarly,
}: Pick<Retrospective, 'cycle' | 'asOf' | 'closedAt' | 'isEarly'>): Telling {
  const day = daysOfCycle(cycle)
  const isRunning = closedAt === null && isEarly
  return {
    cycle,
    asOf,
    asOfDay: dayOf(asOf, cycle.timeZone),
    isRunning,
    lastly: isRunning ? 'now' : isEarly ? 'at the close' : 'at the end',
    day,
    dayAt: (at) => day(dayOf(at, cycle.timeZone)),
    tense: (running, past) => (isRunning ? running : past),
  }
}
