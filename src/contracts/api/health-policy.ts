import { z } from 'zod'
import type { HealthPolicy } from '../../domain/health/health-policy.ts'
import { lineOfText } from './fields.ts'

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/

/** A policy's name as it stands in addresses. */
export const healthPolicyName = lineOfText(40)
  .refine((text) => NAME.test(text), { error: 'is not a name of small letters, digits and dashes' })
  .meta({ description: 'The name of a health policy.', examples: ['balanced'] })

const share = z.number().min(0).max(10)

const bands = (what: string) => z.strictObject({ onTrack: share, atRisk: share }).meta({ description: what })

export const healthPolicyInput = z.strictObject({
  method: z.enum(['balanced', 'pace_ratio', 'points_gap', 'forecast_only', 'manual']).meta({
    description:
      'What decides: the worse of pace and forecast, pace alone, the gap in percentage points, the forecast alone, or ' +
      'people.',
  }),
  paceRatio: bands(
    'progress ÷ expected at or above which it is on track, or at risk; below it is off track.',
  ),
  gapPoints: z
    .strictObject({ onTrack: z.number().min(0).max(100), atRisk: z.number().min(0).max(100) })
    .meta({
      description: 'expected − progress in percentage points below which it is on track, or at risk.',
    }),
  probability: bands('Probability of the forecast at or above which it is on track, or at risk.'),
  staleAfterDays: z.int().min(1).max(366).meta({ description: 'Days without evidence until it is stale.' }),
  grace: z
    .strictObject({ timeShare: z.number().min(0).max(1), expected: z.number().min(0).max(1) })
    .meta({ description: 'Until this share of its time, or this expected progress, it is on track.' }),
  hysteresis: z
    .strictObject({ margin: z.number().min(0).max(0.5) })
    .meta({ description: 'How far past its edge a band is left at once; nearer, after one working day.' }),
})

export const healthPolicyResponse = z
  .object({
    name: z.string(),
    isBuiltIn: z.boolean(),
    ...healthPolicyInput.shape,
  })
  .meta({ id: 'HealthPolicy', description: 'How numbers become a colour.' })

export const healthPolicyList = z
  .object({ items: z.array(healthPolicyResponse) })
  .meta({ id: 'HealthPolicyList', description: 'Every health policy, by name.' })

export function presentHealthPolicy(
  policy: HealthPolicy,
  isBuiltIn: boolean,
): z.output<typeof healthPolicyResponse> {
  return { isBuiltIn, ...policy }
}
