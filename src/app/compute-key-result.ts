import { timeBoxOf } from '../domain/goals.ts'
import type { HealthPolicy } from '../domain/health/health-policy.ts'
import { isMeasuredByWork } from '../domain/measures/measure.ts'
import { stepDeliveriesAt } from '../domain/measures/milestones.ts'
import { canonicalText } from '../domain/mirror/facts.ts'
import { computeNumbers, type Computed, type Evidence } from '../domain/snapshot.ts'
import { dayOf, startOfDay, type CalendarDay, type EpochMs } from '../domain/time.ts'
import { policyOf } from './goals/health-policy.ts'
import type { KeyResultInContext } from './ports/goals.ts'
import type { Records } from './ports/records.ts'
import { stepSpells } from './step-spells.ts'

/** Of calendar days: more than the sixty working days a forecast learns from, holidays included. */
const PAST_DAYS = 120

/** Values a trend is drawn through: every pair of them is compared. */
const PAST_VALUES = 200

/**
 * A key result's numbers from its stored evidence, a bounded read, however many issues are linked; notes how its health
 * stands and when to look at it again.
 */
export async function computeKeyResult(
  records: Records,
  goal: KeyResultInContext,
  now: EpochMs,
): Promise<Computed & { readonly policy: HealthPolicy }> {
  const { key } = goal.keyResult
  const policy = await policyOf(records, goal)
  const before = await records.progress.healthStanding(key)
  const isSamePolicy = before !== null && canonicalText(before.policy) === canonicalText(policy)
  const evidence = await evidenceOf(records, goal, now)
  const judgedBy = {
    policy,
    override: goal.keyResult.healthOverride,
    standing: isSamePolicy ? before.standing : null,
  }
  const computed = computeNumbers({ ...evidence, judgedBy }, now)
  await records.progress.saveHealthStanding(
    key,
    { standing: computed.standing, policy, health: computed.numbers.assessment.health },
    computed.lookAgainAt,
  )
  return { ...computed, policy }
}

async function evidenceOf(
  records: Records,
  { keyResult, cycle }: KeyResultInContext,
  now: EpochMs,
): Promise<Omit<Evidence, 'judgedBy'>> {
  const { progress, goals } = records
  const { key, measure, plan, valueOverride } = keyResult
  const { timeZone } = cycle.calendar
  const timeBox = timeBoxOf(keyResult, cycle)
  const last = await progress.dayBefore(key, null)
  return {
    measure,
    tally: last?.tally ?? [],
    lastWorkAt: last === null ? null : startOfDay(last.day, timeZone),
    latestCheckIn: await goals.latestCheckIn(key, now),
    latestConfidence: await goals.latestConfidence(key, now),
    valueOverride,
    dayValues:
      measure.kind === 'range'
        ? await goals.dayValues(key, { fromDay: timeBox.startDay, until: now, timeZone })
        : [],
    ticks: measure.kind === 'milestones' ? await goals.milestoneTicks(key, now) : [],
    stepDeliveries: stepDeliveriesAt(await stepSpells(records, measure), now),
    timeBox,
    plan,
    past: {
      days: isMeasuredByWork(measure) ? await progress.daysFrom(key, daysAgo(now, timeZone)) : [],
      values: measure.kind === 'metric' ? await goals.recentValues(key, now, PAST_VALUES) : [],
    },
    seed: key,
  }
}

function daysAgo(now: EpochMs, timeZone: string): CalendarDay {
  return Temporal.PlainDate.from(dayOf(now, timeZone)).subtract({ days: PAST_DAYS }).toString()
}
