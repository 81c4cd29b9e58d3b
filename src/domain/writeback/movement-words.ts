import type { Explanation, MovementKind } from '../explanation.ts'
import type { Say } from './messages.ts'

/** In the order they are read. */
const MOVEMENT_KINDS: readonly MovementKind[] = [
  'delivered',
  'reopened',
  'started',
  'added',
  'removed',
  're_estimated',
  'checked_in',
  'target_moved',
  'due_date_moved',
  'rule_changed',
]

/** `2 issues delivered, 1 issue added`; null when nothing moved. */
export function changesList(counts: Explanation['counts'], say: Say): string | null {
  const parts = MOVEMENT_KINDS.flatMap((kind) => {
    const count = counts[kind] ?? 0
    return count > 0 ? [say(`change.${kind}`, { count })] : []
  })
  return parts.length === 0 ? null : parts.join(say('changes.separator'))
}
