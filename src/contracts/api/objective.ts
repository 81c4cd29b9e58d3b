import { z } from 'zod'
import type { Objective } from '../../domain/goals.ts'
import type { RollUp } from '../../domain/roll-up/terms.ts'
import {
  cycleKey,
  cycleKeyInput,
  goalKeyInput,
  instant,
  instantOrNull,
  lineOfText,
  linesOfText,
  objectiveKey,
  chosenObjectiveKey,
  objectiveKeyInput,
  teamKeyInput,
} from './fields.ts'
import { healthPolicyName } from './health-policy.ts'
import { hints } from './lint.ts'
import { includeArchived, limit, pageOf } from './pages.ts'
import { presentRollUp, rollUpShape } from './roll-up.ts'

const title = lineOfText(300).meta({
  description: 'What is to be reached, without a number.',
  examples: ['New customers succeed on their first day'],
})
const level = z
  .enum(['company', 'department', 'team', 'individual'])
  .meta({ description: 'Whose objective it is.' })
const ambition = z.enum(['committed', 'aspirational']).meta({
  description: 'Committed: meant to be reached in full. Aspirational: 0.7 is a good result.',
})
const owner = lineOfText(200)
  .nullable()
  .meta({ description: 'Who answers for it.', examples: ['Ada Lovelace'] })

const team = teamKeyInput.nullable().meta({ description: 'Who works on it.', examples: ['search'] })
const healthPolicy = healthPolicyName
  .nullable()
  .meta({ description: 'What its key results are judged by, unless they name their own; null: `balanced`.' })
const description = linesOfText(5_000).meta({ description: 'Why it matters; plain text.' })
const parent = goalKeyInput.nullable().meta({
  description: 'The objective or key result it supports; null: it stands by itself.',
  examples: ['KR-12'],
})
const contributionWeight = z.number().positive().max(1_000).nullable().meta({
  description: 'Its weight when its progress counts in its parent’s; null: it supports and moves nothing.',
})
const healthRollUp = z.enum(['worst', 'median']).meta({
  description: 'Whether its health is its worst key result’s, or that of the one in the middle by weight.',
})
export const externalId = lineOfText(200)
  .nullable()
  .meta({ description: 'What another system calls it; an import finds it again by this.' })

export const objectiveCreation = z.strictObject({
  key: chosenObjectiveKey,
  cycle: cycleKeyInput,
  title,
  description: description.default(''),
  parent: parent.default(null),
  contributionWeight: contributionWeight.default(null),
  healthRollUp: healthRollUp.default('worst'),
  level: level.default('team'),
  ambition: ambition.default('committed'),
  owner: owner.default(null),
  team: team.default(null),
  healthPolicy: healthPolicy.default(null),
  externalId: externalId.default(null),
})

export const objectivePatch = z
  .strictObject({
    cycle: cycleKeyInput,
    title,
    description,
    parent,
    contributionWeight,
    healthRollUp,
    level,
    ambition,
    owner,
    team,
    healthPolicy,
    externalId,
  })
  .partial()

export const objectiveQuery = z.strictObject({
  cycle: cycleKeyInput.optional().meta({ description: 'Only objectives of this cycle.' }),
  after: objectiveKeyInput.optional().meta({ description: 'List objectives after this key.' }),
  limit,
  includeArchived,
})

export const objectiveResponse = z
  .object({
    key: objectiveKey,
    cycle: cycleKey,
    title: z.string(),
    description: z.string(),
    parent: z.string().nullable(),
    contributionWeight: z.number().nullable(),
    healthRollUp: z.enum(healthRollUp.options),
    level: z.enum(level.options),
    ambition: z.enum(ambition.options),
    owner: z.string().nullable(),
    team: z.string().nullable(),
    healthPolicy: z.string().nullable(),
    externalId: z.string().nullable(),
    archivedAt: instant.nullable(),
    ...rollUpShape,
  })
  .meta({
    id: 'Objective',
    description: 'A qualitative goal of a cycle, with how it stands by its key results.',
  })

/** What a write answers. */
export const objectiveWritten = objectiveResponse.extend({ hints }).meta({
  id: 'WrittenObjective',
  description: 'An objective as it was written, with what could be better about it.',
})

export const objectivePage = pageOf(objectiveResponse, 'The key of the last objective here.')

export function presentObjective(objective: Objective, rollUp: RollUp): z.output<typeof objectiveResponse> {
  return { ...objective, archivedAt: instantOrNull(objective.archivedAt), ...presentRollUp(rollUp) }
}
