import { z } from 'zod'
import type { DeliveryEvidence } from '../../domain/measures/delivery.ts'
import type { Numbers } from '../../domain/snapshot.ts'
import type { EpochMs } from '../../domain/time.ts'
import { instant, instantOf, instantOrNull } from './fields.ts'
import { forecastResponse, presentForecast } from './forecast.ts'
import { health, healthRule } from './health.ts'
import { healthOverrideResponse, presentOverride } from './health-override.ts'
import { presentValueOverride, valueOverrideResponse } from './value-override.ts'

export const work = z
  .object({
    issues: z.int(),
    size: z.number().meta({
      description: 'In the size of the measure: issues, story points, or as a numeric field sizes it.',
    }),
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

const band = z.enum(['on_track', 'at_risk', 'off_track']).nullable()

const numbers = z.object({
  current: z.number().nullable(),
  baseline: z.number(),
  target: z.number().nullable(),
  unit: z.string().meta({ examples: ['points'] }),
  rawProgress,
  progress: shownProgress,
  expectedProgress: z
    .number()
    .nullable()
    .meta({ description: 'What the plan expects by now, 0 to 1; null: nothing before the end.' }),
  paceRatio: z
    .number()
    .nullable()
    .meta({ description: 'progress ÷ expected; null while it is too early to say.' }),
  gapPoints: z
    .number()
    .nullable()
    .meta({ description: 'expected − progress in percentage points; below 0 when ahead.' }),
  forecast: forecastResponse,
  health: health.meta({
    description: 'A person’s word while there is one in force, else the computed health.',
  }),
  computedHealth: health,
  healthRule: healthRule.meta({ description: 'Which rule decided the computed health.' }),
  healthPolicy: z.string().meta({ description: 'The policy it was judged by.' }),
  healthByPace: band.meta({ description: 'What pace says by itself.' }),
  healthByForecast: band.meta({ description: 'What the forecast says by itself.' }),
  healthHeldUntil: instant.nullable().meta({
    description: 'Its band is kept until then, since the numbers are only just past its edge.',
  }),
  healthOverride: healthOverrideResponse.nullable(),
  delivery,
  automatic: z
    .object({ current: z.number().nullable(), progress: shownProgress })
    .nullable()
    .meta({ description: 'What is measured, while a person’s value is shown in its place.' }),
  valueOverride: valueOverrideResponse.nullable(),
  periods: z
    .array(z.object({ fromDay: z.iso.date(), toDay: z.iso.date(), value: z.number(), isInside: z.boolean() }))
    .nullable()
    .meta({ description: 'Of a range: its reported periods that count, oldest first.' }),
  openPeriod: z
    .object({
      fromDay: z.iso.date(),
      toDay: z.iso.date(),
      value: z.number(),
      verdict: z.enum(['slipping', 'filling']),
    })
    .nullable()
    .meta({
      description:
        'Of a range: the running period while it is outside and later values can bring it inside. It does not count ' +
        'yet. slipping: it has left the band. filling: it has not got to the band yet.',
    }),
  steps: z
    .array(
      z.object({
        title: z.string(),
        percent: z.number(),
        doneAt: instant.nullable(),
        counts: z.boolean().meta({ description: 'Done with all the steps before it.' }),
      }),
    )
    .nullable()
    .meta({ description: 'Of a ladder of milestones.' }),
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
    gapPoints: assessment.gapPoints,
    forecast: presentForecast(known.forecast),
    health: assessment.health,
    computedHealth: assessment.computed,
    healthRule: assessment.rule,
    healthPolicy: assessment.policy,
    healthByPace: assessment.byPace,
    healthByForecast: assessment.byForecast,
    healthHeldUntil: instantOrNull(assessment.heldUntil),
    healthOverride: assessment.override === null ? null : presentOverride(assessment.override),
    delivery: presentDelivery(known.delivery),
    automatic: known.automatic,
    valueOverride: known.valueOverride === null ? null : presentValueOverride(known.valueOverride),
    periods: known.detail?.kind === 'range' ? [...known.detail.periods] : null,
    openPeriod: known.detail?.kind === 'range' ? (known.detail.open ?? null) : null,
    steps:
      known.detail?.kind === 'milestones'
        ? known.detail.steps.map((step) => ({ ...step, doneAt: instantOrNull(step.doneAt) }))
        : null,
    latestCheckIn: checkIn === null ? null : { ...checkIn, at: instantOf(checkIn.at) },
  }
}

function presentDelivery(evidence: DeliveryEvidence): z.output<typeof delivery> {
  const { scope, toDo, inProgress, delivered, unestimated } = evidence
  return { scope, toDo, inProgress, delivered, unestimated }
}
