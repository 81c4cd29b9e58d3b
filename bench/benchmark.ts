import type { Surroundings } from './surroundings.ts'

/** What a ratio should be; null where a figure only informs. */
export type Target = { readonly atLeast: number } | { readonly atMost: number } | null

/** One measured quantity beside what it is compared with. */
export interface Figure {
  /** `intake`, `burst.comments` … */
  readonly name: string
  readonly value: number
  readonly baseline: number
  /** value ÷ baseline */
  readonly ratio: number
  readonly unit: string
  /** What value and baseline are, and what else was seen. */
  readonly detail: string
  readonly target: Target
}

export type Benchmark = (surroundings: Surroundings) => Promise<Figure[]>

export function figure(given: Omit<Figure, 'ratio'>): Figure {
  return { ...given, ratio: given.value / given.baseline }
}

export function meets({ ratio, target }: Figure): boolean {
  if (target === null) return true
  return 'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost
}

/**
 * Runs two things by turns and turns the order around each time, so that neither is the one that always comes first:
 * a machine that slows down, or neighbours that wake up, meet both alike.
 */
export async function byTurns<A, B>(
  rounds: number,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[readonly A[], readonly B[]]> {
  const results: [A[], B[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) results[0].push(await first())
    results[1].push(await second())
    if (round % 2 === 1) results[0].push(await first())
  }
  return results
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The smallest value that this share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('a quantile of nothing')
  return value
}
