import { z } from 'zod'
import type { IssueFact, Sprint, StatusFact, Version } from '../../domain/mirror/facts.ts'
import type { IssueLevel } from '../../domain/mirror/issue.ts'
import type { SiteFields } from '../../domain/site.ts'
import { blockersOf } from './links.ts'
import { looksLikeSprints, sprintOfFieldEntry } from './sprint.ts'
import { statusCategory } from './status-category.ts'
import { jiraId, jiraInstant, jiraText, lenient, storableText } from './text.ts'

const jiraStatus = z.looseObject({
  id: jiraId,
  name: jiraText.default(''),
  statusCategory: lenient(z.looseObject({ key: z.string().optional(), id: z.number().optional() })),
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
    issuelinks: lenient(z.array(z.unknown())),
    parent: lenient(z.looseObject({ id: jiraId })),
    assignee: lenient(z.looseObject({ accountId: lenient(jiraText), key: lenient(jiraText) })),
  }),
})

export type IssueReading =
  | {
      readonly kind: 'issue'
      readonly issue: IssueFact
      readonly sprints: readonly Sprint[]
      /** null when the payload does not say what kind of status it is. */
      readonly status: StatusFact | null
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
  const category = statusCategory(values.status.statusCategory ?? undefined)
  return {
    kind: 'issue',
    sprints,
    status:
      category === null
        ? null
        : { kind: 'status', version, statusId: values.status.id, name: values.status.name, category },
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
        // Never as done: the site's catalogue decides where it knows the status.
        statusCategory: category ?? 'indeterminate',
        resolution:
          values.resolution === null ? null : { id: values.resolution.id, name: values.resolution.name },
        labels: [...new Set(values.labels ?? [])].sort(),
        keyResultField: fields.keyResult === null ? [] : textValues(ownValue(values, fields.keyResult.id)),
        parentId: values.parent?.id ?? null,
        parentKey: values.parent === null ? epicKey(values, fields) : null,
        points: pointsOf(values, fields),
        numbers: numbersOf(values, fields),
        sprintIds: [...new Set(sprints.map((sprint) => sprint.sprintId))].sort((a, b) => a - b),
        isFlagged: fields.flag !== null && textValues(ownValue(values, fields.flag.id)).length > 0,
        assigneeId: values.assignee?.accountId ?? values.assignee?.key ?? null,
      },
      blockers: values.issuelinks === null ? null : blockersOf(values.issuelinks, fields),
    },
  }
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

function epicKey(values: object, { epicLink }: SiteFields): string | null {
  const key = epicLink === null ? null : ownValue(values, epicLink.id)
  return typeof key === 'string' ? storableText(key) || null : null
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

function numbersOf(values: object, { numbers }: SiteFields): Record<string, number> {
  const read = numbers.map(({ id }) => [id, readNumber(ownValue(values, id))] as const)
  return Object.fromEntries(read.filter((entry): entry is [string, number] => entry[1] !== null))
}

/** Jira keeps numbers up to 1e14 either way; JSON can say 1e400. */
const LARGEST_NUMBER = 1e15

/** The value of a numeric field, as a number or as a changelog's text of one; anything else is none. */
export function readNumber(value: unknown): number | null {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN
  return Math.abs(number) <= LARGEST_NUMBER ? number : null
}

/** Far beyond any estimate, and small enough that sums over every issue of a site stay finite. */
const LARGEST_SIZE = 1e9

/** A size is a number from 0 up; text that holds one counts; anything else (a real site has "-1") is no estimate. */
export function readPoints(value: unknown): number | null {
  const points = readNumber(value)
  return points !== null && points >= 0 && points <= LARGEST_SIZE ? points : null
}

/** The words of a text, select, multi-select or labels field; a changelog's text of the same value has the same. */
export function textValues(value: unknown): string[] {
  const texts = (Array.isArray(value) ? value : [value]).flatMap((entry: unknown) => {
    if (typeof entry === 'string') return [entry]
    if (entry === null || typeof entry !== 'object') return []
    const option = ownValue(entry, 'value')
    return typeof option === 'string' ? [option] : []
  })
  const words = texts.flatMap((text) => storableText(text).split(/[\s,;]+/))
  return [...new Set(words.filter((word) => word !== ''))].sort()
}

/** Own properties only: a changelog item without `toString` would otherwise read as a function. */
export function ownValue(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined
}
