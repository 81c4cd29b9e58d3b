import type { IssuePage } from '../../app/ports/jira.ts'
import { readIssue } from '../../contracts/jira/issue.ts'
import { issueNameOf } from '../../contracts/jira/rest-issues.ts'
import { fetchedRank, supersedes, type SprintFact, type StatusFact } from '../../domain/mirror/facts.ts'
import type { SiteFields } from '../../domain/site.ts'
import type { EpochMs } from '../../domain/time.ts'

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
  'issuelinks',
]

/** The fields a mirror needs and no other: descriptions and comments would be most of what travels. */
export function wantedFields(fields: SiteFields): string[] {
  const custom = [
    fields.sprint,
    ...fields.points,
    ...fields.numbers,
    fields.flag,
    fields.epicLink,
    fields.keyResult,
  ]
  const ids = custom.filter((field) => field !== null).map((field) => field.id)
  return [...SYSTEM_FIELDS, ...new Set(ids)]
}

/** Reads the issues of a search answer. One that cannot be read is reported, and the others go on. */
export function readIssuePage(
  issues: readonly unknown[],
  fields: SiteFields,
  nextPageToken: string | null,
  fetchedAt: EpochMs,
): IssuePage {
  const readings = issues.map((json) => ({ json, reading: readIssue(json, fields, fetchedRank(fetchedAt)) }))
  const sprints = new Map<number, SprintFact>()
  const statuses = new Map<string, StatusFact>()
  for (const { reading } of readings) {
    if (reading.kind === 'partial') continue
    if (reading.status !== null) statuses.set(reading.status.statusId, reading.status)
    const { version } = reading.issue
    for (const sprint of reading.sprints) {
      const known = sprints.get(sprint.sprintId)
      if (known !== undefined && !supersedes(contentOf({ version, sprint }), contentOf(known))) continue
      sprints.set(sprint.sprintId, { kind: 'sprint', version, sprint })
    }
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

function contentOf({ version, sprint }: Pick<SprintFact, 'version' | 'sprint'>) {
  return { version, content: sprint }
}
