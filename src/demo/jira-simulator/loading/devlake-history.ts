import {
  issueSeries,
  type Board,
  type FieldIds,
  type JiraHistory,
  type JsonObject,
  type OutsideIssue,
  type StoredIssue,
  type StoredSprint,
} from '../site/jira-history.ts'
import {
  fieldsOf,
  issueTypesOf,
  prioritiesOf,
  projectsOf,
  resolutionsOf,
  statusesOf,
  usersOf,
  type RawSite,
} from './devlake-catalogue.ts'
import { storedComments, storedIssue, synthesisedIssue } from './devlake-issues.ts'
import { sprintsOf } from './devlake-sprints.ts'
import { readRawTables, type RawTables } from './devlake-tables.ts'
import { changelogEntry, objectOf, textOf } from './raw-json.ts'

/** The custom fields of the site DevLake's test data comes from. */
const DEVLAKE_FIELDS: FieldIds = {
  sprint: 'customfield_10020',
  points: 'customfield_10024',
  epicLink: 'customfield_10014',
}

/** Where issues live of which only the changelog is known. */
const UNKNOWN_PROJECT = { id: '99999', key: 'UNKNOWN' }

export interface LoadOptions {
  /** Takes the place of the site's own address in every link. */
  readonly baseUrl?: string
  readonly fieldIds?: FieldIds
}

/**
 * Loads a folder of raw REST answers as DevLake keeps them (`_raw_jira_api_issues.csv` …; only issues and sprints must
 * be there) into a history that can be served over REST or replayed as webhooks. Issues known by changelog pages alone
 * become stand-ins named `UNKNOWN-<id>`, marked `isSynthesised`.
 */
export async function loadDevlakeHistory(folder: string, options: LoadOptions = {}): Promise<JiraHistory> {
  const baseUrl = options.baseUrl ?? 'https://jira.example'
  const fieldIds = options.fieldIds ?? DEVLAKE_FIELDS
  const tables = await readRawTables(folder, baseUrl)
  const rawIssues = rawIssuesOf(tables)
  const known = [...rawIssues.values()].map((json) => storedIssue(json, fieldIds))
  const pages = pagesOfUnknown(tables, rawIssues)
  const allEntries = [...known.flatMap(({ histories }) => histories), ...[...pages.values()].flat()]
  const raw: RawSite = {
    tables,
    issues: [...rawIssues.values()],
    items: allEntries.flatMap(({ items }) => items),
    baseUrl,
  }

  const fields = fieldsOf(raw, fieldIds)
  const issueTypes = issueTypesOf(raw)
  const priorities = prioritiesOf(raw)
  const statuses = statusesOf(raw, known)
  const unknowns = {
    projectId: UNKNOWN_PROJECT.id,
    projectKey: UNKNOWN_PROJECT.key,
    typeId: issueTypes.find(({ hierarchyLevel }) => hierarchyLevel === 0)?.id ?? '',
    statusId: statuses.find(({ category }) => category === 'new')?.id ?? '',
    priorityId: priorities[0]?.id ?? '',
  }
  const synthesised = [...pages].map(([id, entries]) =>
    synthesisedIssue(id, entries, unknowns, { fieldIds, fields }),
  )
  const issues = [...known, ...synthesised]
  const projects = projectsOf(raw, synthesised.length > 0 ? UNKNOWN_PROJECT : null)
  const sprints = sprintsOf(tables, raw.issues, fieldIds.sprint, issues)
  const users = usersOf(raw, issues)
  const comments = raw.issues.flatMap(storedComments)

  return {
    site: {
      baseUrl,
      fieldIds,
      account: {
        accountId: 'throughline-bot',
        displayName: 'Throughline',
        active: true,
        timeZone: commonest(users.map(({ timeZone }) => timeZone)) ?? 'UTC',
        accountType: 'app',
      },
    },
    statuses,
    resolutions: resolutionsOf(raw),
    priorities,
    issueTypes,
    fields,
    projects,
    boards: boardsOf(sprints, issues, projects[0]?.id ?? '', fieldIds.points),
    sprints,
    users,
    issues: issueSeries(issues),
    comments,
    outsideIssues: outsideIssuesOf(raw.issues, issues),
    lastIds: {
      issue: greatest(issues),
      history: greatest(allEntries),
      comment: greatest(comments),
    },
  }
}

/** Raw issues of all tables by id; the board's own table wins. */
function rawIssuesOf(tables: RawTables): Map<string, JsonObject> {
  const issues = new Map<string, JsonObject>()
  for (const { data } of [...tables.issues, ...tables.externalEpics]) {
    const id = textOf(data, 'id') ?? ''
    if (!issues.has(id)) issues.set(id, data)
  }
  return issues
}

/** Changelog pages of issues that no issue table has. */
function pagesOfUnknown(tables: RawTables, known: ReadonlyMap<string, JsonObject>) {
  const pages = new Map<string, ReturnType<typeof changelogEntry>[]>()
  for (const { data, input } of tables.changelogs) {
    const id = textOf(input ?? {}, 'issue_id') ?? ''
    if (known.has(id)) continue
    const entries = pages.get(id) ?? []
    pages.set(id, entries)
    const entry = changelogEntry(data)
    if (!entries.some((seen) => seen.id === entry.id)) entries.push(entry)
  }
  return pages
}

/** Boards that sprints name. A board's project is the one most issues of its sprints are in. */
function boardsOf(
  sprints: readonly StoredSprint[],
  issues: readonly StoredIssue[],
  anyProjectId: string,
  estimationFieldId: string,
): Board[] {
  const ids = new Set(sprints.flatMap(({ boardIds }) => boardIds))
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => {
      const own = new Set(
        sprints.filter(({ originBoardId }) => originBoardId === id).map((sprint) => sprint.id),
      )
      const projectIds = issues
        .filter(
          ({ isSynthesised, values }) => !isSynthesised && values.sprintIds.some((sprint) => own.has(sprint)),
        )
        .map(({ values }) => values.projectId)
      const projectId = commonest(projectIds) ?? anyProjectId
      return { id, name: `Board ${id}`, type: 'scrum', projectId, estimationFieldId }
    })
}

function outsideIssuesOf(
  rawIssues: readonly JsonObject[],
  issues: readonly StoredIssue[],
): Map<string, OutsideIssue> {
  const inside = new Set(issues.map(({ id }) => id))
  const outside = new Map<string, OutsideIssue>()
  const add = (id: string | null, issue: OutsideIssue) => {
    if (id !== null && !inside.has(id) && !outside.has(id)) outside.set(id, issue)
  }
  for (const raw of rawIssues) {
    const parent = objectOf(objectOf(raw, 'fields') ?? {}, 'parent') ?? {}
    add(textOf(parent, 'id'), { key: textOf(parent, 'key') ?? '', fields: objectOf(parent, 'fields') ?? {} })
  }
  for (const item of issues.flatMap(({ histories }) => histories).flatMap(({ items }) => items)) {
    if (!['Parent', 'IssueParentAssociation', 'Epic Link'].includes(item.field)) continue
    add(item.from, { key: item.fromString ?? '', fields: {} })
    add(item.to, { key: item.toString ?? '', fields: {} })
  }
  return outside
}

function greatest(entries: readonly { readonly id: string }[]): number {
  return entries.reduce((max, { id }) => Math.max(max, Number(id)), 0)
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
