import { compareHealth, type Health } from '../health/health.ts'

interface Weighted {
  readonly weight: number
}

/**
 * The mean of values by their weights: never below the lowest, never above the highest, and never less when a value
 * rises. Sums in the order given, so the same order gives the same bits.
 *
 * @returns null for no values
 */
export function weightedMean(values: readonly (Weighted & { readonly value: number })[]): number | null {
  const total = totalWeight(values)
  if (total === 0) return null
  const sum = values.reduce((before, { weight, value }) => before + weight * value, 0)
  // A value may be so large that only its share of the mean is a number still.
  const mean = Number.isFinite(sum)
    ? sum / total
    : values.reduce((before, { weight, value }) => before + (weight / total) * value, 0)
  const all = values.map(({ value }) => value)
  return Math.min(Math.max(mean, Math.min(...all)), Math.max(...all))
}

export function totalWeight(values: readonly Weighted[]): number {
  return values.reduce((sum, { weight }) => sum + weight, 0)
}

/** The worst health; `no_data` for none. */
export function worstHealth(healths: readonly Health[]): Health {
  return healths.toSorted(compareHealth).at(-1) ?? 'no_data'
}

/**
 * The health in the middle by weight, from best to worst. Where the middle falls between two, the worse one: half of
 * an objective in danger is not an objective on track. `no_data` for none.
 */
export function medianHealth(healths: readonly (Weighted & { readonly health: Health })[]): Health {
  const worstFirst = healths.toSorted((a, b) => compareHealth(b.health, a.health))
  const half = totalWeight(worstFirst) / 2
  let passed = 0
  for (const { weight, health } of worstFirst) {
    passed += weight
    if (passed >= half) return health
  }
  return 'no_data'
}
