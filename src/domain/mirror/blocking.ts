import type { IssueId } from '../ids.ts'
import { spellsOf, type Spell } from '../spells.ts'
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
  /** When others of them were deleted, of which nothing else is known. */
  readonly deletedAt: ReadonlyMap<IssueId, EpochMs>
}

export const NO_BLOCKING: BlockingPast = {
  known: new Map(),
  idOfKey: new Map(),
  blockers: new Map(),
  deletedAt: new Map(),
}

/** One issue that was ever linked as a blocker of another, and when it was. */
export interface BlockingSpells {
  /** null when only a key is known, which no mirrored issue has or had. */
  readonly issueId: IssueId | null
  readonly key: string | null
  /** As the link last showed it; null when no list of links holds it. */
  readonly shown: Blocker | null
  readonly linked: readonly Spell[]
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

interface Told {
  readonly id: IssueId | null
  readonly key: string | null
  readonly words: Word[]
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
  const idShown = new Map([...shown.values()].map(({ key, issueId }) => [key, issueId]))
  const blockers = new Map<string, Told>()
  const blocker = (id: IssueId | null, key: string | null) => {
    const name = id === null ? `key ${key}` : id
    const known = blockers.get(name) ?? { id, key, words: [] }
    blockers.set(name, known)
    return known
  }
  for (const change of history.changes) {
    const key = keyIn(change.field)
    if (key === null) continue
    const id = idShown.get(key) ?? past.idOfKey.get(key) ?? null
    blocker(id, key).words.push({ at: change.at, isLinked: change.to === true })
  }
  for (const { blockerId, madeAt, removedAt } of links) {
    const { words } = blocker(blockerId, null)
    if (madeAt !== null) words.push({ at: madeAt, isLinked: true })
    if (removedAt !== null) words.push({ at: removedAt, isLinked: false })
  }
  for (const { issueId, key } of shown.values()) blocker(issueId, key)
  const sorted = [...blockers.values()].map((each) => ({ ...each, words: each.words.sort(inOrder) }))
  return (read === null ? sorted : withoutLostKeys(sorted, read.at)).map(({ id, key, words }) => {
    const listed = id === null ? undefined : shown.get(id)
    const list = read === null ? null : { at: read.at, isLinked: listed !== undefined }
    return { issueId: id, key: listed?.key ?? key, shown: listed ?? null, linked: linkedSpells(words, list) }
  })
}

/**
 * A key that no issue has or had, said to be linked last while a list as new as that holds no such link, is lost: its
 * project was renamed, or it was deleted, before anybody here knew it. It was never seen open and counts for nothing.
 * Where the list holds one issue of which no word was said, and one key is lost, they are the same.
 */
function withoutLostKeys(blockers: readonly Told[], readAt: EpochMs): readonly Told[] {
  const isLost = ({ id, words }: Told) => {
    const last = words.at(-1)
    return id === null && last?.isLinked === true && last.at <= readAt
  }
  const lost = blockers.filter(isLost)
  const silent = blockers.filter(({ words }) => words.length === 0)
  const others = blockers.filter((each) => !isLost(each))
  if (lost.length !== 1 || silent.length !== 1) return others
  return others.map((each) => (each === silent[0] ? { ...each, words: lost[0]!.words } : each))
}

function inOrder(a: Word, b: Word): number {
  return a.at - b.at || Number(a.isLinked) - Number(b.isLinked)
}

function linkedSpells(words: readonly Word[], list: Word | null): Spell[] {
  const first = words[0]
  const before = first === undefined ? list?.isLinked === true : !first.isLinked
  const said =
    list === null
      ? words
      : [...words.filter(({ at }) => at <= list.at), list, ...words.filter(({ at }) => at > list.at)]
  return spellsOf([
    { since: -Infinity, isSo: before },
    ...said.map(({ at, isLinked }) => ({ since: at, isSo: isLinked })),
  ])
}
