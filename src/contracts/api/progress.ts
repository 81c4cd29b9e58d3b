import { z } from 'zod'
import type { DeliveryEvidence } from '../../domain/measures/delivery.ts'
import type { Numbers } from '../../domain/snapshot.ts'
import type { EpochMs } from '../../domain/time.ts'
import { instant, instantOf } from './fields.ts'

export const work = z
  .object({
    issues: z.int(),
    size: z.number().meta({ description: 'In the size of the measure: issues or story points.' }),
  })
  .meta({ id: 'Work', description: 'An amount of linked work.' })

const delivery = z
  .object({
    scope: work,
    toDo: work,
    inProgress: work,
    delivered: work,
    unestimated: z.object({
      issues: z.int(),
      countedAs: z.number().meta({ description: 'The median size each of them counts at.' }),
    }),
  })
  .meta({
    id: 'Delivery',
    description: 'Linked work by state. Delivery and outcome are two numbers, never mixed.',
  })

export const rawProgress = z
  .number()
  .nullable()
  .meta({
    description:
      '(current − baseline) ÷ (target − baseline), unclamped; null when there is nothing to measure yet.',
    examples: [0.425],
  })

export const shownProgress = z
  .number()
  .min(0)
  .max(1)
  .nullable()
  .meta({ description: 'The same, clamped to 0 to 1 for people.', examples: [0.425] })

const numbers = z.object({
  current: z.number().nullable(),
  baseline: z.number(),
  target: z.number().nullable(),
  unit: z.string().meta({ examples: ['points'] }),
  rawProgress,
  progress: shownProgress,
  expectedProgress: z.number().meta({ description: 'What a linear plan expects by now, 0 to 1.' }),
  paceRatio: z
    .number()
    .nullable()
    .meta({ description: 'progress ÷ expected; null while it is too early to say.' }),
  health: z.enum(['no_data', 'on_track', 'at_risk', 'off_track', 'stale', 'done', 'missed']),
  healthRule: z
    .enum(['no_evidence', 'reached', 'past_due', 'silence', 'grace', 'pace'])
    .meta({ description: 'Which rule decided the health.' }),
  delivery,
  latestCheckIn: z
    .object({ at: instant, value: z.number().nullable(), confidence: z.int().nullable() })
    .nullable(),
})

export const progressResponse = z
  .object({ asOf: instant, ...numbers.shape })
  .meta({ id: 'Progress', description: 'The numbers of a key result at an instant.' })

export interface KnownSnapshot {
  readonly asOf: EpochMs
  readonly numbers: Numbers
}

export function presentProgress({ asOf, numbers: known }: KnownSnapshot): z.output<typeof progressResponse> {
  const { assessment, latestCheckIn: checkIn } = known
  return {
    asOf: instantOf(asOf),
    current: known.current,
    baseline: known.baseline,
    target: known.target,
    unit: known.unit,
    rawProgress: known.rawProgress,
    progress: known.progress,
    expectedProgress: assessment.expected,
    paceRatio: assessment.paceRatio,
    health: assessment.health,
    healthRule: assessment.rule,
    delivery: presentDelivery(known.delivery),
    latestCheckIn: checkIn === null ? null : { ...checkIn, at: instantOf(checkIn.at) },
  }
}

function presentDelivery(evidence: DeliveryEvidence): z.output<typeof delivery> {
  const { scope, toDo, inProgress, delivered, unestimated } = evidence
  return { scope, toDo, inProgress, delivered, unestimated }
}
