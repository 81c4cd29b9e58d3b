import type { Database } from '../../src/app/ports/records.ts'
import type { CycleKey, KeyResultKey } from '../../src/domain/ids.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'

export const BY_COUNT: Measure = { kind: 'delivery', size: 'count', target: { kind: 'scope' } }
export const BY_POINTS: Measure = { kind: 'delivery', size: 'points', target: { kind: 'scope' } }

export interface GoalsInput {
  readonly startDay?: string
  readonly endDay?: string
  readonly timeZone?: string
  readonly keyResults: Readonly<Record<string, Measure>>
}

/** One cycle with one objective and these key results, straight into the record; all marked to be linked. */
export async function storeGoals(database: Database, input: GoalsInput): Promise<void> {
  const { startDay = '2026-10-01', endDay = '2026-12-31', timeZone = 'UTC', keyResults } = input
  const calendar = { timeZone, workingDays: [1, 2, 3, 4, 5], holidays: [] }
  await database.transaction(async ({ goals, progress }) => {
    const cycle = '2026-Q4' as CycleKey
    await goals.insertCycle({
      key: cycle,
      title: 'Fourth quarter',
      startDay,
      endDay,
      calendar,
      closedAt: null,
      archivedAt: null,
    })
    const objective = await goals.nextObjectiveKey()
    await goals.insertObjective({
      key: objective,
      cycle,
      title: 'Customers find what they look for',
      level: 'team',
      description: '',
      parent: null,
      contributionWeight: null,
      healthRollUp: 'worst',
      ambition: 'committed',
      owner: null,
      team: null,
      healthPolicy: null,
      externalId: null,
      archivedAt: null,
    })
    for (const [key, measure] of Object.entries(keyResults)) {
      await goals.insertKeyResult({
        key: key as KeyResultKey,
        objective,
        title: `Key result ${key}`,
        owner: null,
        ownerAccountId: null,
        measure,
        weight: 1,
        dueDay: null,
        plan: { kind: 'linear' },
        healthPolicy: null,
        description: '',
        healthOverride: null,
        valueOverride: null,
        dependsOn: [],
        intendedSharePercent: null,
        externalId: null,
        rolledFrom: null,
        anchorIssue: null,
        archivedAt: null,
      })
    }
    await progress.markDirty(
      Object.keys(keyResults).map((key) => ({ keyResult: key as KeyResultKey, day: null, relink: true })),
    )
  })
}
