import {
  parseInitiativeKey,
  parseKeyResultKey,
  parseKpiKey,
  parseObjectiveKey,
  type KeyResultKey,
  type ObjectiveKey,
} from '../ids.ts'
import type { OkrDocument } from '../okrs/okr-document.ts'
import { draftKeyResult, draftNeeds } from './draft-key-results.ts'
import { draftObjective, draftParent } from './draft-objectives.ts'
import { draftCheckIn, draftReport } from './draft-check-ins.ts'
import { draftInitiative, draftKpi } from './draft-others.ts'
import { createDrafts, documentOf, type DraftCheckIn, type DraftLine, type Drafts } from './drafts.ts'
import { createGoalBook } from './goal-book.ts'
import type { ImportRow } from './import-row.ts'
import { tellUnexplained } from './left-out.ts'
import { sameText } from './same-text.ts'
import type { GoalSet } from '../okrs/goal-set.ts'
import { createTimeBoxes } from './time-boxes.ts'
import { typedRows, type TypedRow } from './typed-rows.ts'

/** What the lines of a file come to: goals as a document, check-ins, and what there is to say of each line. */
export interface Translation {
  readonly document: OkrDocument
  readonly checkIns: readonly DraftCheckIn[]
  readonly lines: readonly DraftLine[]
  /** The line that speaks for a goal, by its key. */
  readonly lineOf: ReadonlyMap<string, number>
}

interface TranslateOptions {
  /** The cycle of lines that name none. */
  readonly cycle: string | null
  /** Lines that are left out; goals on them are not made in another way. */
  readonly without: ReadonlySet<number>
}

/**
 * Turns lines into goals, each found again by its key, its external id or its title. Order does not matter: a line may
 * name what stands below it. Lines with problems are drafted as far as they can be, so that one broken line is one
 * problem and not one for each line that names it.
 */
export function translateRows(
  rows: readonly ImportRow[],
  stored: GoalSet,
  { cycle, without }: TranslateOptions,
): Translation {
  const all = typedRows(rows)
  const lines = all
    .filter(({ line }) => !without.has(line))
    .map((row): DraftLine => ({
      row,
      key: null,
      notes: [],
      problems: [...row.problems],
      explained: [],
      hangsOn: [],
      skipped: null,
    }))
  const drafts = createDrafts(stored, {
    book: createGoalBook(
      stored,
      all.flatMap(({ cells: { key } }) => keyIn(key) ?? []),
    ),
    boxes: createTimeBoxes(stored, cycle),
    withheld: namesOf(all.filter(({ line }) => without.has(line))),
  })
  const isOf = (type: TypedRow['type']) => lines.filter(({ row }) => row.type === type && !isUnread(row))
  const namesObjectives = !all.some(hasObjectives)
  for (const { row } of lines) if (isUnread(row)) doubt(drafts, row.line, [...row.said, ...namesOn(row)])
  for (const line of isOf('objective')) {
    draftObjective(drafts, line)
    doubtIfWrong(drafts, line)
  }
  for (const line of isOf('key_result')) {
    draftKeyResult(drafts, line, namesObjectives)
    doubtIfWrong(drafts, line)
  }
  for (const line of isOf('objective')) draftParent(drafts, line)
  for (const line of isOf('key_result')) draftNeeds(drafts, line)
  for (const line of isOf('key_result')) draftReport(drafts, line)
  for (const line of isOf('initiative')) draftInitiative(drafts, line)
  for (const line of isOf('kpi')) draftKpi(drafts, line)
  for (const line of isOf('check_in')) draftCheckIn(drafts, line)
  tellUnexplained(lines)
  return {
    document: documentOf(drafts),
    checkIns: drafts.checkIns,
    lines,
    lineOf: linesOf(drafts, lines),
  }
}

/** Whether a line shows that objectives have lines of their own here, also one that could not be taken apart. */
function hasObjectives({ cells, said }: TypedRow): boolean {
  return cells.type === 'objective' || said.some((piece) => sameText(piece) === 'objective')
}

/** Nothing is made of a line that could not be taken apart, or of which it is not known what it is about. */
function isUnread({ cells, unread, problems }: ImportRow): boolean {
  return problems.length > 0 && (Object.keys(cells).length === 0 || unread.includes('type'))
}

/** Remembers what a line is called that no goal was made of, or perhaps not the one it should be. */
function doubtIfWrong(drafts: Drafts, { row, key, problems, explained }: DraftLine): void {
  const isDrafted =
    key !== null && (drafts.objectives.has(key as ObjectiveKey) || drafts.keyResults.has(key as KeyResultKey))
  if (!isDrafted || problems.length > 0 || explained.length > 0) doubt(drafts, row.line, namesOn(row))
}

function doubt({ unsure }: Drafts, line: number, names: readonly string[]): void {
  for (const name of names) {
    const text = sameText(name)
    if (text !== '' && !unsure.has(text)) unsure.set(text, line)
  }
}

function keyIn(key: string | undefined) {
  if (key === undefined) return null
  return parseObjectiveKey(key) ?? parseKeyResultKey(key) ?? parseInitiativeKey(key) ?? parseKpiKey(key)
}

function namesOf(rows: readonly TypedRow[]): ReadonlyMap<string, number> {
  return new Map(
    rows.flatMap((row) => [...namesOn(row), ...row.said].map((name) => [sameText(name), row.line] as const)),
  )
}

function namesOn({ cells: { key, external_id: id, title } }: TypedRow): string[] {
  return [key, id, title].filter((name) => name !== undefined)
}

/** Beside the lines about goals themselves: an objective that only stands beside key results is theirs. */
function linesOf(drafts: Drafts, lines: readonly DraftLine[]): ReadonlyMap<string, number> {
  const known = new Map(drafts.lineOf)
  for (const { row, key } of lines) {
    const keyResult = key === null ? null : parseKeyResultKey(key)
    const objective = keyResult === null ? undefined : drafts.keyResults.get(keyResult)?.objective
    if (objective !== undefined && !known.has(objective)) known.set(objective, row.line)
  }
  return known
}
