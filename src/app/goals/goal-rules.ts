import { problemsOfPlan, type PlanProblem } from '../../domain/calendar/expected-plan.ts'
import { timeBoxOf, type Cycle, type KeyResult } from '../../domain/goals.ts'
import { isTimeZone, type CalendarDay } from '../../domain/time.ts'
import { ThroughlineError, type InputProblem } from '../errors.ts'

/** Three years. The expected progress of a cycle is counted day by day, so its length has an end. */
const LONGEST_CYCLE_DAYS = 1_096

/** Refuses a cycle that no calendar can follow. Throws `OKR_INPUT_INVALID` with every problem. */
export function requireSoundCycle({ startDay, endDay, calendar }: Cycle): void {
  const problems: InputProblem[] = []
  if (!isTimeZone(calendar.timeZone)) {
    problems.push({
      field: 'timeZone',
      message: `${calendar.timeZone} is not a time zone known here; give an IANA name such as Asia/Shanghai`,
    })
  }
  if (endDay < startDay) {
    problems.push({
      field: 'endDay',
      message: `${endDay} is before the start ${startDay}; the last day may be the first day or later`,
    })
  } else if (daysBetween(startDay, endDay) >= LONGEST_CYCLE_DAYS) {
    problems.push({
      field: 'endDay',
      message: `${startDay} to ${endDay} is longer than ${LONGEST_CYCLE_DAYS} days, the longest a cycle may last`,
    })
  }
  if (new Set(calendar.workingDays).size !== calendar.workingDays.length) {
    problems.push({ field: 'workingDays', message: 'names a weekday twice' })
  }
  if (problems.length > 0) {
    throw new ThroughlineError('OKR_INPUT_INVALID', 'The cycle cannot be kept as it was given.', { problems })
  }
}

/** Refuses a key result whose due day lies outside its cycle. Throws `OKR_INPUT_INVALID`. */
export function requireDueInCycle({ key, dueDay }: KeyResult, cycle: Cycle, field: string): void {
  if (dueDay === null || (dueDay >= cycle.startDay && dueDay <= cycle.endDay)) return
  const message = `${key} is due on ${dueDay}, outside the cycle ${cycle.key} (${cycle.startDay} to ${cycle.endDay})`
  throw new ThroughlineError('OKR_INPUT_INVALID', `${message}. Give a day inside the cycle.`, {
    problems: [{ field, message }],
  })
}

/** Refuses a plan that does not fit the key result's time. Throws `OKR_INPUT_INVALID` with every problem. */
export function requirePlanInTime(keyResult: KeyResult, cycle: Cycle): void {
  const problems = problemsOfPlan(keyResult.plan, timeBoxOf(keyResult, cycle))
  if (problems.length === 0) return
  throw new ThroughlineError('OKR_INPUT_INVALID', `The plan of ${keyResult.key} does not fit its time.`, {
    problems: problems.map(({ index, problem }) => ({
      field: `plan.targets.${index}`,
      message: PLAN_PROBLEMS[problem],
    })),
  })
}

const PLAN_PROBLEMS: Readonly<Record<PlanProblem['problem'], string>> = {
  day_outside_time: 'its day lies outside the time from the start of the cycle to the due day',
  days_not_ascending: 'its day is not after the day of the target before it',
  progress_out_of_range: 'its progress is not between 0 and 1',
  progress_falls: 'it expects less than the target before it',
  due_day_below_one: 'it is on the due day, by which all of it is expected: give 1, or an earlier day',
}

function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days
}
