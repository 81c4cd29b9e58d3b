import { z } from 'zod'
import type { KpiValue } from '../../domain/kpi.ts'
import { amount, callersId, instant, instantInput, instantOf, lineOfText, linesOfText } from './fields.ts'
import { kpiKey } from './kpi.ts'
import { beforeId, limit, pageOf } from './pages.ts'

const reported = {
  value: amount.meta({ description: 'In the unit of the KPI.', examples: [4.2] }),
  at: instantInput.optional().meta({ description: 'When it was so; left out: now. May lie in the past.' }),
  note: linesOfText(5_000).default(''),
  id: callersId.optional().meta({
    description:
      'Your own id of this value: the same again stores nothing, another value under it is refused.',
  }),
}

const said = {
  author: lineOfText(200).default('api').meta({ description: 'The system or person that says so.' }),
  source: z.enum(['person', 'system']).default('system'),
}

/** One value or many; many are stored all or none. */
export const kpiValuesInput = z
  .strictObject({
    ...reported,
    value: reported.value.optional(),
    values: z
      .array(z.strictObject(reported))
      .min(1)
      .max(1_000)
      .optional()
      .meta({ description: 'Up to 1,000 of them instead of a single one: stored all or none.' }),
    ...said,
  })
  .check((context) => {
    const { value, values, at, id, note } = context.value
    const refuse = (name: string, message: string) =>
      context.issues.push({ code: 'custom', input: context.value, path: [name], message })
    if (value === undefined && values === undefined) refuse('value', 'is missing; give a value, or values')
    if (values === undefined) return
    const own = { value, at, id, note: note === '' ? undefined : note }
    for (const [name, given] of Object.entries(own)) {
      if (given !== undefined) refuse(name, 'stands beside values; give it with each of them')
    }
  })
  .meta({ description: 'One value, or many.' })

export const kpiValueHeaders = z.looseObject({
  'idempotency-key': callersId.optional().meta({
    description:
      'Any text of your choice: the same request again stores nothing. The n-th of many values without an `id` of its ' +
      'own is known as this text, `#` and n.',
  }),
})

export const kpiValueQuery = z.strictObject({
  after: beforeId.meta({ description: 'List values entered before this id: newest first.' }),
  limit,
})

export const kpiValueResponse = z
  .object({
    id: z.int(),
    kpi: kpiKey,
    at: instant.meta({ description: 'When it was so, in UTC.' }),
    value: z.number(),
    note: z.string(),
    author: z.string(),
    source: z.enum(['person', 'system']),
  })
  .meta({ id: 'KpiValue', description: 'A value of a KPI, said or pushed.' })

export const kpiValuePage = pageOf(kpiValueResponse, 'The id of the last value here.')

export const kpiValuesResponse = z
  .object({
    recorded: z.int().meta({ description: 'Values that are new.' }),
    known: z.int().meta({ description: 'How many were there already and are left as they were.' }),
    items: z.array(kpiValueResponse).meta({ description: 'In the order in which they were sent.' }),
  })
  .meta({ id: 'KpiValuesStored', description: 'What became of the values.' })

export function presentKpiValue(value: KpiValue): z.output<typeof kpiValueResponse> {
  return { ...value, at: instantOf(value.at) }
}

/** The values of a request, each with the key that keeps it from being stored twice. */
export function reportedValues(input: z.output<typeof kpiValuesInput>, requestKey: string | undefined) {
  const { value: only = 0, at, note: noteOfOnly, id: idOfOnly } = input
  const values = input.values ?? [{ value: only, at, note: noteOfOnly, id: idOfOnly }]
  return {
    author: input.author,
    source: input.source,
    values: values.map(({ value, at = null, note, id }, index) => {
      const numbered =
        input.values !== undefined && requestKey !== undefined ? `${requestKey}#${index + 1}` : requestKey
      return { value, at, note, idempotencyKey: id ?? numbered ?? null }
    }),
  }
}
