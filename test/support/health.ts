import { endOf, expectedProgress, type TimeBox } from '../../src/domain/calendar/expected-progress.ts'
import {
  assessHealth,
  type HealthAssessment,
  type HealthInput,
  type HealthStanding,
} from '../../src/domain/health/assess-health.ts'
import { BUILT_IN_POLICIES, type HealthPolicy } from '../../src/domain/health/health-policy.ts'
import type { HealthFacts } from '../../src/domain/health/next-health-instant.ts'
import type { EpochMs } from '../../src/domain/time.ts'
import { day } from './issues.ts'

/** A hundred days of which each is worked: a day is one per cent of the time. */
export const HUNDRED_DAYS: TimeBox = {
  startDay: '2026-10-01',
  dueDay: '2027-01-08',
  calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] },
}

export function policy(name: string, changes: Partial<HealthPolicy> = {}): HealthPolicy {
  return { ...BUILT_IN_POLICIES.get(name)!, ...changes }
}

/** A key result half way through its hundred days, exactly on its linear plan, with news from yesterday. */
export function healthInput(changes: Partial<HealthInput> = {}): HealthInput {
  return {
    progress: 0.5,
    expected: 0.5,
    timeShare: 0.5,
    isPastDue: false,
    isHeldToTheEnd: false,
    isSlipping: false,
    lastEvidenceAt: day(49),
    probability: null,
    override: null,
    confidence: null,
    ...changes,
  }
}

/** The same one at any time: its plan is linear. */
export function healthFacts(changes: Partial<HealthFacts> = {}, box = HUNDRED_DAYS): HealthFacts {
  return {
    progress: 0.5,
    expectedAt: (at) => expectedProgress(at, box),
    timeShareAt: (at) => expectedProgress(at, box),
    dueEndAt: endOf(box),
    isHeldToTheEnd: false,
    isSlipping: false,
    lastEvidenceAt: day(49),
    probability: null,
    override: null,
    confidence: null,
    ...changes,
  }
}

/** Its health at the fiftieth day, never looked at before. */
export function assess(
  changes: Partial<HealthInput>,
  by: HealthPolicy = policy('balanced'),
): HealthAssessment {
  return assessHealth(healthInput(changes), by, null, day(50), HUNDRED_DAYS.calendar).assessment
}

/** Looks at a key result again and again, each time with what the look before stored. */
export function createWatch(by: HealthPolicy, calendar = HUNDRED_DAYS.calendar) {
  let standing: HealthStanding | null = null
  return {
    look(input: HealthInput, now: EpochMs): HealthAssessment {
      const seen = assessHealth(input, by, standing, now, calendar)
      standing = seen.standing
      return seen.assessment
    },
    standing: () => standing,
  }
}
