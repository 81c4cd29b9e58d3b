import type { CycleKey } from '../ids.ts'
import type { BookedGoal, GoalBook } from './goal-book.ts'
import type { Drafts, DraftLine } from './drafts.ts'
import { isLeftOut } from './left-out.ts'
import { sameText } from './same-text.ts'

type Prefix = 'O' | 'KR' | 'INI' | 'KPI'

/** The goal that a cell names: by its key, its external id, or its title in a cycle. */
function goalCalled(
  { book }: { readonly book: GoalBook },
  text: string,
  cycle: CycleKey | null,
  prefixes: readonly Prefix[],
): BookedGoal | undefined {
  const named = book.goal(text.trim().toUpperCase())
  const byKey = prefixes.some((prefix) => named?.key.startsWith(`${prefix}-`) === true) ? named : undefined
  return (
    byKey ??
    (cycle === null ? undefined : book.byExternalId(text, cycle, prefixes)) ??
    book.byExternalId(text, null, prefixes) ??
    (cycle === null ? undefined : book.byTitle(text, cycle, prefixes))
  )
}

/** The goal that a line belongs to: that of the line its outline puts it under, or the one a cell of it names. */
export function holderCalled(
  drafts: Drafts,
  { row: { holderLine } }: DraftLine,
  text: string,
  cycle: CycleKey | null,
  prefixes: readonly Prefix[],
): BookedGoal | undefined {
  if (holderLine === null) return goalCalled(drafts, text, cycle, prefixes)
  const holder = drafts.book.goal(drafts.keyOn.get(holderLine) ?? '')
  return prefixes.some((prefix) => holder?.key.startsWith(`${prefix}-`) === true) ? holder : undefined
}

export interface Identity {
  readonly prefix: Prefix
  /** null: in none, or in one that is not known. */
  readonly cycle: CycleKey | null
  /** What the title is looked up under: a cycle, or what holds it; null: titles do not tell. */
  readonly within: string | null
}

/**
 * The key of the goal a line is about: the one it names, that of the goal with its external id, that of the goal with
 * its title, or the next free one. A goal of the same title with another external id is another goal. Null when the
 * line cannot be about any, which it then says.
 */
export function keyOfLine(
  drafts: Drafts,
  line: DraftLine,
  { prefix, cycle, within }: Identity,
): string | null {
  const { book } = drafts
  const { key, external_id: externalId, title } = line.row.cells
  if (key !== undefined) {
    const named = key.trim().toUpperCase()
    if (!new RegExp(`^${prefix}-[1-9]\\d{0,8}$`).test(named)) {
      return wrong(line, 'key', `${key} is no key of this kind; expected ${prefix}-1, or leave it blank.`)
    }
    if (book.archived(named) !== undefined) return wrongArchived(line, 'key', named)
    return claimed(drafts, line, named)
  }
  const byId = externalId === undefined ? undefined : book.byExternalId(externalId, cycle, [prefix])
  if (byId !== undefined) return claimed(drafts, line, byId.key)
  if (title === undefined) {
    return wrong(
      line,
      'title',
      'There is no title, key or external id: nothing tells what the line is about.',
    )
  }
  const byTitle = within === null ? undefined : book.byTitle(title, within, [prefix])
  const isOther =
    externalId !== undefined && byTitle !== undefined && (byTitle.externalId ?? externalId) !== externalId
  return byTitle === undefined || isOther
    ? claimed(drafts, line, book.nextKey(prefix))
    : claimed(drafts, line, byTitle.key)
}

function claimed({ lineOf, keyOn }: Drafts, line: DraftLine, key: string): string | null {
  const earlier = lineOf.get(key)
  if (earlier !== undefined) {
    return wrong(
      line,
      null,
      `It is the same goal as line ${earlier} (${key}). Keep one of them, or tell them apart by an external_id each.`,
    )
  }
  lineOf.set(key, line.row.line)
  keyOn.set(line.row.line, key)
  line.key = key
  return key
}

/** Says that a goal which a cell names is not there; told apart: it is on a line that was left out. */
export function missing(
  { withheld, keyOn }: Drafts,
  line: DraftLine,
  column: string,
  text: string,
  expected: string,
): null {
  const { holderLine } = line.row
  const isThere = holderLine !== null && keyOn.has(holderLine)
  const left = isThere ? undefined : (holderLine ?? withheld.get(sameText(text)))
  return wrong(
    line,
    column,
    left === undefined
      ? `There is no ${expected} called ${text}, neither in the file nor stored. Give its key, external id or title.`
      : isLeftOut(text, left),
  )
}

/** Says that a goal which a cell names is archived: nothing is put under it, and nothing brings it back by the way. */
export function wrongArchived(line: DraftLine, column: string, key: string): null {
  return wrong(
    line,
    column,
    `${key} is archived. Restore it first, name another goal, or leave the line out.`,
  )
}

export function wrong(line: DraftLine, column: string | null, message: string): null {
  line.problems.push({ column, message })
  return null
}
