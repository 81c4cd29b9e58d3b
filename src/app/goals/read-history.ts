import type { KeyResultKey } from '../../domain/ids.ts'
import type { TimeBox } from '../../domain/calendar/expected-progress.ts'
import { timeBoxOf, type Cycle } from '../../domain/goals.ts'
import { isMeasuredByValues } from '../../domain/measures/measure.ts'
import { dayOf, type CalendarDay, type EpochMs } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Snapshot } from '../ports/progress.ts'
import type { Records } from '../ports/records.ts'
import { stepSpells } from '../step-spells.ts'
import { dailySeries, seriesDays, type DailyPast, type DayPoint, type SeriesDays } from './daily-series.ts'
import { findKeyResult } from './find-goals.ts'

export interface HistoryQuestion {
  readonly key: KeyResultKey
  /** null: from the start of the cycle, to today or the end of the cycle. */
  readonly from: CalendarDay | null
  readonly to: CalendarDay | null
  /** Snapshots below this id; null: from the newest on. */
  readonly beforeSnapshot: number | null
  readonly snapshotLimit: number
}

export interface KeyResultHistory {
  readonly days: readonly DayPoint[]
  readonly snapshots: readonly Snapshot[]
}

/** Three years, the longest a cycle lasts. */
const MAX_DAYS = 1_096

/**
 * A key result's past: a point per day without gaps, and its snapshots, newest first. Days ahead of today have no
 * point. Throws `OKR_KEY_RESULT_NOT_FOUND`, and `OKR_INPUT_INVALID` for too many days at once.
 */
export async function readHistory(
  { records, clock }: { records: Pick<Records, 'goals' | 'progress' | 'mirror' | 'sites'>; clock: Clock },
  question: HistoryQuestion,
): Promise<KeyResultHistory> {
  const { key } = question
  const context = await findKeyResult(records, key)
  const { from, to } = rangeOf(context, question, clock)
  return {
    days: dailySeries(
      await pastOf(records, context, clock.now()),
      seriesDays(timeBoxOf(context.keyResult, context.cycle), from, to),
    ),
    snapshots: await records.progress.snapshots(key, question.beforeSnapshot, question.snapshotLimit),
  }
}

/** The days of a cycle until an instant, for a key result that has this time. */
export function cycleDaysUntil(
  { endDay }: Pick<Cycle, 'endDay'>,
  timeBox: TimeBox,
  until: EpochMs,
): SeriesDays {
  return seriesDays(timeBox, timeBox.startDay, earlier(endDay, dayOf(until, timeBox.calendar.timeZone)))
}

/**
 * A point per day of its cycle until an instant, without gaps.
 * @param days those of its time box, by `cycleDaysUntil`
 */
export async function daysUntil(
  records: Pick<Records, 'goals' | 'progress' | 'mirror' | 'sites'>,
  context: Pick<KeyResultInContext, 'keyResult' | 'cycle'>,
  { until, days }: { readonly until: EpochMs; readonly days: SeriesDays },
): Promise<readonly DayPoint[]> {
  return dailySeries(await pastOf(records, context, until), days)
}

/** Before any check-in that can be made: what was so before the cycle began is where its chart begins. */
const LONG_AGO: CalendarDay = '1970-01-01'

async function pastOf(
  records: Pick<Records, 'goals' | 'progress' | 'mirror' | 'sites'>,
  { keyResult, cycle }: Pick<KeyResultInContext, 'keyResult' | 'cycle'>,
  until: EpochMs,
): Promise<DailyPast> {
  const { key, measure, plan } = keyResult
  const { timeZone } = cycle.calendar
  // Folded by day: a number that is pushed every minute is no longer to read than one that is told once a day.
  const dayValues = isMeasuredByValues(measure)
    ? await records.goals.dayValues(key, { fromDay: LONG_AGO, until, timeZone })
    : []
  return {
    measure,
    plan,
    until,
    timeBox: timeBoxOf(keyResult, cycle),
    days: await records.progress.days(key),
    values: dayValues.map(({ latestAt, latest }) => ({ at: latestAt, value: latest })),
    dayValues: measure.kind === 'range' ? dayValues : [],
    ticks: measure.kind === 'milestones' ? await records.goals.milestoneTicks(key, until) : [],
    stepSpells: await stepSpells(records, measure),
  }
}

function rangeOf({ cycle }: KeyResultInContext, question: HistoryQuestion, clock: Clock) {
  const today = dayOf(clock.now(), cycle.calendar.timeZone)
  const from = question.from ?? cycle.startDay
  const to = earlier(question.to ?? cycle.endDay, today)
  const span = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1
  if (span > MAX_DAYS) {
    const message = `${from} to ${to} is ${span} days; at most ${MAX_DAYS} are answered at once`
    throw new ThroughlineError('OKR_INPUT_INVALID', `${message}. Ask for a shorter range.`, {
      problems: [{ field: 'from', message }],
    })
  }
  return { from, to }
}

function earlier(a: CalendarDay, b: CalendarDay): CalendarDay {
  return a < b ? a : b
}
