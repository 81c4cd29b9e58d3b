import { z } from 'zod'
import type { Cycle, KeyResult, Objective } from '../../domain/goals.ts'
import type { KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import { keyResultSentences, progressFormula } from '../../domain/roll-up/key-result-sentences.ts'
import {
  objectiveSentences,
  partSentence,
  rollUpFormula,
  termSentence,
} from '../../domain/roll-up/objective-sentences.ts'
import type { RollUp, RollUpPart } from '../../domain/roll-up/terms.ts'
import { keyResultKey, objectiveKey } from './fields.ts'
import { health } from './health.ts'
import { measureResponse, presentMeasure } from './measure.ts'
import { presentProgress, progressResponse, shownProgress, type KnownSnapshot } from './progress.ts'

/** What an objective's numbers are, wherever it is shown. */
export const rollUpShape = {
  progress: shownProgress.meta({
    description: 'The weighted mean of its key results’ progress, 0 to 1; null while nothing is measured.',
    examples: [0.425],
  }),
  rawProgress: z.number().nullable().meta({
    description: 'The same mean of their raw progress: what is exceeded and what went backwards shows here.',
  }),
  health: health.meta({ description: 'From its key results’, by `healthRollUp`.' }),
  missing: z
    .array(keyResultKey)
    .meta({ description: 'Key results that have nothing measured yet: they are left out of the mean.' }),
}

const goalKey = z.string().meta({ examples: ['KR-12'] })
const sentence = z.string().meta({ description: 'The same for people.' })

const part = z
  .object({
    key: goalKey,
    title: z.string(),
    weight: z.number(),
    weightShare: z
      .number()
      .nullable()
      .meta({ description: 'Its part of the weight of all that count, 0 to 1.' }),
    progress: shownProgress,
    rawProgress: z.number().nullable(),
    health,
    adds: z.number().nullable().meta({ description: 'What it adds to the mean, 0 to 1.' }),
    leftOut: z.enum(['archived', 'no_data', 'supports_only', 'circular']).nullable().meta({
      description:
        'Why it does not count; null: it counts. The health of what has no data counts all the same.',
    }),
    sentence,
  })
  .meta({ id: 'RollUpPart', description: 'A goal with what it brings into a weighted mean.' })

const sentences = z.array(z.string()).meta({ description: 'The same for people, one after another.' })

export const objectiveExplanation = z
  .object({
    objective: objectiveKey,
    title: z.string(),
    ...rollUpShape,
    healthRollUp: z.enum(['worst', 'median']),
    formula: z
      .string()
      .nullable()
      .meta({ examples: ['(2 × 0.6 + 1 × 0.5) ÷ (2 + 1) = 0.566667'] }),
    terms: z
      .array(
        z.object({
          ...part.shape,
          parts: z.array(part).meta({
            description:
              'Of a key result that objectives contribute to: its own progress with weight 1, then theirs.',
          }),
        }),
      )
      .meta({ description: 'Its key results, then the objectives that support it.' }),
    sentences,
  })
  .meta({
    id: 'ObjectiveExplanation',
    description: 'An objective’s numbers, and why they are what they are.',
  })

export function presentObjectiveExplanation(explained: {
  readonly objective: Objective
  readonly rollUp: RollUp
  readonly titles: ReadonlyMap<KeyResultKey | ObjectiveKey, string>
}): z.output<typeof objectiveExplanation> {
  const { objective, rollUp, titles } = explained
  const withTitle = ({ key, ...rest }: RollUpPart) => ({ key, title: titles.get(key) ?? '', ...rest })
  return {
    objective: objective.key,
    title: objective.title,
    ...presentRollUp(rollUp),
    healthRollUp: objective.healthRollUp,
    formula: rollUpFormula(rollUp),
    terms: rollUp.terms.map((term) => ({
      ...withTitle(term),
      sentence: termSentence(term, rollUp.terms),
      parts: term.parts.map((one) => ({ ...withTitle(one), sentence: partSentence(one) })),
    })),
    sentences: objectiveSentences(rollUp, objective.healthRollUp),
  }
}

export function presentRollUp({
  progress,
  rawProgress,
  health: known,
  missing,
}: Omit<RollUp, 'objective' | 'terms'>) {
  return { progress, rawProgress, health: known, missing: [...missing] }
}

export const keyResultExplanation = z
  .object({
    keyResult: keyResultKey,
    objective: objectiveKey,
    title: z.string(),
    measure: measureResponse,
    formula: z
      .string()
      .nullable()
      .meta({ examples: ['(48.5 − 45) ÷ (55 − 45) = 0.35'] }),
    numbers: progressResponse
      .nullable()
      .meta({ description: 'null until they are computed for the first time.' }),
    contributors: z.array(objectiveKey).meta({
      description:
        'Objectives that contribute to it: they count in its objective and leave these numbers alone.',
    }),
    sentences,
  })
  .meta({
    id: 'KeyResultExplanation',
    description: 'A key result’s numbers, and why they are what they are.',
  })

export function presentKeyResultExplanation(explained: {
  readonly keyResult: KeyResult
  readonly cycle: Cycle
  readonly snapshot: KnownSnapshot | null
  readonly contributors: readonly Objective[]
}): z.output<typeof keyResultExplanation> {
  const { keyResult, cycle, snapshot, contributors } = explained
  const { key, objective, title, measure } = keyResult
  const { timeZone } = cycle.calendar
  return {
    keyResult: key,
    objective,
    title,
    measure: presentMeasure(measure),
    formula: snapshot === null ? null : progressFormula(snapshot.numbers),
    numbers: snapshot === null ? null : presentProgress(snapshot),
    contributors: contributors.map((one) => one.key),
    sentences:
      snapshot === null
        ? ['Its numbers are being computed for the first time.']
        : keyResultSentences({ measure, numbers: snapshot.numbers, timeZone }),
  }
}
