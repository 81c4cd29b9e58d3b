import { z } from 'zod'
import type { KeyResultForecast } from '../../domain/forecast/key-result-forecast.ts'
import { day } from './fields.ts'

const dayOrNull = (what: string) =>
  z.iso
    .date()
    .nullable()
    .meta({ description: `${what}; null: not within the time a forecast looks ahead.` })

const missing = z.object({ have: z.int(), need: z.int() })

/** What a key result will come to, or the exact reason why nobody can say. */
export const forecastResponse = z
  .discriminatedUnion('kind', [
    z
      .object({
        kind: z.literal('probability'),
        probability: z
          .number()
          .min(0.01)
          .max(0.99)
          .meta({
            description: 'Of reaching the target by the due day. Never certain.',
            examples: [0.72],
          }),
        p50Day: dayOrNull('Reached by this day in half of the trials'),
        p85Day: dayOrNull('Reached by this day in 85 % of the trials'),
        p95Day: dayOrNull('Reached by this day in 95 % of the trials'),
        remaining: z.number().meta({ description: 'Work to the target, in the size of the measure.' }),
        trials: z.int(),
        sample: z
          .object({
            fromDay: day,
            toDay: day,
            workingDays: z.int(),
            deliveredItems: z.int(),
            deliveryDays: z.int(),
          })
          .meta({ description: 'The past it learned from.' }),
      })
      .meta({ description: 'Of a `delivery` key result, by resampling its own daily throughput.' }),
    z
      .object({
        kind: z.literal('trend'),
        perWeek: z.number().meta({ description: 'The median of all slopes between two values.' }),
        valueAtDue: z.number(),
        low: z.number(),
        high: z.number(),
        reachesDay: dayOrNull('The trend reaches the target on this day'),
        checkIns: z.int(),
      })
      .meta({ description: 'Of a `metric` key result: where it is heading. Not a probability.' }),
    z
      .object({
        kind: z.literal('not_enough_data'),
        missing: z.union([
          z.object({ deliveredItems: missing, deliveryDays: missing }),
          z.object({ checkIns: missing, checkInDays: missing }),
        ]),
      })
      .meta({ description: 'Too little has happened to say anything honest; what is missing.' }),
    z
      .object({
        kind: z.literal('none'),
        reason: z.enum(['reached', 'past_due', 'nothing_to_deliver', 'not_forecast']),
      })
      .meta({ description: 'There is nothing to forecast.' }),
  ])
  .meta({ id: 'Forecast' })

export function presentForecast(forecast: KeyResultForecast): z.output<typeof forecastResponse> {
  return forecast
}
