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

/** The days a series is drawn over, walked once for all that is due on the same day. */
export interface SeriesDays {
  /** Ascending, without gaps. */
  readonly ends: readonly DayEnd[]
  /** Working days from the start of the time box to the end of each of its days. */
  readonly workedBy: ReadonlyMap<CalendarDay, number>
}

interface DayEnd {
  readonly day: CalendarDay
  /** Its last instant. */
  readonly at: EpochMs
}

/** The days from `from` to `to`, both included. */
export function seriesDays(
  { startDay, dueDay, calendar }: TimeBox,
  from: CalendarDay,
  to: CalendarDay,
): SeriesDays {
  const ends: DayEnd[] = []
  for (let day = from; day <= to; day = nextDay(day)) {
    ends.push({ day, at: startOfDay(nextDay(day), calendar.timeZone) - 1 })
  }
  const workedBy = new Map<CalendarDay, number>()
  let worked = 0
  for (let day = startDay; day <= dueDay; day = nextDay(day)) {
    if (isWorkingDay(day, calendar)) worked++
    workedBy.set(day, worked)
  }
  return { ends, workedBy }
}

/**
 * One point per day; a day on which nothing moved keeps the numbers before it. What is measured is drawn, also where a
 * person's value stood over it.
 * @param days of the same time box
 */
export function dailySeries(past: DailyPast, days: SeriesDays): DayPoint[] {
  const { measure, timeBox, plan } = past
  const expected = createExpectation(plan, timeBox, days)
  const tallies = createWalk(past.days, (entry, end) => entry.day <= end.day)
  const values = createWalk(past.values, (entry, end) => entry.at <= end.at)
  const shares = createWalk(
    measure.kind === 'range'
      ? sharesByDay(measure, past.dayValues, timeBox, dayOf(past.until + 1, timeBox.calendar.timeZone))
      : [],
    (entry, end) => entry.day <= end.day,
  )
  const points: DayPoint[] = []
  let tally: Tally = []
  let evidence = deliveryEvidence(tally)
  for (const end of days.ends) {
    const { day, at: endAt } = end
    const latest = tallies.upTo(end)?.tally ?? tally
    if (latest !== tally) evidence = deliveryEvidence(latest)
    tally = latest
    const { current, baseline, target } =
      measure.kind === 'range'
        ? { current: shares.upTo(end)?.share ?? null, baseline: 0, target: measure.targetShare }
        : measured(
            measure,
            {
              at: endAt,
              delivery: evidence,
              lastWorkAt: latest.length === 0 ? null : endAt,
              latestValue: values.upTo(end),
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
function createWalk<Entry>(entries: readonly Entry[], isWithin: (entry: Entry, end: DayEnd) => boolean) {
  let index = 0
  let last: Entry | null = null
  return {
    upTo(end: DayEnd): Entry | null {
      for (; index < entries.length; index++) {
        const entry = entries[index]!
        if (!isWithin(entry, end)) break
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
  { startDay, dueDay }: TimeBox,
  { workedBy }: SeriesDays,
): (day: CalendarDay) => number | null {
  if (plan.kind === 'none') return () => null
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
