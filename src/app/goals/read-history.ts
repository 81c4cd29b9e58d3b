import type { KeyResultKey } from '../../domain/ids.ts'
import { timeBoxOf } from '../../domain/goals.ts'
import { dayOf, type CalendarDay } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Snapshot } from '../ports/progress.ts'
import type { Records } from '../ports/records.ts'
import { stepDeliveries } from '../step-deliveries.ts'
import { dailySeries, type DailyPast, type DayPoint } from './daily-series.ts'
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
  const days = await records.progress.days(key)
  const values = await records.goals.checkInValues(key)
  const { keyResult, cycle } = context
  const { measure, plan } = keyResult
  const timeBox = timeBoxOf(keyResult, cycle)
  const until = clock.now()
  const { timeZone } = cycle.calendar
  const past: DailyPast = {
    measure,
    plan,
    timeBox,
    days,
    values,
    dayValues:
      measure.kind === 'range'
        ? await records.goals.dayValues(key, { fromDay: timeBox.startDay, until, timeZone })
        : [],
    ticks: measure.kind === 'milestones' ? await records.goals.milestoneTicks(key, until) : [],
    stepDeliveries: await stepDeliveries(records, measure, until),
  }
  return {
    days: dailySeries(past, from, to),
    snapshots: await records.progress.snapshots(key, question.beforeSnapshot, question.snapshotLimit),
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
