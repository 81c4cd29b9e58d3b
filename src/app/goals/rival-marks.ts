import type { KeyResultKey } from '../../domain/ids.ts'
import type { Records } from '../ports/records.ts'

/**
 * Marks for those who share an epic with key results that come, go, move to another objective or have another time: their
 * warning of a conflict begins or ends with it.
 */
export async function rivalMarks(
  { coverage }: Pick<Records, 'coverage'>,
  keys: readonly KeyResultKey[],
): Promise<{ readonly keyResult: KeyResultKey; readonly relink: boolean }[]> {
  return (await coverage.rivalsOf(keys)).map((keyResult) => ({ keyResult, relink: false }))
}
