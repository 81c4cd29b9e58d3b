import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'

const PAGE = 200

interface Whose {
  readonly cycle?: CycleKey
  readonly objective?: ObjectiveKey
}

/** Every key result, of a cycle or an objective where one is given, that is not archived. */
export function liveKeyResults(
  records: Pick<Records, 'goals'>,
  of: Whose = {},
): Promise<KeyResultInContext[]> {
  return readAll(records, of, false)
}

/** The same with the archived ones. */
export function keyResultsOf(records: Pick<Records, 'goals'>, of: Whose): Promise<KeyResultInContext[]> {
  return readAll(records, of, true)
}

async function readAll(
  { goals }: Pick<Records, 'goals'>,
  of: Whose,
  includeArchived: boolean,
): Promise<KeyResultInContext[]> {
  const filter = { cycle: null, objective: null, includeArchived, ...of }
  const found: KeyResultInContext[] = []
  let after: KeyResultKey | null = null
  for (;;) {
    const page: KeyResultInContext[] = await goals.keyResults({ after, limit: PAGE }, filter)
    found.push(...page)
    if (page.length < PAGE) return found
    after = page[page.length - 1]!.keyResult.key
  }
}
