import {
  makeField,
  makeIssueType,
  makePriority,
  makeProject,
  makeResolution,
  makeStatus,
  usualFields,
} from '../site/default-catalogue.ts'
import type {
  CatalogueEntry,
  ChangelogItem,
  FieldDefinition,
  FieldIds,
  IssueType,
  JiraUser,
  JsonObject,
  Project,
  Status,
  StatusCategoryKey,
  StoredIssue,
} from '../site/jira-history.ts'
import type { RawTables } from './devlake-tables.ts'
import { objectOf, textOf } from './raw-json.ts'

/** Everything the raw tables say about a site, before it is sorted into catalogues. */
export interface RawSite {
  readonly tables: RawTables
  /** Raw issues of all tables, each once. */
  readonly issues: readonly JsonObject[]
  /** Every changelog item of the site, oldest first within an issue. */
  readonly items: readonly ChangelogItem[]
  readonly baseUrl: string
}

/**
 * Statuses of the catalogue, and those that only changelogs remember. A forgotten status takes the category of one
 * with the same name; without one it is done if it was entered together with a resolution, else in progress.
 */
export function statusesOf(
  { tables, issues, items, baseUrl }: RawSite,
  stored: readonly StoredIssue[],
): Status[] {
  const statuses = new Map<string, Status>()
  for (const json of [...tables.statuses.map(({ data }) => data), ...embedded(issues, 'status')]) {
    const entry = catalogueEntry(json)
    if (statuses.has(entry.id)) continue
    const category = textOf(objectOf(json, 'statusCategory') ?? {}, 'key')
    statuses.set(entry.id, { ...entry, category: isCategory(category) ? category : 'new' })
  }
  const resolving = new Set(
    stored
      .flatMap(({ histories }) => histories)
      .filter((entry) => entry.items.some((item) => item.field === 'resolution' && item.to !== null))
      .flatMap((entry) => entry.items.filter((item) => item.field === 'status').map((item) => item.to)),
  )
  for (const [id, name] of namedIn(items, 'status')) {
    if (statuses.has(id)) continue
    const namesake = [...statuses.values()].find((status) => status.name === name)
    const category = namesake?.category ?? (resolving.has(id) ? 'done' : 'indeterminate')
    statuses.set(id, makeStatus(baseUrl, id, name, category))
  }
  return [...statuses.values()]
}

export function resolutionsOf(raw: RawSite): CatalogueEntry[] {
  return entriesOf(raw, [], 'resolution', (id, name) => makeResolution(raw.baseUrl, id, name))
}

export function prioritiesOf(raw: RawSite): CatalogueEntry[] {
  return entriesOf(raw, [], 'priority', (id, name) => makePriority(raw.baseUrl, id, name))
}

export function issueTypesOf(raw: RawSite): IssueType[] {
  const listed = raw.tables.issueTypes.map(({ data }) => data)
  return entriesOf(raw, listed, 'issuetype', (id, name) => makeIssueType(raw.baseUrl, id, name, 0)).map(
    (type) => ({
      ...type,
      hierarchyLevel: Number(textOf(type.json, 'hierarchyLevel') ?? (type.json.subtask === true ? -1 : 0)),
    }),
  )
}

export function projectsOf(raw: RawSite, unknown: { id: string; key: string } | null): Project[] {
  const listed = raw.tables.projects.map(({ data }) => data)
  const found = entriesOf(raw, listed, 'project', (id, name) => makeProject(raw.baseUrl, id, name, name))
  const projects = found.map((project) => ({ ...project, key: textOf(project.json, 'key') ?? project.name }))
  return unknown === null
    ? projects
    : [
        ...projects,
        makeProject(raw.baseUrl, unknown.id, unknown.key, 'Issues known by their changelog alone'),
      ]
}

export function fieldsOf(raw: RawSite, ids: FieldIds): FieldDefinition[] {
  const fields = usualFields(ids)
  for (const item of raw.items) {
    const { fieldId } = item
    if (item.fieldtype !== 'custom' || fieldId === undefined) continue
    if (fields.some((field) => field.id === fieldId)) continue
    const isDate = /^\d{4}-\d{2}-\d{2}$/.test(item.to ?? item.from ?? '')
    fields.push(makeField(fieldId, item.field, { type: isDate ? 'date' : 'string' }))
  }
  return fields
}

export function usersOf(raw: RawSite, stored: readonly StoredIssue[]): JiraUser[] {
  const users = new Map<string, JiraUser>()
  const shown: JsonObject[] = [
    ...raw.tables.users.map(({ data }) => data),
    ...embedded(raw.issues, 'assignee'),
    ...stored.flatMap(({ creator, histories }) => [creator, ...histories.map(({ author }) => author)]),
    ...namedIn(raw.items, 'assignee').map(([accountId, displayName]) => ({ accountId, displayName })),
  ]
  for (const json of shown) {
    const accountId = textOf(json, 'accountId')
    if (!accountId || users.has(accountId)) continue
    const accountType = textOf(json, 'accountType')
    users.set(accountId, {
      accountId,
      displayName: textOf(json, 'displayName') ?? accountId,
      active: json.active !== false,
      timeZone: textOf(json, 'timeZone') ?? 'UTC',
      accountType: accountType === 'app' || accountType === 'customer' ? accountType : 'atlassian',
    })
  }
  return [...users.values()]
}

/** What a table lists, what issues embed and what changelogs name, each id once and the fullest sight first. */
function entriesOf(
  raw: RawSite,
  listed: readonly JsonObject[],
  field: string,
  make: (id: string, name: string) => CatalogueEntry,
): CatalogueEntry[] {
  const entries = new Map<string, CatalogueEntry>()
  const add = (entry: CatalogueEntry) => {
    if (!entries.has(entry.id)) entries.set(entry.id, entry)
  }
  for (const json of [...listed, ...embedded(raw.issues, field)]) add(catalogueEntry(json))
  for (const [id, name] of namedIn(raw.items, field)) add(make(id, name))
  return [...entries.values()]
}

function embedded(issues: readonly JsonObject[], field: string): JsonObject[] {
  return issues
    .map((issue) => objectOf(objectOf(issue, 'fields') ?? {}, field))
    .filter((json) => json !== null)
}

function namedIn(items: readonly ChangelogItem[], field: string): [string, string][] {
  return items
    .filter((item) => item.field === field)
    .flatMap((item): [string | null, string | null][] => [
      [item.from, item.fromString],
      [item.to, item.toString],
    ])
    .filter((pair): pair is [string, string | null] => pair[0] !== null)
    .map(([id, name]) => [id, name ?? id])
}

function catalogueEntry(json: JsonObject): CatalogueEntry {
  return { id: textOf(json, 'id') ?? '', name: textOf(json, 'name') ?? '', json }
}

function isCategory(key: string | null): key is StatusCategoryKey {
  return key === 'new' || key === 'indeterminate' || key === 'done'
}
