import type { Cycle, Objective } from '../../domain/goals.ts'
import type { ObjectiveKey } from '../../domain/ids.ts'
import type { Records } from '../ports/records.ts'

const PAGE = 200

/** Every objective of a cycle, the archived ones only where they are asked for. */
export async function objectivesOf(
  { goals }: Pick<Records, 'goals'>,
  { key }: Pick<Cycle, 'key'>,
  { includeArchived }: { readonly includeArchived: boolean },
): Promise<Objective[]> {
  const found: Objective[] = []
  let after: ObjectiveKey | null = null
  for (;;) {
    const page: Objective[] = await goals.objectives({ after, limit: PAGE }, { cycle: key, includeArchived })
    found.push(...page)
    if (page.length < PAGE) return found
    after = page[page.length - 1]!.key
  }
}
