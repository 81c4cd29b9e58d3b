import { parseInitiativeKey, parseKeyResultKey, parseKpiKey, parseObjectiveKey } from '../ids.ts'
import type { ImportRow, RowCells, RowType } from './import-row.ts'

/** A line that is about something. */
export interface TypedRow extends ImportRow {
  readonly type: RowType
}

/**
 * What each line is about, where no cell says so: a cell in the column for key results makes one; a key tells by its
 * letters; a line with numbers under something else is a key result; anything else is an objective.
 *
 * A sheet with a column each for objective and key result names an objective once and leaves the cells below it blank:
 * a key result without one belongs to the objective above it.
 */
export function typedRows(rows: readonly ImportRow[]): TypedRow[] {
  let above: string | undefined
  return rows.map((row) => {
    const type = row.cells.type ?? typeOf(row.cells)
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

function typeOf(cells: RowCells): RowType {
  if (cells.key_result !== undefined) return 'key_result'
  const { key } = cells
  if (key !== undefined) {
    if (parseObjectiveKey(key) !== null) return 'objective'
    if (parseKeyResultKey(key) !== null) return 'key_result'
    if (parseInitiativeKey(key) !== null) return 'initiative'
    if (parseKpiKey(key) !== null) return 'kpi'
  }
  if (cells.title === undefined) return 'objective'
  const isMeasured =
    cells.target !== undefined ||
    cells.baseline !== undefined ||
    cells.measure !== undefined ||
    cells.current !== undefined
  return isMeasured && (cells.parent ?? cells.objective) !== undefined ? 'key_result' : 'objective'
}

/** A line about an objective may have its title in the column for objectives; likewise for key results. */
function withTitle(cells: RowCells, type: RowType): RowCells {
  if (cells.title !== undefined) return cells
  const { objective, key_result: keyResult, ...others } = cells
  if (type === 'objective' && objective !== undefined) return { ...others, title: objective }
  if (type !== 'key_result' || keyResult === undefined) return cells
  return { ...others, ...(objective === undefined ? {} : { objective }), title: keyResult }
}
