import { parseInitiativeKey, parseKeyResultKey, parseKpiKey, parseObjectiveKey } from '../ids.ts'
import type { ImportColumn, ImportRow, RowCells, RowType } from './import-row.ts'

/** A line that is about something. */
export interface TypedRow extends ImportRow {
  readonly type: RowType
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
  const parents = outlineParents(rows)
  let above: string | undefined
  return rows.map((row) => {
    const type = row.cells.type ?? typeOf(row)
    const titled = { ...parents.get(row), ...withTitle(row.cells, type) }
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

/** What rows of an outline belong to, by what names it: only those that do not say it otherwise. */
function outlineParents(rows: readonly ImportRow[]): ReadonlyMap<ImportRow, Pick<RowCells, 'parent'>> {
  const names = new Map<string, string>()
  for (const { cells } of rows) {
    const name = cells.key ?? cells.external_id ?? cells.title ?? cells.objective
    if (cells.outline !== undefined && name !== undefined) names.set(cells.outline, name)
  }
  return new Map(
    rows.flatMap((row) => {
      const { outline, parent, objective } = row.cells
      const holder = outline?.includes('.') === true ? names.get(outline.replace(/\.\d+$/, '')) : undefined
      return holder === undefined || (parent ?? objective) !== undefined ? [] : [[row, { parent: holder }]]
    }),
  )
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
