import { z } from 'zod'
import { statusCategory } from './status-category.ts'
import { jiraId, jiraText, lenient } from './text.ts'

/** Answers of Jira's REST API about the site itself. Issues are in `rest-issues.ts`. */

/** The texts of an error answer, `{errorMessages, errors}`; [] when the body says nothing of the kind. */
export function jiraErrorTexts(json: unknown): string[] {
  const parsed = z
    .looseObject({
      errorMessages: lenient(z.array(jiraText)),
      errors: lenient(z.record(z.string(), jiraText)),
    })
    .safeParse(json)
  if (!parsed.success) return []
  const fields = Object.entries(parsed.data.errors ?? {}).map(([field, text]) => `${field}: ${text}`)
  return [...(parsed.data.errorMessages ?? []), ...fields]
}

/** Cloud knows an account by `accountId`; Data Center by `key`, and before 8.4 by `name` alone. */
export const jiraAccount = z
  .looseObject({
    accountId: lenient(jiraText),
    key: lenient(jiraText),
    name: lenient(jiraText),
    displayName: jiraText.default(''),
    timeZone: lenient(jiraText),
  })
  .transform((account, context) => {
    const accountId = account.accountId ?? account.key ?? account.name
    if (accountId === null) {
      context.addIssue({ code: 'custom', message: 'the account has no accountId, key or name' })
      return z.NEVER
    }
    return { accountId, displayName: account.displayName, timeZone: account.timeZone }
  })

/** Keys of the permissions the account has. */
export const jiraGrantedPermissions = z
  .looseObject({ permissions: z.record(z.string(), z.looseObject({ havePermission: z.boolean() })) })
  .transform(
    ({ permissions }) =>
      new Set(
        Object.entries(permissions)
          .filter(([, permission]) => permission.havePermission)
          .map(([key]) => key),
      ),
  )

export const jiraFields = z.array(
  z
    .looseObject({
      id: jiraText,
      name: jiraText.default(''),
      schema: lenient(z.looseObject({ custom: lenient(jiraText) })),
    })
    .transform(({ id, name, schema }) => ({ id, name, schemaCustom: schema?.custom ?? null })),
)

export const jiraStatuses = z.array(
  z
    .looseObject({
      id: jiraId,
      name: jiraText.default(''),
      statusCategory: z.looseObject({ key: z.string().optional(), id: z.number().optional() }).optional(),
    })
    .transform((status) => ({
      statusId: status.id,
      name: status.name,
      category: statusCategory(status.statusCategory) ?? 'new',
    })),
)

export const jiraResolutions = z.array(
  z.looseObject({ id: jiraId, name: jiraText.default('') }).transform(({ id, name }) => ({ id, name })),
)

export const jiraProject = z
  .looseObject({ id: jiraId, key: jiraText })
  .transform(({ id, key }) => ({ projectId: id, key }))

/** A page counted by `startAt`. `total` is left out by some resources, `isLast` by others. */
export function jiraPage<T>(item: z.ZodType<T>) {
  return z.looseObject({
    startAt: lenient(z.number().int()),
    total: lenient(z.number().int()),
    isLast: lenient(z.boolean()),
    values: z.array(item),
  })
}

export const jiraBoard = z
  .looseObject({ id: z.number().int(), name: jiraText.default(''), type: jiraText.default('') })
  .transform(({ id, name, type }) => ({ id, name, type }))

/**
 * The custom field a board estimates by, or null. Boards may count issues, estimate in time (a system field that
 * holds seconds, not a size) or, as kanban and simple boards, say nothing.
 */
export const jiraBoardEstimation = z
  .looseObject({
    id: z.number().int(),
    estimation: lenient(
      z.looseObject({
        field: lenient(z.looseObject({ fieldId: jiraText, displayName: jiraText.default('') })),
      }),
    ),
  })
  .transform(({ estimation }) => {
    const field = estimation?.field ?? null
    if (field?.fieldId.startsWith('customfield_') !== true) return null
    return { id: field.fieldId, name: field.displayName }
  })

/** An admin webhook. Its id is only in its address. A registration is switched on unless it says otherwise. */
export const jiraWebhook = z
  .looseObject({
    self: z.string().regex(/\/\d+$/, 'an address that ends with the id of the webhook'),
    url: z.string(),
    enabled: z.boolean().default(true),
    events: z.array(jiraText).default([]),
  })
  .transform(({ self, url, enabled, events }) => ({
    id: self.slice(self.lastIndexOf('/') + 1),
    url,
    enabled,
    events,
  }))
