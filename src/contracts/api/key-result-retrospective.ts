import { z } from 'zod'
import { hintSentence } from '../../domain/retrospective/hint-sentence.ts'
import type { Hint } from '../../domain/retrospective/hints.ts'
import type { GoalMove } from '../../domain/retrospective/moves.ts'
import type { KeyResultRetrospective } from '../../domain/retrospective/retrospective.ts'
import { instant, instantOf, instantOrNull, keyResultKey } from './fields.ts'
import { rawProgress } from './progress.ts'

export const verdict = z.enum(['pass', 'good', 'progress', 'miss']).meta({
  description:
    'Committed: `pass` at 1.0, else `miss`. Aspirational: `good` from 0.7, `progress` from 0.4, else `miss`.',
})

export const workDelivered = z
  .object({
    issues: z.int(),
    points: z.number().meta({ description: 'By the shares of their links.' }),
    unestimated: z.int().meta({ description: 'Issues without an estimate; they add no points.' }),
  })
  .meta({ id: 'DeliveredWork', description: 'Work that was delivered within the cycle.' })

export const changes = z
  .object({
    targets: z.int(),
    targetsLowered: z
      .int()
      .meta({ description: 'Moved nearer to where they started, whatever the direction.' }),
    dueDates: z.int(),
    rules: z.int().meta({ description: 'Another way of measuring.' }),
    scope: z.int().meta({ description: 'Issues added, removed and estimated anew.' }),
  })
  .meta({
    id: 'GoalChanges',
    description: 'How often the goals themselves were changed while the cycle ran.',
  })

export const retrospectiveHint = z
  .object({
    kind: z.enum(['reached_early', 'never_moved', 'target_lowered', 'all_reached_early', 'sandbagging']),
    text: z.string(),
    team: z.string().optional(),
    cycles: z.array(z.string()).optional(),
  })
  .meta({ id: 'RetrospectiveHint', description: 'What to think about before the next goals are written.' })

const move = z.object({
  kind: z.enum(['target_moved', 'due_date_moved', 'rule_changed']),
  at: instant,
  targetBefore: z.number().nullable(),
  targetAfter: z.number().nullable(),
  isEasier: z.boolean(),
  dueDayBefore: z.iso.date().nullable(),
  dueDayAfter: z.iso.date().nullable(),
})

const trendPoint = z.object({
  day: z.iso.date(),
  current: z.number().nullable(),
  target: z.number().nullable(),
  rawProgress,
  expectedProgress: z.number().nullable(),
})

export const keyResultRetrospective = z
  .object({
    key: keyResultKey,
    title: z.string(),
    measure: z.enum(['delivery', 'field_sum', 'metric', 'range', 'milestones', 'binary']),
    unit: z.string(),
    weight: z.number(),
    dueDay: z.iso.date(),
    rolledFrom: z.string().nullable(),
    baseline: z.number(),
    target: z.number().nullable(),
    current: z.number().nullable(),
    rawProgress,
    automatic: z.number().nullable().meta({
      description:
        'What was measured where a person’s value stood in its place; null: the value is measured.',
    }),
    grade: z.object({
      score: z.number().min(0).max(1).meta({ description: 'Raw progress clamped to 0 to 1.' }),
      verdict,
      hasNoData: z.boolean().meta({ description: 'There was nothing to measure: it counts as 0.' }),
    }),
    trend: z.array(trendPoint).meta({
      description:
        'The first day, the last, and the days on which something moved; each point holds until the next. Measured by ' +
        'the measure of the end.',
    }),
    moves: z.array(move).meta({ description: 'Changes of the goal itself, to be marked on the trend.' }),
    changes,
    scope: z
      .object({
        atStart: z.number(),
        atEnd: z.number(),
        added: z.int(),
        removed: z.int(),
        reEstimated: z.int(),
        reopened: z.int(),
      })
      .nullable()
      .meta({
        description:
          'Linked work in the size of the measure, from the end of the first tenth of the cycle on: until then it is being planned. null: none was ever linked.',
      }),
    checkIns: z.object({
      days: z.int().meta({ description: 'Days on which a person checked in.' }),
      due: z.int().nullable().meta({ description: 'By the cadence of its team; null: it has none.' }),
      made: z.int().nullable(),
    }),
    investment: z.object({
      ...workDelivered.shape,
      intendedPercent: z.number(),
      actualPercent: z
        .number()
        .nullable()
        .meta({ description: 'null: nothing was delivered for the objective.' }),
      deviation: z.number().nullable().meta({ description: 'Percentage points, actual minus intended.' }),
      by: z.enum(['points', 'issues']),
    }),
    forecasts: z.array(
      z.object({
        timeShare: z.number(),
        day: z.iso.date(),
        probability: z.number().nullable().meta({ description: 'null: nothing was forecast then.' }),
      }),
    ),
    outcome: z.enum(['reached', 'missed', 'open']).meta({
      description: 'At the end of its due day; `open`: that day was still to come.',
    }),
    warnings: z.array(
      z.object({
        kind: z.enum(['health', 'output_without_outcome', 'scope_growth', 'uncovered', 'conflict']),
        level: z.enum(['at_risk', 'off_track']),
        raisedAt: instant,
        resolvedAt: instant.nullable().meta({ description: 'null: it still stood.' }),
        days: z.number().meta({ description: 'How long it stood.' }),
      }),
    ),
    hints: z.array(retrospectiveHint),
  })
  .meta({ id: 'KeyResultRetrospective', description: 'What a key result came to.' })

export function presentKeyResultRetrospective(
  known: KeyResultRetrospective,
): z.output<typeof keyResultRetrospective> {
  const { score, verdict: worth, hasNoData } = known.grade
  return {
    ...known,
    grade: { score, verdict: worth, hasNoData },
    trend: [...known.trend],
    moves: known.moves.map(presentMove),
    forecasts: [...known.forecasts],
    warnings: known.warnings.map(({ raisedAt, resolvedAt, ...warning }) => ({
      ...warning,
      raisedAt: instantOf(raisedAt),
      resolvedAt: instantOrNull(resolvedAt),
    })),
    hints: presentHints(known.hints),
  }
}

export function presentHints(hints: readonly Hint[]): z.output<typeof retrospectiveHint>[] {
  return hints.map((hint) => ({
    kind: hint.kind,
    text: hintSentence(hint),
    ...(hint.kind === 'sandbagging' ? { cycles: [...hint.cycles] } : {}),
    ...(hint.kind === 'sandbagging' && hint.team !== null ? { team: hint.team } : {}),
  }))
}

function presentMove(known: GoalMove): z.output<typeof move> {
  const isTarget = known.kind === 'target_moved'
  const isDue = known.kind === 'due_date_moved'
  return {
    kind: known.kind,
    at: instantOf(known.at),
    targetBefore: isTarget ? known.before : null,
    targetAfter: isTarget ? known.after : null,
    isEasier: isTarget && known.isEasier,
    dueDayBefore: isDue ? known.before : null,
    dueDayAfter: isDue ? known.after : null,
  }
}
