import type { KeyResultForecast } from '../forecast/key-result-forecast.ts'
import type { CalendarDay } from '../time.ts'
import type { Say } from './messages.ts'

/** A forecast as people read it, in whole percents. A trend is never told as a probability. Plain JSON. */
export type ShownForecast =
  | {
      readonly kind: 'probability'
      readonly percent: number
      /** By then the target is reached with 85 % probability; null when it is too far away to say. */
      readonly likelyDay: CalendarDay | null
    }
  | { readonly kind: 'trend'; readonly valueAtDue: number; readonly low: number; readonly high: number }

/** null where there is nothing to forecast, or too little to forecast from. */
export function shownForecast(forecast: KeyResultForecast): ShownForecast | null {
  switch (forecast.kind) {
    case 'probability':
      return {
        kind: 'probability',
        percent: Math.round(forecast.probability * 100),
        likelyDay: forecast.p85Day,
      }
    case 'trend':
      return {
        kind: 'trend',
        valueAtDue: forecast.valueAtDue,
        low: forecast.low,
        high: forecast.high,
      }
    case 'not_enough_data':
    case 'none':
      return null
  }
}

/** The forecast in a sentence. */
export function forecastSentence(forecast: ShownForecast, dueDay: CalendarDay, say: Say): string {
  if (forecast.kind === 'trend') {
    const { valueAtDue: value, low, high } = forecast
    return say('forecast.trend', { value, low, high, dueDay })
  }
  const values = { probabilityShare: forecast.percent / 100, dueDay }
  return forecast.likelyDay === null
    ? say('forecast.probability', values)
    : say('forecast.likely', { ...values, likelyDay: forecast.likelyDay })
}
