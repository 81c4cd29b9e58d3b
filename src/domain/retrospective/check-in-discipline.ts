import { cadenceDays, oneCadenceBefore } from '../check-ins/cadence.ts'
import { askedOf } from '../check-ins/due-check-ins.ts'
import type { TimeBox } from '../calendar/expected-progress.ts'
import type { Measure } from '../measures/measure.ts'
import type { Team } from '../team.ts'
import { dayOf, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import type { TrendDay } from './trend.ts'

/** How faithfully people said where the key result stood. */
export interface CheckInDiscipline {
  /** Days on which somebody said something. */
  readonly days: number
  /** Check-ins that the team was asked for; null: it has no cadence. */
  readonly due: number | null
  /** Of those, how many were made before the next was asked for. */
  readonly made: number | null
}

/** What was said of a key result, in any order. */
export interface SaidPast {
  /** Check-ins of people, confidences and steps ticked by hand: what answers a reminder. */
  readonly words: readonly EpochMs[]
  /** Values that other systems pushed. */
  readonly pushes: readonly EpochMs[]
}

export interface DisciplinePast {
  readonly measure: Measure
  readonly timeBox: TimeBox
  /** When it came about, or was carried into the cycle; null: before the cycle began. */
  readonly enteredAt: EpochMs | null
  readonly said: SaidPast
  /** null: no team works on it. */
  readonly team: Pick<Team, 'checkIns' | 'calendar'> | null
  /** At the end of each day, ascending. */
  readonly days: readonly TrendDay[]
}

/**
 * Check-ins against the cadence of the team, by the same days and the same rules by which it is reminded: asked on a
 * cadence day, of what is not known anyway, and answered by any word until the next. Nobody is asked after the due day, nor
 * before the day on which the key result entered the cycle.
 */
export function disciplineOf(past: DisciplinePast, asOf: EpochMs): CheckInDiscipline {
  const { timeBox, said, team } = past
  const timeZone = team?.calendar.timeZone ?? timeBox.calendar.timeZone
  const words = said.words.filter((at) => at <= asOf && dayOf(at, timeZone) <= timeBox.dueDay)
  const days = new Set(words.map((at) => dayOf(at, timeZone))).size
  if (team === null || team.checkIns === null) return { days, due: null, made: null }
  const { checkIns, calendar } = team
  const time = { startDay: timeBox.startDay, endDay: timeBox.dueDay }
  const asked = cadenceDays(checkIns, calendar, time, dayOf(asOf, timeZone))
    .filter((day) => past.enteredAt === null || day >= dayOf(past.enteredAt, timeZone))
    .map((day, index, all) => {
      const next = all[index + 1]
      const until = next === undefined ? Number.POSITIVE_INFINITY : startOfDay(next, timeZone)
      return { day, from: startOfDay(day, timeZone), until }
    })
  const due = asked.filter(({ day, until }) => {
    const pushedFrom = startOfDay(oneCadenceBefore(checkIns, day), timeZone)
    const isPushed = said.pushes.some((at) => at >= pushedFrom && at < until)
    const isDone = wasDoneBefore(past, day)
    return askedOf(past.measure, { isPushed, isDone, hasOpenSteps: !isDone }).length > 0
  })
  const made = due.filter(({ from, until }) => words.some((at) => at >= from && at < until))
  return { days, due: due.length, made: made.length }
}

/** A range is done when its last period is: it may stand at its target from the first one on, and leave it again. */
function wasDoneBefore({ measure, days }: DisciplinePast, cadenceDay: CalendarDay): boolean {
  if (measure.kind === 'range') return false
  return (days.findLast(({ day }) => day < cadenceDay)?.rawProgress ?? 0) >= 1
}
