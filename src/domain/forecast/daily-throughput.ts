import type { WorkingCalendar } from '../calendar/working-time.ts'
import type { DayTally, Tally, TallyLine } from '../contributions/tally.ts'
import { deliveryEvidence, type DeliveryEvidence } from '../measures/delivery.ts'
import type { DeliveryTarget } from '../measures/measure.ts'
import { nextDay, type CalendarDay } from '../time.ts'
import { workingDaysBefore, workingDaysFrom } from '../calendar/working-days.ts'

/** What a key result's working days did. */
export interface DailyThroughput {
  /** By how much each day shortened the way to the target, oldest first; negative where the way grew. */
  readonly gains: Float64Array
  /** The days themselves. */
  readonly days: readonly CalendarDay[]
  /** Issues delivered over these days, less those reopened or taken out again. */
  readonly deliveredItems: number
  /** Days on which more issues were delivered than reopened. */
  readonly deliveryDays: number
}

export interface ThroughputInput {
  /** In any order; a day that is missing had the tally of the day before it. Days after today are passed over. */
  readonly days: readonly DayTally[]
  readonly target: DeliveryTarget
  readonly calendar: WorkingCalendar
  readonly today: CalendarDay
  readonly windowWorkingDays: number
}

const NO_DAYS: DailyThroughput = { gains: new Float64Array(), days: [], deliveredItems: 0, deliveryDays: 0 }

/**
 * The last working days, each with the way it covered.
 *
 * - A day is the difference of two end-of-day tallies, from the end of the working day before it: what was delivered on a
 *   weekend or a holiday counts to the working day that follows.
 * - A day's gain is what was delivered minus, where the target is the scope, what was added to it: one number, because the
 *   two happened together. Re-estimating delivered work adds to both and gains nothing; a team that takes work in as it
 *   finishes some keeps doing so in every trial. A fixed target does not grow with the scope.
 * - Unestimated issues count on every day at what they count today: a median that moves delivers nothing.
 * - The days begin when work did: what is put into scope before anything is started is the plan, not its growth. When the
 *   past itself begins with work under way, its first day is only the opening.
 * - Today counts once it has gained something, else when it is over; and the window ends with the last day on which
 *   anything moved, to which silent days are added. So as long as nothing happens, time adds days without a gain and
 *   takes none away: it cannot make a forecast better.
 */
export function dailyThroughput(input: ThroughputInput): DailyThroughput {
  const { target, today } = input
  const past = input.days.filter(({ day }) => day <= today).sort(byDay)
  const begun = past.findIndex(({ tally }) => tally.some(isUnderWay))
  if (begun === -1) return NO_DAYS
  const begins = begun === 0 ? nextDay(past[0]!.day) : past[begun]!.day
  const boundaries = windowDays(past.at(-1)!.day, input)
  const firstInside = boundaries.findIndex((day, index) => index > 0 && day >= begins)
  if (firstInside === -1) return NO_DAYS

  const { countedAs } = deliveryEvidence(past.at(-1)!.tally).unestimated
  const standingAt = createWalk(past, Math.max(0, begun - 1), (tally) => standingOf(tally, countedAs, target))
  const opening = standingAt(boundaries[firstInside - 1]!)
  const days = boundaries.slice(firstInside)
  const closings = days.map(standingAt)
  const gainOf = (index: number): number =>
    closings[index]!.covered - (closings[index - 1] ?? opening).covered
  if (days.at(-1)! >= today && gainOf(days.length - 1) <= 0) days.pop()

  const deliveredOf = (index: number): number =>
    closings[index]!.deliveredItems - (closings[index - 1] ?? opening).deliveredItems
  const delivered = days.map((_, index) => deliveredOf(index))
  return {
    gains: Float64Array.from(days, (_, index) => gainOf(index)),
    days,
    deliveredItems: delivered.reduce((sum, count) => sum + count, 0),
    deliveryDays: delivered.filter((count) => count > 0).length,
  }
}

/**
 * The window's working days up to the one that something moved on or before last, then the silent ones before today; and
 * first of all the working day before the window, at whose end it opens.
 */
function windowDays(lastMoved: CalendarDay, input: ThroughputInput): readonly CalendarDay[] {
  const { calendar, today, windowWorkingDays } = input
  const ahead = workingDaysFrom(lastMoved, calendar)
  const last = ahead.at(0)
  if (last === null) return []
  const silent: CalendarDay[] = []
  for (let index = 1, day = ahead.at(1); day !== null && day < today; day = ahead.at(++index))
    silent.push(day)
  return [...workingDaysBefore(nextDay(last), windowWorkingDays + 1, calendar), ...silent]
}

/** Asked for ascending days: the standing of the last tally up to each; each tally that counts is read once. */
function createWalk(
  past: readonly DayTally[],
  openingIndex: number,
  read: (tally: Tally) => Standing,
): (day: CalendarDay) => Standing {
  let index = openingIndex
  let standing: Standing | null = null
  return (day) => {
    for (; past[index + 1] !== undefined && past[index + 1]!.day <= day; index++) standing = null
    return (standing ??= read(past[index]!.tally))
  }
}

interface Standing {
  /** How far along the way, counted from anywhere: only differences mean something. */
  readonly covered: number
  readonly deliveredItems: number
}

function standingOf(tally: Tally, countedAs: number, target: DeliveryTarget): Standing {
  const { scope, delivered } = evidenceAt(tally, countedAs)
  const covered = target.kind === 'fixed' ? delivered.size : delivered.size - scope.size
  return { covered, deliveredItems: delivered.issues }
}

/** The evidence of a tally in which every unestimated issue has the given size. */
function evidenceAt(tally: Tally, countedAs: number): DeliveryEvidence {
  return deliveryEvidence(tally.map((line) => (line.size === null ? { ...line, size: countedAs } : line)))
}

function isUnderWay({ state, issues }: TallyLine): boolean {
  return state !== 'to_do' && issues > 0
}

function byDay(a: DayTally, b: DayTally): number {
  return a.day < b.day ? -1 : a.day > b.day ? 1 : 0
}
