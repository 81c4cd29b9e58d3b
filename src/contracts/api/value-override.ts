import { z } from 'zod'
import type { ValueOverride } from '../../domain/goals.ts'
import { amount, day, instant, instantOf, lineOfText } from './fields.ts'

/** A person's word on a key result's value. */
export const valueOverrideInput = z.strictObject({
  value: amount.meta({ description: 'In the unit of the measure.', examples: [48.5] }),
  reason: lineOfText(500).meta({ examples: ['The dashboard counts test accounts until Friday.'] }),
  by: lineOfText(200).meta({ description: 'Who says so.', examples: ['Ada Lovelace'] }),
  untilDay: day.meta({ description: 'The last day on which it is shown.' }),
})

export const valueOverrideResponse = z
  .object({ value: z.number(), reason: z.string(), by: z.string(), at: instant, untilDay: z.iso.date() })
  .meta({ id: 'ValueOverride', description: 'A person’s word on the value, beside the automatic one.' })

export function presentValueOverride(override: ValueOverride): z.output<typeof valueOverrideResponse> {
  return { ...override, at: instantOf(override.at) }
}
