import { z } from 'zod'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { ObjectiveRetrospective, Retrospective } from '../../domain/retrospective/retrospective.ts'
import { cycleKey, instant, instantOf, instantOrNull, keyResultKey, objectiveKey } from './fields.ts'
import {
  changes,
  keyResultRetrospective,
  presentHints,
  presentKeyResultRetrospective,
  retrospectiveHint,
  verdict,
  workDelivered,
} from './key-result-retrospective.ts'
import { rawProgress } from './progress.ts'

const score = z.number().min(0).max(1).nullable()

const objective = z
  .object({
    key: objectiveKey,
    title: z.string(),
    level: z.enum(['company', 'department', 'team', 'individual']),
    ambition: z.enum(['committed', 'aspirational']),
    team: z.string().nullable(),
    grade: z.object({
      score: score.meta({ description: 'The mean of its key results’ scores by weight; null without any.' }),
      verdict: verdict.nullable(),
      withoutData: z.array(keyResultKey).meta({ description: 'They count as 0.' }),
    }),
    delivered: workDelivered,
    hints: z.array(retrospectiveHint),
    keyResults: z.array(keyResultRetrospective),
  })
  .meta({ id: 'ObjectiveRetrospective', description: 'What an objective came to.' })

export const retrospectiveResponse = z
  .object({
    cycle: z.object({
      key: cycleKey,
      title: z.string(),
      startDay: z.iso.date(),
      endDay: z.iso.date(),
      timeZone: z.string(),
    }),
    asOf: instant.meta({
      description: 'What it tells was so then: at the end of the cycle, or when it was closed early.',
    }),
    closedAt: instant
      .nullable()
      .meta({ description: 'null: a preview; the cycle is open and its numbers change.' }),
    isPreview: z.boolean(),
    isEarly: z.boolean().meta({ description: 'It is told as of an instant before the end of the cycle.' }),
    summary: z.object({
      objectives: z.int(),
      keyResults: z.int(),
      meanScore: score.meta({ description: 'Of the objectives that have a grade, each counting alike.' }),
      verdicts: z.object({ pass: z.int(), good: z.int(), progress: z.int(), miss: z.int() }),
      withoutData: z.array(keyResultKey),
      forecasts: z.object({
        forecasts: z.int(),
        brier: z.number().nullable().meta({
          description:
            'Mean squared distance of the forecasts from what happened: 0 is perfect, a coin gets 0.25.',
        }),
      }),
      changes,
      warnings: z.object({ raised: z.int(), standing: z.int() }),
      delivered: workDelivered,
    }),
    hints: z
      .array(retrospectiveHint)
      .meta({ description: 'Over several cycles, by team. Never about a person.' }),
    objectives: z.array(objective),
    dropped: z
      .array(
        z.object({
          key: z.string(),
          title: z.string(),
          objective: objectiveKey.nullable().meta({ description: 'Of a key result; null for an objective.' }),
          archivedAt: instant,
          rawProgress: rawProgress.meta({ description: 'How far a key result had come by then.' }),
        }),
      )
      .meta({ description: 'Archived while the cycle ran: given up, and not graded.' }),
    movedAway: z
      .array(
        z.object({
          key: z.string(),
          title: z.string(),
          objective: objectiveKey
            .nullable()
            .meta({ description: 'What a key result belonged to; null for an objective.' }),
          at: instant,
          into: cycleKey,
          rawProgress: rawProgress.meta({ description: 'How far a key result had come by then.' }),
          by: z.string().nullable().meta({ description: 'Who says that they moved it.' }),
          reason: z.string().nullable().meta({ description: 'Why, as they said.' }),
        }),
      )
      .meta({ description: 'Moved into another cycle while this one ran: graded there, not here.' }),
    rolledOver: z
      .array(z.object({ keyResult: keyResultKey, from: objectiveKey, into: cycleKey, to: objectiveKey }))
      .meta({ description: 'Key results that went on into another cycle after the close.' }),
  })
  .meta({
    id: 'Retrospective',
    description:
      'What a cycle came to: frozen when it was closed, a preview before. Of people it names only who moved a goal.',
  })

export interface PresentedRetrospective {
  readonly retrospective: Retrospective
  readonly rolledOver: readonly {
    readonly keyResult: KeyResultKey
    readonly from: ObjectiveKey
    readonly into: CycleKey
    readonly to: ObjectiveKey
  }[]
}

export function presentRetrospective({
  retrospective: known,
  rolledOver,
}: PresentedRetrospective): z.output<typeof retrospectiveResponse> {
  const { summary } = known
  return {
    cycle: { ...known.cycle },
    asOf: instantOf(known.asOf),
    closedAt: instantOrNull(known.closedAt),
    isPreview: known.closedAt === null,
    isEarly: known.isEarly,
    summary: { ...summary, withoutData: [...summary.withoutData] },
    hints: presentHints(known.hints),
    objectives: known.objectives.map(presentObjective),
    dropped: known.dropped.map((goal) => ({ ...goal, archivedAt: instantOf(goal.archivedAt) })),
    movedAway: known.movedAway.map((goal) => ({ ...goal, at: instantOf(goal.at) })),
    rolledOver: [...rolledOver],
  }
}

function presentObjective(known: ObjectiveRetrospective): z.output<typeof objective> {
  return {
    ...known,
    grade: { ...known.grade, withoutData: [...known.grade.withoutData] },
    hints: presentHints(known.hints),
    keyResults: known.keyResults.map(presentKeyResultRetrospective),
  }
}
