import { z } from 'zod'
import { hintSentence } from '../../domain/retrospective/hint-sentence.ts'
import type { Hint } from '../../domain/retrospective/hints.ts'
import { moveSentence } from '../../domain/retrospective/move-sentence.ts'
import { isEasier, type GoalMove } from '../../domain/retrospective/moves.ts'
import type { KeyResultRetrospective } from '../../domain/retrospective/retrospective.ts'
import { AS_DATA } from '../../domain/retrospective/writing.ts'
import { cycleKey, instant, instantOf, instantOrNull, keyResultKey } from './fields.ts'
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
    baselines: z.int(),
    dueDates: z.int(),
    weights: z.int(),
    rules: z.int().meta({ description: 'Another way of measuring.' }),
    easier: z.int().meta({
      description:
        'Of all these, those that asked for less: a target nearer to its start, a wider band, fewer or earlier steps, ' +
        'work that counts sooner, a baseline from which the same value is farther along.',
    }),
    late: z.int().meta({
      description: 'After the end of the cycle, and so in none of the others: nothing is graded by them.',
    }),
    scope: z.int().meta({ description: 'Issues added, removed and estimated anew.' }),
  })
  .meta({
    id: 'GoalChanges',
    description: 'How often the goals themselves were changed while the cycle ran.',
  })

export const retrospectiveHint = z
  .object({
    kind: z.enum([
      'reached_early',
      'never_moved',
      'made_easier',
      'all_reached_early',
      'sandbagging',
      'too_ambitious',
    ]),
    text: z.string(),
    team: z.string().optional(),
    cycles: z.array(z.string()).optional(),
  })
  .meta({ id: 'RetrospectiveHint', description: 'What to think about before the next goals are written.' })

const move = z.object({
  kind: z.enum([
    'target_moved',
    'baseline_moved',
    'rule_changed',
    'weight_moved',
    'due_date_moved',
    'archived',
  ]),
  at: instant,
  isEasier: z.boolean().meta({ description: 'It asked for less, as far as that can be told.' }),
  isLate: z.boolean().meta({ description: 'After the end of the cycle: it is graded as it was before.' }),
  targetBefore: z.number().nullable(),
  targetAfter: z.number().nullable(),
  baselineBefore: z.number().nullable(),
  baselineAfter: z.number().nullable(),
  weightBefore: z.number().nullable(),
  weightAfter: z.number().nullable(),
  dueDayBefore: z.iso.date().nullable(),
  dueDayAfter: z.iso.date().nullable(),
  text: z.string().meta({ description: 'What changed, in words.' }),
  by: z.string().nullable().meta({ description: 'Who says that they did it.' }),
  reason: z.string().nullable().meta({ description: 'Why, as they said.' }),
})

const warningLevel = z.enum(['at_risk', 'off_track'])

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
    entered: z
      .object({
        at: instant,
        from: cycleKey.nullable().meta({ description: 'null: it was made then, or carried over.' }),
        isLate: z
          .boolean()
          .meta({ description: 'After the first tenth of the cycle, in which it is planned.' }),
        by: z.string().nullable().meta({ description: 'Who says that they moved it.' }),
        reason: z.string().nullable().meta({ description: 'Why, as they said.' }),
      })
      .nullable()
      .meta({
        description: 'When it came into the cycle; null: it was in it when that began, or not known.',
      }),
    baseline: z.number(),
    target: z.number().nullable(),
    current: z.number().nullable(),
    rawProgress,
    automatic: z.number().nullable().meta({
      description:
        'What was measured where a person’s value stood in its place; null: the value is measured.',
    }),
    parts: z
      .object({
        kind: z.enum(['day', 'week', 'month', 'quarter', 'step']),
        good: z.int(),
        all: z.int(),
      })
      .nullable()
      .meta({
        description:
          'Of a range its periods with a value, and how many were inside; of a ladder its steps, and how many count.',
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
          'Linked work in the size of the measure, from the end of the first tenth of the cycle on, or from the day on which it came from another one: until then it is being planned. null: none was ever linked.',
      }),
    checkIns: z.object({
      days: z
        .int()
        .meta({ description: 'Days on which somebody checked in, gave a confidence or ticked a step.' }),
      due: z
        .int()
        .nullable()
        .meta({ description: 'How often its team was asked, by its cadence; null: it has none.' }),
      made: z.int().nullable().meta({ description: 'Of those, answered before the team was asked again.' }),
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
        level: warningLevel.meta({ description: 'The last it had.' }),
        levels: z.array(z.object({ level: warningLevel, since: instant })).meta({
          description:
            'Every level it had, in order of time; each holds until the next. Empty where that was not kept.',
        }),
        raisedAt: instant.meta({
          description:
            'When it was raised, or, where it stood before, when that began to be a goal of this cycle.',
        }),
        resolvedAt: instant.nullable().meta({ description: 'null: it still stood.' }),
        days: z.number().meta({ description: 'How long it stood as a goal of this cycle.' }),
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
    entered: known.entered === null ? null : { ...known.entered, at: instantOf(known.entered.at) },
    trend: [...known.trend],
    moves: known.moves.map((one) => presentMove(one, known)),
    forecasts: [...known.forecasts],
    warnings: known.warnings.map(({ raisedAt, resolvedAt, levels, ...warning }) => ({
      ...warning,
      levels: levels.map(({ level, since }) => ({ level, since: instantOf(since) })),
      raisedAt: instantOf(raisedAt),
      resolvedAt: instantOrNull(resolvedAt),
    })),
    hints: presentHints(known.hints),
  }
}

export function presentHints(hints: readonly Hint[]): z.output<typeof retrospectiveHint>[] {
  return hints.map((hint) => {
    const said = { kind: hint.kind, text: hintSentence(hint) }
    if (!('cycles' in hint)) return said
    return { ...said, cycles: [...hint.cycles], ...(hint.team === null ? {} : { team: hint.team }) }
  })
}

const UNMOVED = {
  targetBefore: null,
  targetAfter: null,
  baselineBefore: null,
  baselineAfter: null,
  weightBefore: null,
  weightAfter: null,
  dueDayBefore: null,
  dueDayAfter: null,
}

function presentMove(known: GoalMove, keyResult: KeyResultRetrospective): z.output<typeof move> {
  return {
    kind: known.kind,
    at: instantOf(known.at),
    isEasier: isEasier(known),
    isLate: known.isLate,
    ...UNMOVED,
    ...movedValues(known),
    text: moveSentence(known, keyResult, AS_DATA),
    by: known.by,
    reason: known.reason,
  }
}

function movedValues(known: GoalMove): Partial<Omit<z.output<typeof move>, 'kind'>> {
  switch (known.kind) {
    case 'target_moved':
      return { targetBefore: known.before, targetAfter: known.after }
    case 'baseline_moved':
      return { baselineBefore: known.before, baselineAfter: known.after }
    case 'weight_moved':
      return { weightBefore: known.before, weightAfter: known.after }
    case 'due_date_moved':
      return { dueDayBefore: known.before, dueDayAfter: known.after }
    case 'rule_changed':
    case 'archived':
      return {}
  }
}
