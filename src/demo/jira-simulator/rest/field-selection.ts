import { restIssue, today } from '../site/issue-json.ts'
import type { JsonObject, StoredIssue } from '../site/jira-history.ts'
import type { RunningSite } from '../site/running-site.ts'

/** Which parts of an issue an answer shows. */
export type FieldSelection =
  | { readonly kind: 'id' }
  | { readonly kind: 'id_and_key' }
  | {
      readonly kind: 'fields'
      readonly only: ReadonlySet<string> | null
      readonly without: readonly string[]
    }

/** Reads the `fields` of a request: names, `*all`, `*navigable`, and names to leave out with a dash. */
export function fieldSelection(names: readonly string[], fallback: string): FieldSelection {
  const wanted = names.length === 0 ? [fallback] : names
  if (wanted.every((name) => name === 'id')) return { kind: 'id' }
  if (wanted.every((name) => name === 'id' || name === 'key')) return { kind: 'id_and_key' }
  const without = wanted.filter((name) => name.startsWith('-')).map((name) => name.slice(1))
  const shown = wanted.filter((name) => !name.startsWith('-'))
  const isAll = shown.length === 0 || shown.includes('*all') || shown.includes('*navigable')
  return { kind: 'fields', only: isAll ? null : new Set(shown), without }
}

/** Jira sends up to 5,000 issues a page when only ids or keys are asked for, and 100 otherwise. */
export function pageLimit(selection: FieldSelection): number {
  return selection.kind === 'fields' ? 100 : 5_000
}

export function selectedIssue(site: RunningSite, issue: StoredIssue, selection: FieldSelection): JsonObject {
  if (selection.kind === 'id') return { id: issue.id }
  if (selection.kind === 'id_and_key') return { id: issue.id, key: issue.values.key }
  const json = restIssue(issue, today(issue, 3, selection.only), site.around)
  const fields = { ...definedFields(site, selection.only), ...(json.fields as JsonObject) }
  for (const name of selection.without) Reflect.deleteProperty(fields, name)
  return { ...json, fields }
}

/** A field that the site has and the issue does not shows as null when it is asked for. */
function definedFields(site: RunningSite, names: ReadonlySet<string> | null): JsonObject {
  if (names === null) return {}
  const asked = site.history.fields.filter(({ id }) => names.has(id) && id !== 'parent')
  return Object.fromEntries(asked.map(({ id }) => [id, null]))
}
