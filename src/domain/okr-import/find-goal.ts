import type { CycleKey } from '../ids.ts'
import type { BookedGoal, GoalBook } from './goal-book.ts'
import type { Drafts, DraftLine, Hold } from './drafts.ts'
import type { ImportColumn, RowProblem } from './import-row.ts'
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
  { row: { holderLine, isHolderUnsure } }: DraftLine,
  text: string,
  cycle: CycleKey | null,
  prefixes: readonly Prefix[],
): BookedGoal | undefined {
  if (holderLine === null) return goalCalled(drafts, text, cycle, prefixes)
  if (isHolderUnsure) return undefined
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
    if (line.row.unread.includes('title')) return claimed(drafts, line, book.nextKey(prefix))
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

/** What a goal is called until the cell with its title can be read. */
const UNREAD_TITLE = '…'

/** Its title, or the one it has; null where there is none, which the line then says. */
export function titleOf(line: DraftLine, key: string, before: string | undefined): string | null {
  const { cells, unread } = line.row
  const title = cells.title ?? before ?? (unread.includes('title') ? UNREAD_TITLE : undefined)
  return title ?? wrong(line, 'title', `${key} is new and has no title. Give it one.`)
}

/** Says of a line that cannot be placed what is wrong with its name, where that can be told without its place. */
export function requireName({ book }: Drafts, line: DraftLine, prefix: Prefix): void {
  const { key, external_id: externalId, title } = line.row.cells
  const isKnown = externalId !== undefined && book.byExternalId(externalId, null, [prefix]) !== undefined
  if (title === undefined && key === undefined && !isKnown)
    wrong(line, 'title', 'There is no title. Give it one.')
}

/**
 * The line that a name may be of, though nothing of that name was found, because something is wrong with that line; null
 * when there is none. What hangs on it is told by the line that is wrong alone.
 */
export function lineInTheWay({ unsure, keyOn }: Drafts, { row }: DraftLine, text: string): number | null {
  const { holderLine, isHolderUnsure } = row
  if (holderLine !== null) return isHolderUnsure || !keyOn.has(holderLine) ? holderLine : null
  const found = unsure.get(sameText(text))
  return found === undefined || found === row.line ? null : found
}

/** Says that a goal which a cell names is not there; told apart: it is on a line that is left out. */
export function missing(
  drafts: Drafts,
  line: DraftLine,
  column: ImportColumn,
  text: string,
  expected: string,
): null {
  const { withheld } = drafts
  const inTheWay = lineInTheWay(drafts, line, text)
  const left = line.row.holderLine === null ? (withheld.get(sameText(text)) ?? inTheWay) : inTheWay
  const message =
    left === null
      ? `There is no ${expected} called ${text}, neither in the file nor stored. Give its key, external id or title.`
      : isLeftOut(text, left)
  return inTheWay === null || withheld.has(sameText(text))
    ? wrong(line, column, message)
    : explainedBy(line, { on: inTheWay, name: text }, { column, message })
}

/** Lets a line hang on another one, whose fault it is that something is wrong with it. */
export function explainedBy(line: DraftLine, hold: Hold, problem: RowProblem): null {
  line.hangsOn.push(hold)
  line.explained.push(problem)
  return null
}

/** Says that a goal which a cell names is archived: nothing is put under it, and nothing brings it back by the way. */
export function wrongArchived(line: DraftLine, column: ImportColumn, key: string): null {
  return wrong(
    line,
    column,
    `${key} is archived. Restore it first, name another goal, or leave the line out.`,
  )
}

/**
 * Says what is wrong with a line, unless that comes of a cell that could not be read or of the line its cells were taken
 * from: that is told there, once.
 * @param column where it is wrong; null: in no single one
 * @param others columns that it may come of too
 */
export function wrong(
  line: DraftLine,
  column: ImportColumn | null,
  message: string,
  others: readonly ImportColumn[] = [],
): null {
  const { unread, filled } = line.row
  const comesOf = column === null ? others : [column, ...others]
  if (comesOf.some((one) => unread.includes(one))) return null
  if (filled === null || column === null || !filled.columns.includes(column)) {
    line.problems.push({ column, message })
    return null
  }
  return explainedBy(line, { on: filled.line, name: filled.name }, { column, message })
}
