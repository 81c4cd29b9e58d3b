import type { StatusCategory } from '../../domain/mirror/issue.ts'

const CATEGORY_OF_ID: ReadonlyMap<number, StatusCategory> = new Map([
  [2, 'new'],
  [4, 'indeterminate'],
  [3, 'done'],
])

/**
 * Jira's category by id, which is the same everywhere; by key where the id is unknown or missing. Where both are known
 * and disagree (five issues of a real site say key `new`, id 3), Jira's own status catalogue sides with the id. Null
 * when nothing was said.
 */
export function statusCategory(
  category: { key?: string | undefined; id?: number | undefined } | undefined,
): StatusCategory | null {
  const known = category?.id === undefined ? undefined : CATEGORY_OF_ID.get(category.id)
  if (known !== undefined) return known
  const key = category?.key
  if (key === 'new' || key === 'indeterminate' || key === 'done') return key
  // `undefined` is Jira's category "No Category", and what workflows of plugins invent counts as work to do.
  return category === undefined ? null : 'new'
}
