import { isMeasuredByValues, type Measure } from '../measures/measure.ts'

/** Why a value cannot be one of a key result that is measured so; null when it can, and for no value. */
export function misfitOf(
  measure: { readonly kind: Measure['kind'] },
  value: number | null,
): 'not_by_values' | 'neither_done_nor_not' | null {
  if (value === null) return null
  if (!isMeasuredByValues(measure as Measure)) return 'not_by_values'
  return measure.kind === 'binary' && value !== 0 && value !== 1 ? 'neither_done_nor_not' : null
}
