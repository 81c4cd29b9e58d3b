import { parseInitiativeKey, parseKeyResultKey, parseKpiKey, parseObjectiveKey } from '../ids.ts'
import type { ImportColumn, ImportRow, RowCells, RowProblem, RowType } from './import-row.ts'

/** A line that is about something. */
export interface TypedRow extends ImportRow {
  readonly type: RowType
  /** The line it belongs to by its outline, which `parent` then names; null: it says otherwise, or nothing. */
  readonly holderLine: number | null
  /** Whether that line only may be the one, because its own number could not be read. */
  readonly isHolderUnsure: boolean
  /** The line above whose cells it goes by, because its own are blank; null: it goes by none. */
  readonly filled: Filled | null
}

interface Filled {
  readonly line: number
  /** What that line says. */
  readonly name: string
  readonly columns: readonly ImportColumn[]
}

/**
 * What each line is about, where no cell says so: a cell in the column for key results makes one; a key tells by its
 * letters; a line with an objective beside its title, or with numbers under something else, is a key result; anything
 * else is an objective.
 *
 * A sheet with a column each for objective and key result names an objective once and leaves the cells below it blank:
 * a key result without one belongs to the objective above it, in the cycle that stands there.
 */
export function typedRows(rows: readonly ImportRow[]): TypedRow[] {
  let above: Above | null = null
  return outlined(rows).map((row) => {
    const type = row.cells.type ?? typeOf(row)
    const unread = unreadOf(row, type)
    const titled = withTitle(row.cells, type)
    const isNamed =
      unread.includes('outline') ||
      NAMES_OF_AN_OBJECTIVE.some((column) => titled[column] !== undefined || unread.includes(column))
    const source: Above | null = type === 'key_result' && !isNamed ? above : null
    above = aboveNext({ ...row, unread }, type, titled) ?? above
    if (source === null) return { ...row, type, unread, cells: titled, filled: null }
    const columns = source.columns.filter((column) => titled[column] === undefined)
    const filled = { line: source.line, name: source.name, columns }
    return { ...row, type, unread, cells: { ...source.cells, ...titled }, filled }
  })
}

/** A line that could not be taken apart says nothing about anything. */
function isUnread({ cells, problems }: ImportRow): boolean {
  return problems.length > 0 && Object.keys(cells).length === 0
}

/** What a line says of the lines below it that leave it blank. */
interface Above extends Filled {
  readonly columns: readonly ('objective' | 'cycle')[]
  readonly cells: Pick<RowCells, 'objective' | 'cycle'>
}

const NAMES_OF_AN_OBJECTIVE = ['objective', 'parent', 'key'] as const

/** What the lines below one go by; null: what they went by before. Where it cannot be read, they go by nothing else. */
function aboveNext(row: ImportRow, type: RowType, cells: RowCells): Above | null {
  const { line } = row
  const column = type === 'objective' ? 'title' : 'objective'
  const own = type === 'objective' ? (cells.key ?? cells.external_id ?? cells.title) : cells.objective
  if (isUnread(row) || (own === undefined && row.unread.includes(column))) {
    return { line, name: 'Its objective', columns: ['objective', 'cycle'], cells: {} }
  }
  if (own === undefined) return null
  return cells.cycle === undefined
    ? { line, name: own, columns: ['objective'], cells: { objective: own } }
    : { line, name: own, columns: ['objective', 'cycle'], cells: { objective: own, cycle: cells.cycle } }
}

/** A title may stand in the column for what the line is about. */
function unreadOf({ unread }: ImportRow, type: RowType): readonly ImportColumn[] {
  const isUnread = (type === 'objective' || type === 'key_result') && unread.includes(type)
  return isUnread ? [...unread, 'title'] : unread
}

const HELD_BY_NO_LINE = { holderLine: null, isHolderUnsure: false } as const

type OutlinedRow = ImportRow & Pick<TypedRow, 'holderLine' | 'isHolderUnsure'>

/**
 * Rows with what their outline says they belong to, where they do not say it otherwise. A number that comes again is a
 * problem of its line where something belongs to that number; what stands below belongs to that line, so that it never
 * comes under the wrong one. A number that no line has may be that of a line whose number could not be read: until it is,
 * what belongs to the number belongs to that line.
 */
function outlined(rows: readonly ImportRow[]): OutlinedRow[] {
  const last = new Map(rows.map((row) => [row.cells.outline, row]))
  const holding = new Set(rows.flatMap((row) => (namesHolder(row) ? [] : (holderNumber(row) ?? []))))
  const above = new Map<string, ImportRow>()
  const unnumbered = rows.find((row) => row.unread.includes('outline') || isUnread(row))
  return rows.map((row) => {
    const { outline } = row.cells
    if (outline === undefined) return { ...row, ...HELD_BY_NO_LINE }
    const number = holderNumber(row)
    const holder = number === undefined ? undefined : (above.get(number) ?? last.get(number))
    const earlier = above.get(outline)
    above.set(outline, row)
    const held =
      holder === undefined && number !== undefined && unnumbered !== undefined && !namesHolder(row)
        ? heldByUnsure(row, number, unnumbered)
        : heldBy(row, holder)
    return earlier === undefined || !holding.has(outline)
      ? held
      : { ...held, problems: [...held.problems, isRepeated(outline, earlier)] }
  })
}

function holderNumber({ cells: { outline } }: ImportRow): string | undefined {
  return outline?.includes('.') === true ? outline.replace(/\.\d+$/, '') : undefined
}

function heldBy(row: ImportRow, holder: ImportRow | undefined): OutlinedRow {
  if (holder === undefined || namesHolder(row)) return { ...row, ...HELD_BY_NO_LINE }
  const name = nameOf(holder.cells)
  const holderLine = name.isOwn ? holder.line : null
  return { ...row, cells: { ...row.cells, parent: name.text }, holderLine, isHolderUnsure: false }
}

function heldByUnsure(row: ImportRow, number: string, { line }: ImportRow): OutlinedRow {
  return { ...row, cells: { ...row.cells, parent: number }, holderLine: line, isHolderUnsure: true }
}

function namesHolder({ cells }: ImportRow): boolean {
  const { type, parent, objective, key_result: keyResult, key } = cells
  if ((parent ?? objective) !== undefined) return true
  if (type === 'check_in') return (keyResult ?? key) !== undefined
  return type === 'initiative' && keyResult !== undefined
}

/** What a row is called; one without a name of its own is known by the objective that stands on it. */
function nameOf({
  key,
  external_id: externalId,
  title,
  objective,
  key_result: keyResult,
  outline,
}: RowCells) {
  const own = key ?? externalId ?? title ?? (objective === undefined ? outline : undefined)
  return { text: own ?? objective ?? '', isOwn: (own ?? keyResult) === own }
}

function isRepeated(outline: string, { line }: ImportRow): RowProblem {
  return {
    column: 'outline',
    message: `${outline} stands on line ${line} too, so what belongs to it cannot be told. Give each line a number of its own.`,
  }
}

function typeOf({ cells, unread }: ImportRow): RowType {
  const says = (column: ImportColumn) => cells[column] !== undefined || unread.includes(column)
  if (says('key_result')) return 'key_result'
  const { key } = cells
  if (key !== undefined) {
    if (parseObjectiveKey(key) !== null) return 'objective'
    if (parseKeyResultKey(key) !== null) return 'key_result'
    if (parseInitiativeKey(key) !== null) return 'initiative'
    if (parseKpiKey(key) !== null) return 'kpi'
  }
  if (!says('title')) return 'objective'
  if (says('objective')) return 'key_result'
  const isMeasured = (['target', 'baseline', 'measure', 'current'] as const).some(says)
  return isMeasured && says('parent') ? 'key_result' : 'objective'
}

/** A line about an objective may have its title in the column for objectives; likewise for key results. */
function withTitle(cells: RowCells, type: RowType): RowCells {
  if (cells.title !== undefined) return cells
  const { objective, key_result: keyResult, ...others } = cells
  if (type === 'objective' && objective !== undefined) return { ...others, title: objective }
  if (type !== 'key_result' || keyResult === undefined) return cells
  return { ...others, ...(objective === undefined ? {} : { objective }), title: keyResult }
}
