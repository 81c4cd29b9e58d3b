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
  .union([z.string().min(1), z.number().int()])
  .transform((id) => storableText(String(id)))

/**
 * Jira's date-times: `2020-06-12T08:13:13.360+0800` in issues, `2020-06-12T00:38:51.882Z` in sprints, an offset with
 * a colon on Server. Gives epoch milliseconds.
 */
export const jiraInstant = z.string().transform((text, context) => {
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  if (Number.isNaN(at)) {
    context.addIssue({ code: 'custom', message: `not a date-time: ${text.slice(0, 40)}` })
    return z.NEVER
  }
  return at
})

/** A value that Jira leaves out, sends as null, or sends in a shape that says nothing: all become null. */
export function lenient<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null)
}
