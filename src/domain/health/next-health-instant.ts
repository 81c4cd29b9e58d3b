import type { WorkingCalendar } from '../calendar/working-time.ts'
import { DAY_MS, dayOf, nextDay, startOfDay, type EpochMs } from '../time.ts'
import {
  assessHealth,
  type HealthAssessment,
  type HealthInput,
  type HealthStanding,
} from './assess-health.ts'
import type { HealthPolicy } from './health-policy.ts'
import { overrideEnd } from './override.ts'

/** What health follows from, with the parts that time alone changes as functions of time. */
export interface HealthFacts extends Omit<HealthInput, 'expected' | 'timeShare' | 'isPastDue'> {
  /** What the plan expects by an instant; null at every instant: no plan. Must not fall. */
  readonly expectedAt: (at: EpochMs) => number | null
  /** The share of the working time that has passed by an instant. Must not fall. */
  readonly timeShareAt: (at: EpochMs) => number
  /** The first instant after the due day. */
  readonly dueEndAt: EpochMs
}

/** The facts as of an instant. */
export function healthInputAt(facts: HealthFacts, at: EpochMs): HealthInput {
  const { expectedAt, timeShareAt, dueEndAt, ...still } = facts
  return { ...still, expected: expectedAt(at), timeShare: timeShareAt(at), isPastDue: at >= dueEndAt }
}

/**
 * The next instant at which time alone may change the assessment while the facts stay: a timer looks again then. Every
 * look before it gives the same health, rule and hold, and the same bands while the readings decide. It is the exact
 * instant of a change, or earlier: until a key result is done or missed it is never later than the start of the next day
 * in the calendar's zone, because a forecast is made of whole days, and what warnings say beside the health (a scope
 * that has grown, an epic that others claim) may be something else on each.
 *
 * @param standing the one stored; whether before or after a look at `now` makes no difference
 * @returns null when time changes nothing any more: done or missed, and no override to begin or to end
 */
export function nextHealthInstant(
  facts: HealthFacts,
  policy: HealthPolicy,
  standing: HealthStanding | null,
  now: EpochMs,
  calendar: WorkingCalendar,
): EpochMs | null {
  const input = healthInputAt(facts, now)
  const today = assessHealth(input, policy, standing, now, calendar)
  const { assessment } = today
  const instants = knownInstants(facts, policy, assessment, now, calendar)
  if (instants.length === 0) return null
  const horizon = Math.min(...instants)
  if (!movesWithTime(assessment)) return horizon

  const sight = sightOf(assessment)
  const looksTheSame = (at: EpochMs): boolean => {
    // Reading a plan walks through its days; what has left its grace period does not come back to it.
    const timeShare = assessment.rule === 'grace' ? facts.timeShareAt(at) : input.timeShare
    const then = { ...input, expected: facts.expectedAt(at), timeShare }
    return sightOf(assessHealth(then, policy, today.standing, at, calendar).assessment) === sight
  }
  return horizon - 1 > now && !looksTheSame(horizon - 1)
    ? firstInstant(now, horizon - 1, (at) => !looksTheSame(at))
    : horizon
}

/** Instants after now at which a step of the assessment begins or ends, whatever the readings do. */
function knownInstants(
  facts: HealthFacts,
  policy: HealthPolicy,
  { computed, heldUntil }: HealthAssessment,
  now: EpochMs,
  calendar: WorkingCalendar,
): readonly EpochMs[] {
  const { override, lastEvidenceAt, dueEndAt } = facts
  const instants = override === null ? [] : [override.at, overrideEnd(override, calendar)]
  if (computed === 'done' || computed === 'missed') return instants.filter((at) => at > now)
  instants.push(dueEndAt)
  if (lastEvidenceAt !== null) instants.push(lastEvidenceAt + policy.staleAfterDays * DAY_MS + 1)
  if (heldUntil !== null) instants.push(heldUntil)
  const { timeZone } = calendar
  instants.push(startOfDay(nextDay(dayOf(now, timeZone)), timeZone))
  return instants.filter((at) => at > now)
}

/** Whether a plan that expects more with every hour can change anything. */
function movesWithTime({ rule, expected }: HealthAssessment): boolean {
  if (rule === 'grace') return true
  return (
    expected !== null && (rule === 'slipping' || rule === 'pace' || rule === 'gap' || rule === 'forecast')
  )
}

/** All that must not change unseen. The numbers themselves change with every instant. */
function sightOf({ health, computed, rule, byPace, byForecast, heldUntil }: HealthAssessment): string {
  return [health, computed, rule, byPace, byForecast, heldUntil].join()
}

/** The first whole instant after `from` at which something holds that, once it does, holds up to `to`. */
function firstInstant(from: EpochMs, to: EpochMs, holds: (at: EpochMs) => boolean): EpochMs {
  let before = from
  let after = to
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (holds(middle)) after = middle
    else before = middle
  }
  return after
}
