import { issueAsOf, type StatusCategories } from '../mirror/as-of.ts'
import type { IssueHistory } from '../mirror/issue.ts'
import type { EpochMs } from '../time.ts'
import { deliveryState, type NotDelivered } from './delivered.ts'

/** A time in which an issue was delivered without a break. */
export interface DeliveredSpell {
  readonly since: EpochMs
  /** When it was reopened, closed another way, or deleted; null: it still is delivered. */
  readonly until: EpochMs | null
}

/** Every time in which an issue was delivered, the first one first. */
export function deliveredSpells(
  history: IssueHistory,
  rules: { readonly notDelivered: NotDelivered; readonly categories: StatusCategories },
): DeliveredSpell[] {
  const turns = [history.createdAt, ...history.changes.map(({ at }) => at), history.deletedAt]
  const instants = [...new Set(turns.filter((at) => at !== null))].sort((a, b) => a - b)
  const spells: DeliveredSpell[] = []
  let since: EpochMs | null = null
  for (const at of instants) {
    const state = issueAsOf(history, at, rules.categories)
    const isDelivered = state !== null && deliveryState(state, rules.notDelivered) === 'delivered'
    if (isDelivered) since ??= at
    else if (since !== null) {
      spells.push({ since, until: at })
      since = null
    }
  }
  return since === null ? spells : [...spells, { since, until: null }]
}
