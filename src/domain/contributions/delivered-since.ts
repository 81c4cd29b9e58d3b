import { issueAsOf, type StatusCategories } from '../mirror/as-of.ts'
import type { IssueHistory } from '../mirror/issue.ts'
import type { EpochMs } from '../time.ts'
import { deliveryState, type NotDelivered } from './delivered.ts'

/** Since when an issue has been delivered without a break, as of an instant; null when it is not. */
export function deliveredSince(
  history: IssueHistory,
  now: EpochMs,
  rules: { readonly notDelivered: NotDelivered; readonly categories: StatusCategories },
): EpochMs | null {
  const isDelivered = (at: EpochMs): boolean => {
    const state = issueAsOf(history, at, rules.categories)
    return state !== null && deliveryState(state, rules.notDelivered) === 'delivered'
  }
  if (!isDelivered(now)) return null
  const instants = [history.createdAt, ...history.changes.map(({ at }) => at)].filter((at) => at <= now)
  let since = now
  for (const at of instants.toSorted((a, b) => b - a)) {
    if (!isDelivered(at)) break
    since = at
  }
  return since
}
