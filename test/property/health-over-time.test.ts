import fc from 'fast-check'
import { expect, it } from 'vitest'
import { expectedByPlan, type ExpectedPlan } from '../../src/domain/calendar/expected-plan.ts'
import {
  endOf,
  expectedProgress,
  startOf,
  type TimeBox,
} from '../../src/domain/calendar/expected-progress.ts'
import { assessHealth, type HealthAssessment } from '../../src/domain/health/assess-health.ts'
import type { HealthPolicy } from '../../src/domain/health/health-policy.ts'
import {
  healthInputAt,
  nextHealthInstant,
  type HealthFacts,
} from '../../src/domain/health/next-health-instant.ts'
import { DAY_MS, type EpochMs } from '../../src/domain/time.ts'
import { anyMonth, anyPolicy, anyProbability, anyRatio, anyStanding } from '../support/any-health.ts'
import { createWatch } from '../support/health.ts'

const PLANS: ExpectedPlan[] = [
  { kind: 'linear' },
  { kind: 'none' },
  {
    kind: 'targets',
    targets: [
      { day: '2026-10-12', progress: 0.2 },
      { day: '2026-10-20', progress: 0.8 },
    ],
  },
]

interface Scene {
  readonly box: TimeBox
  readonly now: EpochMs
  readonly policy: HealthPolicy
  readonly facts: HealthFacts
}

/** A key result at any instant of its month, near the edges as often as not. */
const anyScene: fc.Arbitrary<Scene> = fc
  .record({
    box: anyMonth,
    plan: fc.constantFrom(...PLANS, PLANS[0]!),
    policy: anyPolicy,
    age: fc.double({ min: -0.1, max: 1.05, noNaN: true }),
    isSlipping: fc.nat(4).map((one) => one === 0),
    ratio: anyRatio,
    evidenceAgo: fc.option(fc.integer({ min: 0, max: 16 * DAY_MS }), { freq: 10 }),
    probability: anyProbability,
    confidence: fc.option(fc.integer({ min: 0, max: 10 })),
    overrideDays: fc.option(fc.integer({ min: -3, max: 3 }), { freq: 2 }),
  })
  .map(({ box, plan, policy, age, ratio, evidenceAgo, overrideDays, ...given }) => {
    const now = Math.round(startOf(box) + age * (endOf(box) - startOf(box)))
    const expectedAt = (at: EpochMs) => expectedByPlan(plan, at, box)
    const override =
      overrideDays === null
        ? null
        : {
            health: 'at_risk' as const,
            reason: 'r',
            by: 'ann',
            at: now + overrideDays * DAY_MS,
            untilDay: '2026-10-25',
          }
    const facts = {
      progress: ratio * (expectedAt(now) ?? 0.5),
      expectedAt,
      timeShareAt: (at: EpochMs) => expectedProgress(at, box),
      dueEndAt: endOf(box),
      isHeldToTheEnd: false,
      lastEvidenceAt: evidenceAgo === null ? null : now - evidenceAgo,
      override,
      ...given,
    }
    return { box, now, policy, facts }
  })

const sceneAndStanding = anyScene.chain((scene) => fc.tuple(fc.constant(scene), anyStanding(scene.now)))

/** What nobody may find changed before the next look is due. */
const told = ({ health, computed, rule, heldUntil }: HealthAssessment) => ({
  health,
  computed,
  rule,
  heldUntil,
})

it('nothing that health tells changes by time alone before its next instant', () => {
  fc.assert(
    fc.property(
      sceneAndStanding,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
      ([{ box, now, policy, facts }, stored], shares) => {
        const { calendar } = box
        const first = assessHealth(healthInputAt(facts, now), policy, stored, now, calendar)
        const next = nextHealthInstant(facts, policy, stored, now, calendar)
        expect(nextHealthInstant(facts, policy, first.standing, now, calendar)).toBe(next)
        const end = next ?? now + 100 * DAY_MS
        expect(end).toBeGreaterThan(now)
        const instants = [...shares.map((share) => Math.floor(now + share * (end - now - 1))), end - 1]
        let { standing } = first
        for (const at of instants.sort((a, b) => a - b)) {
          const look = assessHealth(healthInputAt(facts, at), policy, standing, at, calendar)
          expect(told(look.assessment)).toEqual(told(first.assessment))
          expect(look.standing).toEqual(first.standing)
          standing = look.standing
        }
      },
    ),
    { numRuns: 500 },
  )
})

it('is looked at again within a day while its readings decide', () => {
  fc.assert(
    fc.property(sceneAndStanding, ([{ box, now, policy, facts }, stored]) => {
      const { calendar } = box
      const { assessment } = assessHealth(healthInputAt(facts, now), policy, stored, now, calendar)
      fc.pre(['pace', 'gap', 'forecast', 'grace'].includes(assessment.rule))
      const next = nextHealthInstant(facts, policy, stored, now, calendar)
      expect(next! - now).toBeLessThanOrEqual(25 * (DAY_MS / 24))
    }),
    { numRuns: 200 },
  )
})

it('time alone never turns a key result green', () => {
  const anySteps = fc.array(fc.integer({ min: 0, max: 4 * DAY_MS }), { minLength: 2, maxLength: 15 })
  fc.assert(
    fc.property(anyScene, anySteps, ({ box, now, policy, facts }, steps) => {
      const watch = createWatch(policy, box.calendar)
      let at = now
      let isGreen = true
      for (const step of steps) {
        at += step
        const { computed } = watch.look(healthInputAt({ ...facts, override: null }, at), at)
        const staysGreen = computed === 'on_track' || computed === 'done'
        expect(staysGreen && !isGreen).toBe(false)
        isGreen = staysGreen
      }
    }),
    { numRuns: 500 },
  )
})
