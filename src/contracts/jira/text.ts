import { z } from 'zod'

/**
 * Text as PostgreSQL can store it: Jira sends NUL (issue EE-4 of a real site) and lone surrogates, which `text` and
 * `jsonb` refuse. The raw bytes of the delivery keep the original.
 */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}

export const jiraText = z.string().transform(storableText)

/** Ids come as numbers in sprint, project and board events and as strings elsewhere. */
export const jiraId = z
  .union([z.string(), z.number().int()])
  .transform((id) => storableText(String(id)))
  .refine((id) => id !== '', 'an empty id')

/** The record keeps ids of sprints and boards as 32-bit numbers. */
const LARGEST_NUMERIC_ID = 2 ** 31 - 1

/** The id of a sprint or a board: a number, or its digits in a GreenHopper string. Nothing else becomes a number. */
export const jiraNumericId = z
  .union([
    z.number().int(),
    z
      .string()
      .regex(/^\d{1,10}$/)
      .transform(Number),
  ])
  .refine((id) => id >= 1 && id <= LARGEST_NUMERIC_ID, 'not an id from 1 to 2147483647')

/** The last millisecond of the year 9999, where days stop sorting as text. */
const LAST_INSTANT = Date.UTC(10_000, 0) - 1

/** Milliseconds since 1970, as events carry them. */
export const jiraEpochMs = z.number().int().min(0).max(LAST_INSTANT)

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/

/**
 * Jira's date-times: `2020-06-12T08:13:13.360+0800` in issues, `2020-06-12T00:38:51.882Z` in sprints, an offset with
 * a colon on Server. Gives epoch milliseconds. Strict, because `Date.parse` reads `Sprint 3` as a day in March 2001,
 * and a time without an offset in the zone of this machine.
 */
export const jiraInstant = z.string().transform((text, context) => {
  const at = DATE_TIME.test(text) ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : Number.NaN
  if (jiraEpochMs.safeParse(at).success) return at
  context.addIssue({ code: 'custom', message: `not a date-time: ${text.slice(0, 40)}` })
  return z.NEVER
})

/** A value that Jira leaves out, sends as null, or sends in a shape that says nothing: all become null. */
export function lenient<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null)
}
