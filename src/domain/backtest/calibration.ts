import { mean, type ScoredForecast } from './scores.ts'

/** The forecasts from `from` up to, not including, `to` (the last one includes 1), and how often they came true. */
export interface CalibrationBin {
  readonly from: number
  readonly to: number
  readonly rows: number
  /** Mean of the forecasts; null of none. */
  readonly forecast: number | null
  /** Share that fell short; null of none. */
  readonly happened: number | null
}

const BINS = 10

/** Forecasts by tenths of probability: of those that say 70 %, about 70 % should come true. */
export function calibrationByDecile(forecasts: readonly ScoredForecast[]): CalibrationBin[] {
  const byBin = Map.groupBy(forecasts, ({ pUnder }) => Math.min(BINS - 1, Math.floor(pUnder * BINS)))
  return Array.from({ length: BINS }, (_, index) => {
    const inBin = byBin.get(index) ?? []
    return {
      from: index / BINS,
      to: (index + 1) / BINS,
      rows: inBin.length,
      forecast: mean(inBin.map(({ pUnder }) => pUnder)),
      happened: mean(inBin.map(({ isUnder }) => Number(isUnder))),
    }
  })
}
