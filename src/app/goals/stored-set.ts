import type { Cycle, KeyResult, Objective } from '../../domain/goals.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { LintedKeyResult, LintedObjective } from '../../domain/lint/linted-set.ts'
import type { Records } from '../ports/records.ts'
import { findCycle } from './find-goals.ts'

const PAGE = 500

/** The live goals of a cycle as the linter reads them. Throws `OKR_CYCLE_NOT_FOUND`. */
export async function storedSet(
  { goals }: Pick<Records, 'goals'>,
  key: CycleKey,
): Promise<{ readonly objectives: readonly LintedObjective[] }> {
  const cycle = await findCycle({ goals }, key)
  const filter = { cycle: key, objective: null, includeArchived: false }
  const objectives = await everyPage<Objective, ObjectiveKey>(
    (after) => goals.objectives({ after, limit: PAGE }, filter),
    (objective) => objective.key,
  )
  const keyResults = await everyPage(
    (after: KeyResultKey | null) => goals.keyResults({ after, limit: PAGE }, filter),
    ({ keyResult }) => keyResult.key,
  )
  const ofObjective = Map.groupBy(keyResults, ({ keyResult }) => keyResult.objective)
  return {
    objectives: objectives.map((objective) => {
      const own = (ofObjective.get(objective.key) ?? []).map(({ keyResult }) => keyResult)
      return lintedObjective(objective, cycle, own)
    }),
  }
}

/** An objective with key results of it, in the time of its cycle. */
export function lintedObjective(
  objective: Objective,
  cycle: Cycle,
  keyResults: readonly KeyResult[],
): LintedObjective {
  return {
    ...objective,
    startDay: cycle.startDay,
    dueDay: cycle.endDay,
    hasCycle: true,
    keyResults: keyResults satisfies readonly LintedKeyResult[],
  }
}

async function everyPage<Row, Key>(
  read: (after: Key | null) => Promise<Row[]>,
  keyOf: (row: Row) => Key,
): Promise<Row[]> {
  const rows: Row[] = []
  for (let after: Key | null = null; ;) {
    const page = await read(after)
    rows.push(...page)
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return rows
    after = keyOf(last)
  }
}
