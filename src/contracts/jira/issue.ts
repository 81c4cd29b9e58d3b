import { z } from 'zod'
import type { IssueFact, Sprint, StatusFact, Version } from '../../domain/mirror/facts.ts'
import type { IssueLevel, StatusCategory } from '../../domain/mirror/issue.ts'
import type { SiteFields } from '../../domain/site.ts'
import { looksLikeSprints, sprintOfFieldEntry } from './sprint.ts'
import { jiraId, jiraInstant, jiraText, lenient, storableText } from './text.ts'

const jiraStatus = z.looseObject({
  id: jiraId,
  name: jiraText.default(''),
  statusCategory: z.looseObject({ key: z.string().optional(), id: z.number().optional() }).optional(),
})

/** The parts of an issue that decide something. Custom fields stay in `fields`, to be read by id. */
const jiraIssue = z.looseObject({
  id: jiraId,
  key: jiraText,
  fields: z.looseObject({
    summary: lenient(jiraText),
    created: jiraInstant,
    updated: jiraInstant,
    status: jiraStatus,
    issuetype: lenient(
      z.looseObject({
        subtask: lenient(z.boolean()),
        hierarchyLevel: lenient(z.number()),
        name: lenient(jiraText),
      }),
    ),
    project: lenient(z.looseObject({ id: jiraId, key: jiraText })),
    resolution: lenient(z.looseObject({ id: jiraId, name: jiraText.default('') })),
    labels: lenient(z.array(jiraText)),
    parent: lenient(z.looseObject({ id: jiraId })),
    assignee: lenient(z.looseObject({ accountId: z.string().optional(), key: z.string().optional() })),
  }),
})

export type IssueReading =
  | {
      readonly kind: 'issue'
      readonly issue: IssueFact
      readonly sprints: readonly Sprint[]
      readonly status: StatusFact
    }
  | { readonly kind: 'partial'; readonly missing: string }

/**
 * Reads a whole issue from a webhook or a REST answer.
 *
 * @param rank see `Version`: the changelog id of a webhook, `FETCHED_RANK` for REST
 * @returns `partial` for an issue without what its state needs (comment events carry six fields)
 */
export function readIssue(json: unknown, fields: SiteFields, rank: number): IssueReading {
  const parsed = jiraIssue.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return {
      kind: 'partial',
      missing: `${issue?.path.join('.') ?? 'issue'}: ${issue?.message ?? 'unreadable'}`,
    }
  }
  const { id, key, fields: values } = parsed.data
  const version: Version = { at: values.updated, rank }
  const sprints = sprintsOf(values, fields)
  const category = statusCategory(values.status.statusCategory)
  const epicKey = fields.epicLink === null ? null : ownValue(values, fields.epicLink.id)
  return {
    kind: 'issue',
    sprints,
    status: {
      kind: 'status',
      version,
      statusId: values.status.id,
      name: values.status.name,
      category,
    },
    issue: {
      kind: 'issue',
      issueId: id,
      createdAt: values.created,
      version,
      state: {
        key,
        projectId: values.project?.id ?? '',
        summary: storableText((values.summary ?? '').slice(0, 500)),
        level: issueLevel(values.issuetype),
        statusId: values.status.id,
        statusName: values.status.name,
        statusCategory: category,
        resolution:
          values.resolution === null ? null : { id: values.resolution.id, name: values.resolution.name },
        labels: [...new Set(values.labels ?? [])].sort(),
        keyResultField: fields.keyResult === null ? [] : textValues(ownValue(values, fields.keyResult.id)),
        parentId: values.parent?.id ?? null,
        parentKey: values.parent === null && typeof epicKey === 'string' ? epicKey : null,
        points: pointsOf(values, fields),
        sprintIds: [...new Set(sprints.map((sprint) => sprint.sprintId))].sort((a, b) => a - b),
        assigneeId: values.assignee?.accountId ?? values.assignee?.key ?? null,
      },
    },
  }
}

/**
 * Jira's category by key; by id (2, 4, 3) when the key is one nobody documents. Where both are known and disagree
 * (five issues of a real site), the key counts: it is what Jira's own status catalogue agrees with.
 */
export function statusCategory(
  category: { key?: string | undefined; id?: number | undefined } | undefined,
): StatusCategory {
  const key = category?.key
  if (key === 'new' || key === 'indeterminate' || key === 'done') return key
  if (category?.id === 3) return 'done'
  return category?.id === 4 ? 'indeterminate' : 'new'
}

function issueLevel(
  type: { subtask: boolean | null; hierarchyLevel: number | null; name: string | null } | null,
): IssueLevel {
  if (type === null) return 0
  if (type.subtask === true) return -1
  if (type.hierarchyLevel !== null) return type.hierarchyLevel > 0 ? 1 : type.hierarchyLevel < 0 ? -1 : 0
  // Captures before hierarchyLevel existed (2020, Server) tell an epic by its type's name alone.
  return type.name === 'Epic' ? 1 : 0
}

function sprintsOf(values: object, fields: SiteFields): Sprint[] {
  const value =
    fields.sprint === null ? Object.values(values).find(looksLikeSprints) : ownValue(values, fields.sprint.id)
  if (!Array.isArray(value)) return []
  return value.map(sprintOfFieldEntry).filter((sprint) => sprint !== null)
}

function pointsOf(values: object, fields: SiteFields): number | null {
  for (const field of fields.points) {
    const points = readPoints(ownValue(values, field.id))
    if (points !== null) return points
  }
  return null
}

/** A size is a number from 0 up; text that holds one counts; anything else (a real site has "-1") is no estimate. */
export function readPoints(value: unknown): number | null {
  const points =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN
  return Number.isFinite(points) && points >= 0 ? points : null
}

/** Text of a text, select, multi-select or labels field. */
export function textValues(value: unknown): string[] {
  const texts = (Array.isArray(value) ? value : [value]).flatMap((entry: unknown) => {
    if (typeof entry === 'string') return entry.split(/[\s,;]+/)
    if (entry === null || typeof entry !== 'object') return []
    const option = ownValue(entry, 'value')
    return typeof option === 'string' ? [option] : []
  })
  return [...new Set(texts.map((text) => jiraText.parse(text.trim())).filter((text) => text !== ''))].sort()
}

/** Own properties only: a changelog item without `toString` would otherwise read as a function. */
export function ownValue(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined
}
