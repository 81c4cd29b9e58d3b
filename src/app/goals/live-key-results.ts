import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'

const PAGE = 200

/** Every key result, of a cycle or an objective where one is given, that is not archived. */
export async function liveKeyResults(
  { goals }: Pick<Records, 'goals'>,
  of: { readonly cycle?: CycleKey; readonly objective?: ObjectiveKey } = {},
): Promise<KeyResultInContext[]> {
  const filter = { cycle: null, objective: null, includeArchived: false, ...of }
  const found: KeyResultInContext[] = []
  let after: KeyResultKey | null = null
  for (;;) {
    const page: KeyResultInContext[] = await goals.keyResults({ after, limit: PAGE }, filter)
    found.push(...page)
    if (page.length < PAGE) return found
    after = page[page.length - 1]!.keyResult.key
  }
}
