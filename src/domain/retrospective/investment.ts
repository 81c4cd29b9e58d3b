import type { KeyResultKey } from '../ids.ts'

/** Work that was delivered for a key result within the cycle. */
export interface DeliveredWork {
  readonly issues: number
  /** By the shares of their links; issues without an estimate add none. */
  readonly points: number
  readonly unestimated: number
}

export interface Investment extends DeliveredWork {
  /** Of the work of the objective, in percent: what was meant. */
  readonly intendedPercent: number
  /** Of its points, or of its issues where there are no points; null while nothing was delivered. */
  readonly actualPercent: number | null
  /** Percentage points, actual minus intended. */
  readonly deviation: number | null
  readonly by: 'points' | 'issues'
}

export interface Invested {
  readonly keyResult: KeyResultKey
  readonly weight: number
  /** null: by its weight, of what the others leave. */
  readonly intendedSharePercent: number | null
  readonly delivered: DeliveredWork
}

/** Where the work of an objective went, beside where it was meant to go. */
export function investments(keyResults: readonly Invested[]): Map<KeyResultKey, Investment> {
  const said = keyResults.reduce((sum, { intendedSharePercent: share }) => sum + (share ?? 0), 0)
  const left = Math.max(0, 100 - said)
  const weights = keyResults
    .filter(({ intendedSharePercent: share }) => share === null)
    .reduce((sum, { weight }) => sum + weight, 0)
  const by = keyResults.some(({ delivered }) => delivered.points > 0) ? 'points' : 'issues'
  const total = keyResults.reduce((sum, { delivered }) => sum + delivered[by], 0)
  return new Map(
    keyResults.map(({ keyResult, weight, intendedSharePercent, delivered }) => {
      const intendedPercent = intendedSharePercent ?? (weights > 0 ? (left * weight) / weights : 0)
      const actualPercent = total > 0 ? (delivered[by] * 100) / total : null
      const deviation = actualPercent === null ? null : actualPercent - intendedPercent
      return [keyResult, { ...delivered, intendedPercent, actualPercent, deviation, by }]
    }),
  )
}
