import { z } from 'zod'
import type { OkrPlan, PlannedChange } from '../../domain/okrs/plan.ts'
import { cycleKeyInput } from '../api/fields.ts'

const ACTIONS = ['create', 'change', 'restore', 'archive'] as const

export const okrQuery = z.strictObject({
  cycle: cycleKeyInput
    .optional()
    .meta({ description: 'Only this cycle, with the teams it names; else everything.' }),
})

const overwrite = z.enum(['true', 'false']).default('false').meta({
  description: 'The file wins over what somebody changed since it was applied last.',
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
        kind: z.enum(['cycle', 'team', 'objective', 'key_result', 'initiative', 'kpi']),
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
  })
  .meta({ id: 'OkrPlan', description: 'What applying a file does.' })

export function presentPlan({ changes, fingerprint }: OkrPlan): z.output<typeof okrPlanResponse> {
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
