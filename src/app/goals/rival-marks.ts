import type { KeyResultKey } from '../../domain/ids.ts'
import type { Records } from '../ports/records.ts'

/**
 * Marks for those who share an epic with a key result that comes, goes or moves to another objective: their warning of
 * a conflict begins or ends with it.
 */
export async function rivalMarks(
  { coverage }: Pick<Records, 'coverage'>,
  key: KeyResultKey,
): Promise<{ readonly keyResult: KeyResultKey; readonly relink: boolean }[]> {
  return (await coverage.rivalsOf([key])).map((keyResult) => ({ keyResult, relink: false }))
}
