import { parseInitiativeKey, parseKeyResultKey, parseKpiKey, parseObjectiveKey } from '../ids.ts'
import type { ImportColumn, ImportRow, RowCells, RowProblem, RowType } from './import-row.ts'

/** A line that is about something. */
export interface TypedRow extends ImportRow {
  readonly type: RowType
  /** The line it belongs to by its outline, which `parent` then names; null: it says otherwise, or nothing. */
  readonly holderLine: number | null
}

/**
 * What each line is about, where no cell says so: a cell in the column for key results makes one; a key tells by its
 * letters; a line with an objective beside its title, or with numbers under something else, is a key result; anything
 * else is an objective.
 *
 * A sheet with a column each for objective and key result names an objective once and leaves the cells below it blank:
 * a key result without one belongs to the objective above it.
 */
export function typedRows(rows: readonly ImportRow[]): TypedRow[] {
  let above: string | undefined
  return outlined(rows).map((row) => {
    const type = row.cells.type ?? typeOf(row)
    const titled = withTitle(row.cells, type)
    const isFilledDown =
      type === 'key_result' &&
      titled.objective === undefined &&
      titled.parent === undefined &&
      row.cells.key === undefined
    const cells = isFilledDown && above !== undefined ? { ...titled, objective: above } : titled
    if (type === 'objective') above = cells.key ?? cells.external_id ?? cells.title ?? above
    else if (cells.objective !== undefined) above = cells.objective
    return { ...row, type, cells }
  })
}

type OutlinedRow = ImportRow & Pick<TypedRow, 'holderLine'>

/**
 * Rows with what their outline says they belong to, where they do not say it otherwise. A number that comes again is a
 * problem of its line where something belongs to that number; what stands below belongs to that line, so that it never
 * comes under the wrong one.
 */
function outlined(rows: readonly ImportRow[]): OutlinedRow[] {
  const last = new Map(rows.map((row) => [row.cells.outline, row]))
  const holding = new Set(rows.flatMap((row) => (namesHolder(row) ? [] : (holderNumber(row) ?? []))))
  const above = new Map<string, ImportRow>()
  return rows.map((row) => {
    const { outline } = row.cells
    if (outline === undefined) return { ...row, holderLine: null }
    const number = holderNumber(row)
    const holder = number === undefined ? undefined : (above.get(number) ?? last.get(number))
    const earlier = above.get(outline)
    above.set(outline, row)
    const held = heldBy(row, holder)
    return earlier === undefined || !holding.has(outline)
      ? held
      : { ...held, problems: [...held.problems, isRepeated(outline, earlier)] }
  })
}

function holderNumber({ cells: { outline } }: ImportRow): string | undefined {
  return outline?.includes('.') === true ? outline.replace(/\.\d+$/, '') : undefined
}

function heldBy(row: ImportRow, holder: ImportRow | undefined): OutlinedRow {
  const name = holder === undefined || namesHolder(row) ? undefined : nameOf(holder.cells)
  if (holder === undefined || name === undefined) return { ...row, holderLine: null }
  return { ...row, cells: { ...row.cells, parent: name.text }, holderLine: name.isOwn ? holder.line : null }
}

function namesHolder({ cells }: ImportRow): boolean {
  const { type, parent, objective, key_result: keyResult, key } = cells
  if ((parent ?? objective) !== undefined) return true
  if (type === 'check_in') return (keyResult ?? key) !== undefined
  return type === 'initiative' && keyResult !== undefined
}

/** What a row is called; one without a name of its own is known by the objective that stands on it. */
function nameOf({ key, external_id: externalId, title, objective, key_result: keyResult }: RowCells) {
  const own = key ?? externalId ?? title
  const text = own ?? objective
  return text === undefined ? undefined : { text, isOwn: (own ?? keyResult) === own }
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
