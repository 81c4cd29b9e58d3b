import { z } from 'zod'
import type { Cycle, KeyResult, Objective } from '../../domain/goals.ts'
import type { GoalTemplate } from '../../domain/templates/goal-template.ts'
import {
  cycleKey,
  cycleKeyInput,
  instant,
  instantOf,
  keyResultKey,
  lineOfText,
  objectiveKey,
} from './fields.ts'
import { hintsOnMany } from './lint.ts'
import { measureResponse, presentMeasure } from './measure.ts'

/** As other names that stand in addresses. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/

const templateName = z
  .string()
  .refine((text) => NAME.test(text), {
    error: 'is no name: letters, digits, dot, dash and underscore, at most 40, the first a letter or digit',
  })
  .meta({ description: 'Chosen by you.', examples: ['growth-quarter'] })

export const templateCreation = z.strictObject({
  name: templateName,
  title: lineOfText(200).meta({
    description: 'What people call it.',
    examples: ['What a growth team does in a quarter'],
  }),
  cycle: cycleKeyInput.meta({ description: 'The cycle whose objectives it is made of.' }),
  owners: z.boolean().default(false).meta({ description: 'True keeps who answers for what.' }),
})

export const templateUse = z.strictObject({
  template: templateName.meta({ description: 'The template whose objectives the cycle gets.' }),
})

const share = z.number().meta({ description: 'How far into the cycle: 0 on its first day, 1 on its last.' })

const templatePlan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('linear') }),
  z.object({ kind: z.literal('targets'), targets: z.array(z.object({ share, progress: z.number() })) }),
  z.object({ kind: z.literal('none') }),
])

const templateKeyResult = z.object({
  key: keyResultKey,
  title: z.string(),
  description: z.string(),
  measure: measureResponse,
  weight: z.number(),
  dueShare: share
    .nullable()
    .meta({ description: 'When it is due, as a share of the cycle; null: at its end.' }),
  plan: templatePlan,
  owner: z.string().nullable(),
  dependsOn: z.array(keyResultKey),
  intendedSharePercent: z.number().nullable(),
  healthPolicy: z.string().nullable(),
})

const templateObjective = z.object({
  key: objectiveKey.meta({ description: 'The key it had in the cycle it was saved from.' }),
  title: z.string(),
  description: z.string(),
  level: z.enum(['company', 'department', 'team', 'individual']),
  ambition: z.enum(['committed', 'aspirational']),
  parent: z.string().nullable().meta({ description: 'A goal of the same template.' }),
  contributionWeight: z.number().nullable(),
  team: z.string().nullable(),
  owner: z.string().nullable(),
  healthPolicy: z.string().nullable(),
  keyResults: z.array(templateKeyResult),
})

export const templateResponse = z
  .object({
    name: z.string(),
    title: z.string(),
    savedAt: instant,
    objectives: z.array(templateObjective),
  })
  .meta({ id: 'Template', description: 'A set of objectives that cycles can be started from.' })

export const templateList = z
  .object({
    items: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        savedAt: instant,
        objectives: z.int(),
        keyResults: z.int(),
      }),
    ),
  })
  .meta({ id: 'TemplateList', description: 'The templates, by name.' })

export const startedResponse = z
  .object({
    cycle: cycleKey,
    objectives: z.array(
      z.object({
        key: objectiveKey,
        title: z.string(),
        keyResults: z.array(
          z.object({ key: keyResultKey, title: z.string(), dueDay: z.iso.date().nullable() }),
        ),
      }),
    ),
    missing: z
      .object({ teams: z.array(z.string()), healthPolicies: z.array(z.string()) })
      .meta({ description: 'Named by the template, and gone since: the new goals are without.' }),
    ...hintsOnMany,
  })
  .meta({ id: 'StartedGoals', description: 'The goals that were made from a template.' })

export function presentTemplate({
  name,
  title,
  savedAt,
  objectives,
}: GoalTemplate): z.output<typeof templateResponse> {
  return {
    name,
    title,
    savedAt: instantOf(savedAt),
    objectives: objectives.map((objective) => ({
      ...objective,
      keyResults: objective.keyResults.map((keyResult) => ({
        ...keyResult,
        measure: presentMeasure(keyResult.measure),
        plan:
          keyResult.plan.kind === 'targets'
            ? { ...keyResult.plan, targets: [...keyResult.plan.targets] }
            : keyResult.plan,
        dependsOn: [...keyResult.dependsOn],
      })),
    })),
  }
}

export function presentTemplates(templates: readonly GoalTemplate[]): z.output<typeof templateList> {
  return {
    items: templates.map(({ name, title, savedAt, objectives }) => ({
      name,
      title,
      savedAt: instantOf(savedAt),
      objectives: objectives.length,
      keyResults: objectives.reduce((sum, { keyResults }) => sum + keyResults.length, 0),
    })),
  }
}

export function presentStarted(started: {
  readonly cycle: Cycle
  readonly objectives: readonly { readonly objective: Objective; readonly keyResults: readonly KeyResult[] }[]
  readonly missing: { readonly teams: readonly string[]; readonly healthPolicies: readonly string[] }
}): z.output<typeof startedResponse> {
  const { cycle, objectives, missing } = started
  return {
    cycle: cycle.key,
    objectives: objectives.map(({ objective, keyResults }) => ({
      key: objective.key,
      title: objective.title,
      keyResults: keyResults.map(({ key, title, dueDay }) => ({ key, title, dueDay })),
    })),
    missing: { teams: [...missing.teams], healthPolicies: [...missing.healthPolicies] },
  }
}
