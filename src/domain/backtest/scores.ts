/** A forecast beside what came of it. */
export interface ScoredForecast {
  readonly pUnder: number
  readonly isUnder: boolean
}

/** Mean squared distance of the probabilities from what happened: 0 is perfect, a coin gets 0.25. null for none. */
export function brierScore(forecasts: readonly ScoredForecast[]): number | null {
  return mean(forecasts.map(({ pUnder, isUnder }) => (pUnder - Number(isUnder)) ** 2))
}

/**
 * The chance that a sprint that fell short had the higher probability than one that did not, ties counting half:
 * 0.5 is a coin, 1 is perfect. null when there are not both kinds.
 */
export function areaUnderCurve(forecasts: readonly ScoredForecast[]): number | null {
  const sorted = [...forecasts].sort((a, b) => a.pUnder - b.pUnder)
  const under = sorted.filter(({ isUnder }) => isUnder).length
  const over = sorted.length - under
  if (under === 0 || over === 0) return null
  let rankSum = 0
  for (let start = 0; start < sorted.length;) {
    let end = start
    let tiedUnder = 0
    for (; end < sorted.length && sorted[end]!.pUnder === sorted[start]!.pUnder; end++) {
      tiedUnder += Number(sorted[end]!.isUnder)
    }
    rankSum += (tiedUnder * (start + 1 + end)) / 2
    start = end
  }
  return (rankSum - (under * (under + 1)) / 2) / (under * over)
}

/** In points: outcomes that lie nearer to each other are equal but for rounding. */
const LEAST_SPREAD = 1e-6

/**
 * Mean absolute error of the expected outcomes, in units of the outcomes' interquartile range, so that organisations
 * that count in different sizes of points compare. null when half of the outcomes are equal, or there are none.
 */
export function errorInSpreads(
  forecasts: readonly { readonly expectedOutcome: number; readonly outcome: number }[],
): number | null {
  const outcomes = forecasts.map(({ outcome }) => outcome).sort((a, b) => a - b)
  const spread = quantile(outcomes, 0.75) - quantile(outcomes, 0.25)
  const error = mean(forecasts.map(({ expectedOutcome, outcome }) => Math.abs(expectedOutcome - outcome)))
  return error === null || !(spread >= LEAST_SPREAD) ? null : error / spread
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Of ascending values, interpolated between neighbours; NaN of none. */
function quantile(ascending: readonly number[], share: number): number {
  const position = (ascending.length - 1) * share
  const low = Math.floor(position)
  const below = ascending[low] ?? NaN
  const above = ascending[low + 1] ?? below
  return below + (above - below) * (position - low)
}
