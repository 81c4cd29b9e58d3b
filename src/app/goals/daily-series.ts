import type { ExpectedPlan } from '../../domain/calendar/expected-plan.ts'
import type { TimeBox } from '../../domain/calendar/expected-progress.ts'
import { isWorkingDay } from '../../domain/calendar/working-time.ts'
import type { DayTally, Tally } from '../../domain/contributions/tally.ts'
import type { DayValues } from '../../domain/measures/day-values.ts'
import { deliveryEvidence, type WorkAmount } from '../../domain/measures/delivery.ts'
import { measured } from '../../domain/measures/measured.ts'
import { stepDeliveriesAt, type MilestoneTick, type StepSpells } from '../../domain/measures/milestones.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import { sharesByDay } from '../../domain/measures/range.ts'
import { rawProgress, shownProgress } from '../../domain/measures/progress.ts'
import { dayOf, nextDay, startOfDay, type CalendarDay, type EpochMs } from '../../domain/time.ts'

/** A key result at the end of one day. */
export interface DayPoint {
  readonly day: CalendarDay
  readonly current: number | null
  readonly target: number | null
  readonly rawProgress: number | null
  readonly progress: number | null
  /** null: the plan expects nothing before the end. */
  readonly expectedProgress: number | null
  readonly scope: WorkAmount
  readonly delivered: WorkAmount
}

export interface DailyPast {
  readonly measure: Measure
  readonly timeBox: TimeBox
  readonly plan: ExpectedPlan
  /** What came later is not part of it. */
  readonly until: EpochMs
  /** Ascending; only days on which something moved. */
  readonly days: readonly DayTally[]
  /** Reported values, ascending by their date. */
  readonly values: readonly { readonly at: EpochMs; readonly value: number }[]
  /** For `range`: ascending. */
  readonly dayValues: readonly DayValues[]
  /** For `milestones`: in order of their dates. */
  readonly ticks: readonly MilestoneTick[]
  readonly stepSpells: readonly StepSpells[]
}

/**
 * One point per day from `from` to `to`, both included; a day on which nothing moved keeps the numbers before it. What
 * is measured is drawn, also where a person's value stood over it.
 */
export function dailySeries(past: DailyPast, from: CalendarDay, to: CalendarDay): DayPoint[] {
  const { measure, timeBox, plan } = past
  const expected = createExpectation(plan, timeBox)
  const tallies = createWalk(past.days, (entry) => entry.day)
  const values = createWalk(past.values, (entry) => dayOf(entry.at, timeBox.calendar.timeZone))
  const shares = createWalk(
    measure.kind === 'range'
      ? sharesByDay(measure, past.dayValues, timeBox, dayOf(past.until + 1, timeBox.calendar.timeZone))
      : [],
    (entry) => entry.day,
  )
  const points: DayPoint[] = []
  let tally: Tally = []
  let evidence = deliveryEvidence(tally)
  for (let day = from; day <= to; day = nextDay(day)) {
    const latest = tallies.upTo(day)?.tally ?? tally
    if (latest !== tally) evidence = deliveryEvidence(latest)
    tally = latest
    const endAt = startOfDay(nextDay(day), timeBox.calendar.timeZone) - 1
    const { current, baseline, target } =
      measure.kind === 'range'
        ? { current: shares.upTo(day)?.share ?? null, baseline: 0, target: measure.targetShare }
        : measured(
            measure,
            {
              at: endAt,
              delivery: evidence,
              lastWorkAt: latest.length === 0 ? null : endAt,
              latestValue: values.upTo(day),
              dayValues: [],
              ticks: past.ticks.filter(({ at }) => at <= endAt),
              stepDeliveries: stepDeliveriesAt(past.stepSpells, endAt),
            },
            timeBox,
          )
    const raw = current === null || target === null ? null : rawProgress(current, baseline, target)
    points.push({
      day,
      current,
      target,
      rawProgress: raw,
      progress: raw === null ? null : shownProgress(raw),
      expectedProgress: expected(day),
      scope: evidence.scope,
      delivered: evidence.delivered,
    })
  }
  return points
}

/** Hands out the last entry up to each day of an ascending walk; each entry is looked at once. */
function createWalk<Entry>(entries: readonly Entry[], dayOfEntry: (entry: Entry) => CalendarDay) {
  let index = 0
  let last: Entry | null = null
  return {
    upTo(day: CalendarDay): Entry | null {
      for (; index < entries.length; index++) {
        const entry = entries[index]!
        if (dayOfEntry(entry) > day) break
        last = entry
      }
      return last
    },
  }
}

/**
 * The expected progress at the end of each day of an ascending walk: equal to `expectedByPlan` at that instant, but
 * counted once over the whole box instead of once per day.
 */
function createExpectation(
  plan: ExpectedPlan,
  { startDay, dueDay, calendar }: TimeBox,
): (day: CalendarDay) => number | null {
  if (plan.kind === 'none') return () => null
  const workedBy = new Map<CalendarDay, number>()
  let worked = 0
  for (let day = startDay; day <= dueDay; day = nextDay(day)) {
    if (isWorkingDay(day, calendar)) worked++
    workedBy.set(day, worked)
  }
  const targets = plan.kind === 'targets' ? plan.targets : []
  const corners = [
    ...targets.filter(({ day }) => day >= startDay && day < dueDay),
    { day: dueDay, progress: 1 },
  ]
  let from = { worked: 0, progress: 0 }
  return (day) => {
    if (day < startDay) return 0
    if (day >= dueDay) return 1
    while (corners[0]!.day <= day) {
      const { day: reached, progress } = corners.shift()!
      from = { worked: workedBy.get(reached)!, progress }
    }
    const to = corners[0]!
    const total = workedBy.get(to.day)! - from.worked
    if (total === 0) return plan.kind === 'linear' ? 1 : from.progress
    return from.progress + ((to.progress - from.progress) * (workedBy.get(day)! - from.worked)) / total
  }
}
