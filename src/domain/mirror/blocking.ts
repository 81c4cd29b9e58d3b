import type { IssueId } from '../ids.ts'
import type { EpochMs } from '../time.ts'
import type { Blocker, IssueHistory } from './issue.ts'

/** What Jira said of the links that block one issue, beside what the issue's changes tell. */
export interface KnownBlocking {
  /** Its own list of links, and until when it surely held; null when no payload has shown one. */
  readonly read: { readonly at: EpochMs; readonly blockers: readonly Blocker[] } | null
  /** Links by webhooks of their own. Either instant may have been missed. */
  readonly links: readonly {
    readonly blockerId: IssueId
    readonly madeAt: EpochMs | null
    readonly removedAt: EpochMs | null
  }[]
}

/** What is needed to say what blocks issues, at any instant. */
export interface BlockingPast {
  readonly known: ReadonlyMap<IssueId, KnownBlocking>
  /** Issues by the keys they have or had: changes name a blocker by its key of then. */
  readonly idOfKey: ReadonlyMap<string, IssueId>
  /** Those that block or blocked, as far as they are mirrored. */
  readonly blockers: ReadonlyMap<IssueId, IssueHistory>
}

export const NO_BLOCKING: BlockingPast = { known: new Map(), idOfKey: new Map(), blockers: new Map() }

/** One issue that was ever linked as a blocker of another, and when it was. */
export interface BlockingSpells {
  /** null when only a key is known, which no mirrored issue has or had. */
  readonly issueId: IssueId | null
  readonly key: string | null
  /** As the link last showed it; null when no list of links holds it. */
  readonly shown: Blocker | null
  /** When something was heard of the link, ascending. */
  readonly heardAt: readonly EpochMs[]
  isLinkedAt(at: EpochMs): boolean
}

interface Word {
  readonly at: EpochMs
  readonly isLinked: boolean
}

/** The keys by which an issue's changes name its blockers. */
export function blockerKeysIn({ changes }: Pick<IssueHistory, 'changes'>): string[] {
  return [...new Set(changes.flatMap(({ field }) => keyIn(field) ?? []))]
}

function keyIn(field: string): string | null {
  const prefix = 'blocker:'
  return field.startsWith(prefix) ? field.slice(prefix.length) : null
}

/**
 * Every issue that was ever linked as a blocker, put together from three sources that each may be missing: the
 * changelog (exact, but by key, and in the language of whoever linked), the webhooks of links (exact, by id), and the
 * list of links in the issue itself (what is, not since when).
 *
 * A link is what was last said of it by then. Before anything was said it is the opposite of the first thing that was;
 * a list that is as new as all of it overrules what was said, and a list alone holds for ever.
 */
export function blockingSpells(history: IssueHistory, past: BlockingPast): BlockingSpells[] {
  const { read, links } = past.known.get(history.issueId) ?? { read: null, links: [] }
  const shown = new Map((read?.blockers ?? []).map((each) => [each.issueId, each]))
  const idOfKey = new Map([
    ...past.idOfKey,
    ...[...shown.values()].map(({ key, issueId }) => [key, issueId] as const),
  ])
  const blockers = new Map<string, { id: IssueId | null; key: string | null; words: Word[] }>()
  const blocker = (id: IssueId | null, key: string | null) => {
    const name = id === null ? `key ${key}` : id
    const known = blockers.get(name) ?? { id, key, words: [] }
    blockers.set(name, known)
    return known
  }
  for (const change of history.changes) {
    const key = keyIn(change.field)
    if (key === null) continue
    const isLinked = change.to === true
    blocker(idOfKey.get(key) ?? null, key).words.push({ at: change.at, isLinked })
  }
  for (const { blockerId, madeAt, removedAt } of links) {
    const { words } = blocker(blockerId, null)
    if (madeAt !== null) words.push({ at: madeAt, isLinked: true })
    if (removedAt !== null) words.push({ at: removedAt, isLinked: false })
  }
  for (const { issueId, key } of shown.values()) blocker(issueId, key)
  return [...blockers.values()].map(({ id, key, words }) => {
    const told = words.sort((a, b) => a.at - b.at || Number(a.isLinked) - Number(b.isLinked))
    const listed = id === null ? undefined : shown.get(id)
    const list = read === null ? null : { at: read.at, isLinked: listed !== undefined }
    return {
      issueId: id,
      key: listed?.key ?? key,
      shown: listed ?? null,
      heardAt: [...told.map(({ at }) => at), ...(list === null ? [] : [list.at])].sort((a, b) => a - b),
      isLinkedAt: (at) => isLinkedAt(told, list, at),
    }
  })
}

function isLinkedAt(told: readonly Word[], list: Word | null, at: EpochMs): boolean {
  const last = told.findLast((word) => word.at <= at)
  if (list !== null && list.at <= at && list.at >= (last?.at ?? -Infinity)) return list.isLinked
  if (last !== undefined) return last.isLinked
  const first = told[0]
  return first === undefined ? list?.isLinked === true : !first.isLinked
}
