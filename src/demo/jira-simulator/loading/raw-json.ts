import { type ChangelogEntry, type ChangelogItem, type JsonObject } from '../site/jira-history.ts'
import { parseInstant } from '../site/jira-time.ts'

/** Reads of raw JSON that Jira sent: what is missing or of another type is null. */

export function textOf(json: JsonObject, key: string): string | null {
  const value = Object.hasOwn(json, key) ? json[key] : null
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : null
}

export function objectOf(json: JsonObject, key: string): JsonObject | null {
  const value = Object.hasOwn(json, key) ? json[key] : null
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : null
}

export function listOf(json: JsonObject, key: string): readonly JsonObject[] {
  const value = Object.hasOwn(json, key) ? json[key] : null
  return Array.isArray(value) ? (value as JsonObject[]) : []
}

export function textsOf(json: JsonObject, key: string): string[] {
  const value = Object.hasOwn(json, key) ? json[key] : null
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

export function instantOf(json: JsonObject, key: string): number | null {
  const at = parseInstant(textOf(json, key) ?? '')
  return Number.isNaN(at) ? null : at
}

/** An entry of a changelog page. `toString` is read as an own property: a missing one would read as a function. */
export function changelogEntry(json: JsonObject): ChangelogEntry {
  return {
    id: textOf(json, 'id') ?? '0',
    at: instantOf(json, 'created') ?? 0,
    author: objectOf(json, 'author') ?? {},
    items: listOf(json, 'items').map(changelogItem),
    ...(json.historyMetadata === undefined ? {} : { historyMetadata: json.historyMetadata }),
  }
}

function changelogItem(json: JsonObject): ChangelogItem {
  const fieldId = textOf(json, 'fieldId')
  return {
    field: textOf(json, 'field') ?? '',
    fieldtype: textOf(json, 'fieldtype') === 'custom' ? 'custom' : 'jira',
    ...(fieldId === null ? {} : { fieldId }),
    from: textOf(json, 'from'),
    fromString: textOf(json, 'fromString'),
    ...accountOf(json, 'tmpFromAccountId'),
    to: textOf(json, 'to'),
    toString: textOf(json, 'toString'),
    ...accountOf(json, 'tmpToAccountId'),
  }
}

function accountOf(json: JsonObject, key: 'tmpFromAccountId' | 'tmpToAccountId'): object {
  return Object.hasOwn(json, key) ? { [key]: textOf(json, key) } : {}
}

/** Oldest first; entries of one instant by their id. */
export function sortedHistories(entries: readonly ChangelogEntry[]): ChangelogEntry[] {
  return [...entries].sort((a, b) => a.at - b.at || Number(a.id) - Number(b.id))
}
