import { z } from 'zod'
import type { OkrPlan, PlannedChange } from '../../domain/okrs/plan.ts'
import { cycleKeyInput } from '../api/fields.ts'
import { hintsOnMany } from '../api/lint.ts'

const ACTIONS = ['create', 'change', 'restore', 'archive'] as const

export const okrQuery = z.strictObject({
  cycle: cycleKeyInput
    .optional()
    .meta({ description: 'Only this cycle, with the teams it names; else everything.' }),
})

const overwrite = z.enum(['true', 'false']).default('false').meta({
  description: 'The file wins over what somebody changed since it was applied last, or made beside it.',
})

export const planQuery = z.strictObject({ overwrite })

export const applyQuery = z.strictObject({
  overwrite,
  plan: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'The fingerprint of the plan that was shown: nothing else is applied.' }),
})

const part = z.array(z.looseObject({ key: z.string() })).optional()

/** A document without its defaults. */
export const okrDocumentResponse = z
  .object({ version: z.literal(1), cycles: part, teams: part, objectives: part, kpis: part })
  .meta({
    id: 'OkrDocument',
    description: 'OKRs as code; see `schema/okrs.schema.json` for what it may hold.',
  })

const effect = z
  .object({
    kind: z.enum(['moves', 'recomputed']).meta({
      description: 'The same value on another way, or another value: recomputed after the plan is applied.',
    }),
    before: z.number().nullable(),
    after: z.number().nullable().meta({ description: 'null: known when it is recomputed.' }),
  })
  .meta({ description: 'What the change does to raw progress, though nobody got any further.' })

const GOAL_KINDS = ['cycle', 'team', 'objective', 'key_result', 'initiative', 'kpi'] as const

const share = z.number().min(0).max(1).nullable()

const objectiveEffect = z.object({
  objective: z.string(),
  title: z.string(),
  before: share.meta({ description: 'Shown progress, 0 to 1; null: nothing is measured.' }),
  after: share.meta({ description: 'null: nothing is measured any more, or it is recomputed.' }),
  awaited: z.array(z.string()).meta({
    description:
      'Key results that count from their first number after the plan is applied: its own, and those of contributing ' +
      'objectives that are measured anew.',
  }),
  because: z.array(z.string()).meta({ description: 'The goals whose changes move it.' }),
})

export const okrPlanResponse = z
  .object({
    fingerprint: z
      .string()
      .meta({ description: 'Give it to `apply` to have this plan applied and no other.' }),
    counts: z.object(
      Object.fromEntries(ACTIONS.map((action) => [action, z.int()])) as Record<
        (typeof ACTIONS)[number],
        z.ZodInt
      >,
    ),
    changes: z.array(
      z.object({
        kind: z.enum(GOAL_KINDS),
        key: z.string(),
        title: z.string(),
        action: z.enum(ACTIONS),
        path: z
          .string()
          .nullable()
          .meta({ description: 'Where the file says so; null: it does not name the goal.' }),
        properties: z.array(z.object({ name: z.string(), before: z.unknown(), after: z.unknown() })),
        progress: effect.nullable(),
      }),
    ),
    objectives: z
      .array(objectiveEffect)
      .meta({ description: 'Stored objectives whose progress the changes move.' }),
    leftAlone: z
      .array(z.object({ kind: z.enum(GOAL_KINDS), key: z.string(), title: z.string() }))
      .meta({ description: 'Goals of the cycles the file lists that no file ever named: they stay.' }),
    ...hintsOnMany,
  })
  .meta({ id: 'OkrPlan', description: 'What applying a file does.' })

export function presentPlan({
  changes,
  objectives,
  leftAlone,
  fingerprint,
}: OkrPlan): z.output<typeof okrPlanResponse> {
  const count = (action: PlannedChange['action']) =>
    changes.filter((change) => change.action === action).length
  return {
    fingerprint,
    counts: {
      create: count('create'),
      change: count('change'),
      restore: count('restore'),
      archive: count('archive'),
    },
    changes: changes.map(presentChange),
    objectives: objectives.map((moved) => ({
      ...moved,
      awaited: [...moved.awaited],
      because: [...moved.because],
    })),
    leftAlone: leftAlone.map(({ kind, goal }) => ({ kind, key: goal.key, title: goal.title })),
  }
}

function presentChange({ kind, key, title, action, path, properties, progress }: PlannedChange) {
  return {
    kind,
    key,
    title,
    action,
    path: path === null ? null : path.join('.'),
    properties: properties.map(({ name, before, after }) => ({
      name,
      before: presentValue(before),
      after: presentValue(after),
    })),
    progress: progress === null ? null : { after: null, ...progress },
  }
}

/** Issues are told as everywhere in the API. */
function presentValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(presentValue)
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name === 'siteId' ? 'site' : name, presentValue(item)]),
  )
}
