import fc from 'fast-check'
import type { AlignedKeyResult } from '../../src/domain/alignment/aligned-goals.ts'
import type { Cycle, Objective } from '../../src/domain/goals.ts'
import type { Health } from '../../src/domain/health/health.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../src/domain/ids.ts'
import type { RollUpKeyResult, RollUpObjective } from '../../src/domain/roll-up/terms.ts'

export const O = (n: number) => `O-${n}` as ObjectiveKey
export const KR = (n: number) => `KR-${n}` as KeyResultKey

export function anObjective(n: number, given: Partial<Objective> = {}): Objective {
  return {
    key: O(n),
    cycle: '2026-Q4' as CycleKey,
    title: `Objective ${n}`,
    description: '',
    parent: null,
    contributionWeight: null,
    healthRollUp: 'worst',
    level: 'team',
    ambition: 'committed',
    owner: null,
    team: null,
    healthPolicy: null,
    externalId: null,
    archivedAt: null,
    ...given,
  }
}

export function anAligned(
  n: number,
  objective: number,
  given: Partial<AlignedKeyResult> = {},
): AlignedKeyResult {
  const progress = given.progress === undefined ? 0.5 : given.progress
  return {
    key: KR(n),
    objective: O(objective),
    title: `Key result ${n}`,
    weight: 1,
    isArchived: false,
    progress,
    rawProgress: progress,
    health: progress === null ? 'no_data' : 'on_track',
    cycle: '2026-Q4' as CycleKey,
    dueDay: '2026-12-31',
    dependsOn: [],
    ...given,
  }
}

export function aCycle(key = '2026-Q4', endDay = '2026-12-31'): Cycle {
  return {
    key: key as CycleKey,
    title: key,
    startDay: '2026-10-01',
    endDay,
    calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] },
    closedAt: null,
    archivedAt: null,
  }
}

const HEALTHS: Health[] = ['no_data', 'on_track', 'at_risk', 'off_track', 'stale', 'done', 'missed']
const anyWeight = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.double({ min: 1e-3, max: 1_000, noNaN: true }))
const anyProgress = fc.oneof(fc.constantFrom(0, 0.1, 1 / 3, 1), fc.double({ min: 0, max: 1, noNaN: true }))

/** Objectives and key results that support each other in any way, circles and parents that are not there included. */
export const anyRollUpGoals = fc.integer({ min: 1, max: 7 }).chain((objectives) =>
  fc.integer({ min: 0, max: 10 }).chain((keyResults) => {
    const anyParent = fc.oneof(
      fc.integer({ min: 1, max: objectives + 1 }).map(O),
      fc.integer({ min: 1, max: keyResults + 1 }).map(KR),
      fc.constant(null),
    )
    return fc.record({
      objectives: fc.tuple(
        ...Array.from({ length: objectives }, (_, index) =>
          fc.record<RollUpObjective>({
            key: fc.constant(O(index + 1)),
            parent: anyParent,
            contributionWeight: fc.option(anyWeight),
            healthRollUp: fc.constantFrom('worst', 'median'),
            archivedAt: fc.option(fc.constant(1), { freq: 6 }),
          }),
        ),
      ),
      keyResults: fc.tuple(
        ...Array.from({ length: keyResults }, (_, index) =>
          fc
            .record({
              key: fc.constant(KR(index + 1)),
              objective: fc.integer({ min: 1, max: objectives }).map(O),
              weight: anyWeight,
              isArchived: fc.nat(5).map((one) => one === 0),
              progress: fc.option(anyProgress, { freq: 5 }),
              raw: fc.double({ noNaN: true, noDefaultInfinity: true }),
              health: fc.constantFrom(...HEALTHS),
            })
            .map(({ raw, ...one }): RollUpKeyResult => ({
              ...one,
              rawProgress: one.progress === null ? null : raw,
            })),
        ),
      ),
    })
  }),
)
