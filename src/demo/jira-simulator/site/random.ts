/** Reproducible randomness: the same seed gives the same run. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  shuffled<T>(items: readonly T[]): T[]
}

/** A generator (mulberry32) that plays and tests share. Not for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    return mixed(state) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    shuffled(items) {
      const copy = [...items]
      for (let index = copy.length - 1; index > 0; index--) {
        const other = between(0, index)
        ;[copy[index], copy[other]] = [copy[other]!, copy[index]!]
      }
      return copy
    },
  }
}

/** A number from 0 up to 1 that depends on its arguments alone: the n-th choice for the i-th thing of a seed. */
export function drawOf(seed: number, position: number, choice: number): number {
  return (
    mixed((Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(position + 1, 0x85ebca6b) ^ choice) >>> 0) / 2 ** 32
  )
}

function mixed(seed: number): number {
  let value = seed
  value = Math.imul(value ^ (value >>> 15), value | 1)
  value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
  return (value ^ (value >>> 14)) >>> 0
}
