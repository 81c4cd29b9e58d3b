import type { GoalKind } from './goal-set.ts'

/**
 * What of a document could not be read, with something harmless in its place. Nothing is concluded from it: one mistake
 * is one problem, and not another one wherever it is leaned on.
 */
export interface Unread {
  /** Properties by the subject of their goal. */
  readonly properties: ReadonlyMap<string, ReadonlySet<string>>
  /** What stands where a key should. */
  readonly keys: readonly { readonly kind: GoalKind; readonly text: string }[]
  /** Kinds of which some goals could not be read at all: any of their names may be one of those. */
  readonly kinds: ReadonlySet<GoalKind>
}

export const ALL_READ: Unread = { properties: new Map(), keys: [], kinds: new Set() }

/** Whether all these properties of a goal could be read. */
export function isRead({ properties }: Unread, subject: string, ...names: readonly string[]): boolean {
  const unread = properties.get(subject)
  return unread === undefined || !names.some((name) => unread.has(name))
}

/** Whether everything of a goal could be read. */
export function isWhole({ properties }: Unread, subject: string): boolean {
  return !properties.has(subject)
}

/** Whether a name that leads nowhere may mean a goal that could not be read: `KR-1` one whose key is written `KR1`. */
export function mayBeUnread({ kinds, keys }: Unread, kind: GoalKind, name: string): boolean {
  if (kinds.has(kind)) return true
  const wanted = keyCore(kind, name)
  return keys.some((key) => key.kind === kind && keyCore(kind, key.text) === wanted)
}

/** What makes a key this one and no other: its number, or the letters and digits that people chose. */
export function keyCore(kind: GoalKind, key: string): string {
  if (kind !== 'cycle' && kind !== 'team') return key.replace(/\D/g, '').replace(/^0+/, '')
  return key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
