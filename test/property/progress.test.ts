import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inScope, today } from '../../src/domain/contributions/contribution.ts'
import { flowOf, sumTally, type Tally, type TallyLine } from '../../src/domain/contributions/tally.ts'
import type { CheckIn } from '../../src/domain/goals.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { computeNumbers, type Evidence } from '../../src/domain/snapshot.ts'
import { dayOf } from '../../src/domain/time.ts'
import { evidenceWith } from '../support/evidence.ts'
import { allContributions, type Family } from '../support/families.ts'
import { anyFamily, anyInstant } from '../support/issue-histories.ts'
import { day, DONE, issueChange, KR1 } from '../support/issues.ts'

/** Sums of sizes are not exact in the last digit. */
const ROUNDING = 1e-12

/** Story points as the contract lets them through. */
const anySize = fc.option(
  fc.oneof(fc.constantFrom(0, 0.5, 1, 2, 3, 5, 8, 13), fc.double({ min: 0, max: 1e9, noNaN: true })),
)
const anyLine: fc.Arbitrary<TallyLine> = fc
  .record({
    state: fc.constantFrom('to_do', 'in_progress', 'delivered'),
    size: anySize,
    issues: fc.integer({ min: 1, max: 50 }),
    share: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ share, ...line }) => ({ ...line, sharePercent: share * line.issues }))
const anyTally: fc.Arbitrary<Tally> = fc.array(anyLine, { maxLength: 8 }).map(sumTally)

const anyDelivery: fc.Arbitrary<Measure> = fc
  .option(fc.double({ min: 0.001, max: 1e9, noNaN: true }))
  .map((amount) => ({
    kind: 'delivery',
    size: 'points',
    target: amount === null ? { kind: 'scope' } : { kind: 'fixed', amount },
  }))
const anyAmount = fc.double({ min: -1e15, max: 1e15, noNaN: true })
const anyMetric: fc.Arbitrary<Measure> = fc
  .record({ baseline: anyAmount, target: anyAmount })
  .filter(({ baseline, target }) => baseline !== target)
  .map((metric) => ({ kind: 'metric', unit: 'h', ...metric }))

const anyCheckIn: fc.Arbitrary<CheckIn> = fc
  .record({ at: anyInstant, value: fc.option(anyAmount) })
  .map(({ at, value }) => ({
    id: 1,
    keyResult: KR1,
    at,
    value,
    confidence: null,
    note: '',
    author: 'ann',
    source: 'person' as const,
  }))

const anyEvidence: fc.Arbitrary<Evidence> = fc
  .record({
    measure: fc.oneof(anyDelivery, anyMetric),
    tally: anyTally,
    lastWorkAt: fc.option(anyInstant),
    latestCheckIn: fc.option(anyCheckIn),
    timeBox: fc.constant({
      startDay: '2026-10-01',
      dueDay: '2026-10-31',
      calendar: { timeZone: 'Asia/Shanghai', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-10-01'] },
    }),
  })
  .map(evidenceWith)

/** The progress of a key result that is measured by the delivery of its scope. */
function deliveredShare(tally: Tally): number | null {
  const measure = { kind: 'delivery', size: 'points', target: { kind: 'scope' } } as const
  const timeBox = { startDay: '2026-10-01', dueDay: '2026-12-31' }
  const calendar = { timeZone: 'UTC', workingDays: [1], holidays: [] }
  const evidence = { measure, tally, lastWorkAt: 0, latestCheckIn: null, timeBox: { ...timeBox, calendar } }
  return computeNumbers(evidenceWith(evidence), 0).numbers.rawProgress
}

it('is shown between nought and one or not at all, and is never NaN', () => {
  fc.assert(
    fc.property(anyEvidence, anyInstant, (evidence, now) => {
      const { progress, rawProgress, assessment } = computeNumbers(evidence, now).numbers
      expect(progress === null).toBe(rawProgress === null)
      expect(rawProgress).not.toBeNaN()
      if (progress !== null) {
        expect(progress).toBeGreaterThanOrEqual(0)
        expect(progress).toBeLessThanOrEqual(1)
      }
      expect(assessment.expected).toBeGreaterThanOrEqual(0)
      expect(assessment.expected).toBeLessThanOrEqual(1)
      expect(assessment.paceRatio).not.toBeNaN()
    }),
    { numRuns: 500 },
  )
})

it('has parts that add up to its scope', () => {
  fc.assert(
    fc.property(anyEvidence, anyInstant, (evidence, now) => {
      const { scope, toDo, inProgress, delivered } = computeNumbers(evidence, now).numbers.delivery
      expect(toDo.issues + inProgress.issues + delivered.issues).toBe(scope.issues)
      const sum = toDo.size + inProgress.size + delivered.size
      expect(Math.abs(sum - scope.size)).toBeLessThanOrEqual(ROUNDING * scope.size)
    }),
  )
})

it('equal evidence gives equal numbers', () => {
  fc.assert(
    fc.property(anyEvidence, anyInstant, (evidence, now) => {
      const stored = { ...evidence, tally: JSON.parse(JSON.stringify(evidence.tally)) as Tally }
      expect(JSON.stringify(computeNumbers(stored, now))).toBe(JSON.stringify(computeNumbers(evidence, now)))
    }),
  )
})

it('does not fall when open work is delivered, estimated or not', () => {
  const isOpen = (line: TallyLine) => line.state !== 'delivered'
  const anyOpen = anyTally
    .filter((tally) => tally.some(isOpen))
    .chain((tally) => fc.tuple(fc.constant(tally), fc.constantFrom(...tally.filter(isOpen))))
  fc.assert(
    fc.property(anyOpen, ([tally, open]) => {
      const sharePercent = open.sharePercent / open.issues
      const one = { ...open, issues: 1, sharePercent: Math.max(1, Math.floor(sharePercent)) }
      const after = sumTally([
        ...tally,
        { ...one, issues: -1, sharePercent: -one.sharePercent },
        { ...one, state: 'delivered' },
      ])
      const before = deliveredShare(tally) ?? 0
      expect(deliveredShare(after) ?? 0).toBeGreaterThanOrEqual(before - ROUNDING)
    }),
    { numRuns: 500 },
  )
})

it('does not fall when an issue is delivered in Jira, whatever its past and its place', () => {
  const tallyOf = (family: Family) =>
    sumTally(
      allContributions(family)
        .filter(({ keyResult }) => keyResult === KR1)
        .flatMap((contribution) => flowOf(contribution, (at) => dayOf(at, 'UTC'))),
    )
  fc.assert(
    fc.property(anyFamily, fc.nat({ max: 3 }), (family, pick) => {
      const issue = family.issues[pick]!
      const contribution = allContributions(family).find((one) => one.issueId === issue.issueId)
      fc.pre(contribution !== undefined && inScope(today(contribution)))
      const at = day(100)
      const { statusId, resolution } = issue.current
      const delivered = {
        ...issue,
        current: { ...issue.current, statusId: DONE, statusCategory: 'done', resolution: null } as const,
        changes: [
          ...issue.changes,
          issueChange(at, { field: 'status', from: statusId, to: DONE }, 9_000),
          issueChange(at, { field: 'resolution', from: resolution, to: null }, 9_001),
        ],
      }
      const before = deliveredShare(tallyOf(family)) ?? 0
      const after = deliveredShare(tallyOf({ ...family, issues: family.issues.with(pick, delivered) })) ?? 0
      expect(after).toBeGreaterThanOrEqual(before - ROUNDING)
    }),
  )
})

it('is never raised by more work to do, unless an estimate changes what the others count at', () => {
  const anyMore = anyLine.map((line): TallyLine => ({ ...line, state: 'to_do' }))
  fc.assert(
    fc.property(anyTally, anyMore, (tally, more) => {
      const hasUnestimated = tally.some((line) => line.size === null)
      fc.pre(more.size === null || !hasUnestimated)
      const before = deliveredShare(tally)
      fc.pre(before !== null)
      expect(deliveredShare(sumTally([...tally, more]))).toBeLessThanOrEqual(before + ROUNDING)
    }),
    { numRuns: 500 },
  )
})
