import { z } from 'zod'
import type { HealthOverride } from '../../domain/health/assess-health.ts'
import { day, instant, instantOf, lineOfText } from './fields.ts'
import { health } from './health.ts'

/** A person's word on a key result's health. */
export const healthOverrideInput = z.strictObject({
  health: z.enum(['on_track', 'at_risk', 'off_track']),
  reason: lineOfText(500).meta({ examples: ['The supplier confirmed the date in writing.'] }),
  by: lineOfText(200).meta({ description: 'Who says so.', examples: ['Ada Lovelace'] }),
  untilDay: day.meta({ description: 'The last day on which it holds.' }),
})

export const healthOverrideResponse = z
  .object({ health, reason: z.string(), by: z.string(), at: instant, untilDay: z.iso.date() })
  .meta({ id: 'HealthOverride', description: 'A person’s word on the health, beside the computed one.' })

export function presentOverride(override: HealthOverride): z.output<typeof healthOverrideResponse> {
  return { ...override, at: instantOf(override.at) }
}
