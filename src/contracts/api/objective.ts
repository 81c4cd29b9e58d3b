import { z } from 'zod'
import type { Objective } from '../../domain/goals.ts'
import {
  cycleKey,
  cycleKeyInput,
  instant,
  instantOrNull,
  lineOfText,
  objectiveKey,
  objectiveKeyInput,
  teamKeyInput,
} from './fields.ts'
import { healthPolicyName } from './health-policy.ts'
import { includeArchived, limit, pageOf } from './pages.ts'

const title = lineOfText(300).meta({ examples: ['New customers succeed on their first day'] })
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

export const objectiveCreation = z.strictObject({
  cycle: cycleKeyInput,
  title,
  level: level.default('team'),
  ambition: ambition.default('committed'),
  owner: owner.default(null),
  team: team.default(null),
  healthPolicy: healthPolicy.default(null),
})

export const objectivePatch = z
  .strictObject({ cycle: cycleKeyInput, title, level, ambition, owner, team, healthPolicy })
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
    level: z.enum(level.options),
    ambition: z.enum(ambition.options),
    owner: z.string().nullable(),
    team: z.string().nullable(),
    healthPolicy: z.string().nullable(),
    archivedAt: instant.nullable(),
  })
  .meta({ id: 'Objective', description: 'A qualitative goal of a cycle.' })

export const objectivePage = pageOf(objectiveResponse, 'The key of the last objective here.')

export function presentObjective(objective: Objective): z.output<typeof objectiveResponse> {
  return { ...objective, archivedAt: instantOrNull(objective.archivedAt) }
}
