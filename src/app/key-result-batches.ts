import { numberOf, type KeyResultKey } from '../domain/ids.ts'

/** As many as are recomputed in one transaction. */
const KEY_RESULTS_EACH = 25

/** The batch a key result belongs to. Keys that count on share one: what is asked for again meets what waits already. */
export function batchOf(key: KeyResultKey): string {
  return String(Math.floor(numberOf(key) / KEY_RESULTS_EACH))
}

/** Every key a batch may hold, made or not; none for what names no batch. */
export function keysOfBatch(batch: string): KeyResultKey[] {
  if (!/^\d{1,8}$/.test(batch)) return []
  const first = Number(batch) * KEY_RESULTS_EACH
  return Array.from({ length: KEY_RESULTS_EACH }, (_, at) => `KR-${first + at}` as KeyResultKey)
}
