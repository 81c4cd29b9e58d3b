import type { IssuePage } from '../../app/ports/jira.ts'
import { readIssue } from '../../contracts/jira/issue.ts'
import { issueNameOf } from '../../contracts/jira/rest-issues.ts'
import { FETCHED_RANK, type Sprint, type StatusFact } from '../../domain/mirror/facts.ts'
import type { SiteFields } from '../../domain/site.ts'

const SYSTEM_FIELDS = [
  'summary',
  'created',
  'updated',
  'status',
  'issuetype',
  'project',
  'resolution',
  'labels',
  'parent',
  'assignee',
]

/** The fields a mirror needs and no other: descriptions and comments would be most of what travels. */
export function wantedFields(fields: SiteFields): string[] {
  const custom = [fields.sprint, ...fields.points, fields.epicLink, fields.keyResult]
  return [...SYSTEM_FIELDS, ...custom.filter((field) => field !== null).map((field) => field.id)]
}

/** Reads the issues of a search answer. One that cannot be read is reported, and the others go on. */
export function readIssuePage(
  issues: readonly unknown[],
  fields: SiteFields,
  nextPageToken: string | null,
): IssuePage {
  const readings = issues.map((json) => ({ json, reading: readIssue(json, fields, FETCHED_RANK) }))
  const sprints = new Map<number, Sprint>()
  const statuses = new Map<string, StatusFact>()
  for (const { reading } of readings) {
    if (reading.kind === 'partial') continue
    statuses.set(reading.status.statusId, reading.status)
    for (const sprint of reading.sprints) sprints.set(sprint.sprintId, sprint)
  }
  return {
    issues: readings.flatMap(({ reading }) => (reading.kind === 'issue' ? [reading.issue] : [])),
    unreadable: readings.flatMap(({ json, reading }) =>
      reading.kind === 'partial' ? [{ issueId: issueNameOf(json), reason: reading.missing }] : [],
    ),
    sprints: [...sprints.values()],
    statuses: [...statuses.values()],
    nextPageToken,
  }
}
