import { z } from 'zod'
import type { Fact, Sprint, Version } from '../../domain/mirror/facts.ts'
import type { SiteFields } from '../../domain/site.ts'
import { jiraChangelog, readChanges } from './changelog.ts'
import { readIssue } from './issue.ts'
import { readJson } from './json.ts'
import { isBlocking, jiraLinkEvent } from './links.ts'
import { jiraSprint } from './sprint.ts'
import { jiraEpochMs, jiraId, jiraNumericId, jiraText, lenient, storableText } from './text.ts'

/**
 * What a delivery turned out to be. `ignored` is on purpose and counted by its reason; `unreadable` is parked: a
 * known event whose shape nobody foresaw, kept for a human and for a later version.
 */
export type DeliveryReading =
  | { readonly kind: 'facts'; readonly event: string; readonly facts: readonly Fact[] }
  | { readonly kind: 'ignored'; readonly event: string; readonly reason: IgnoreReason }
  | { readonly kind: 'unreadable'; readonly event: string; readonly reason: string }

export const IGNORE_REASONS = {
  no_event_name: 'the body names no event: not a webhook Throughline reads',
  unknown_event: 'an event this version does not know',
  comments_do_not_move_progress: 'comments do not move progress',
  own_comment: 'a comment Throughline wrote itself',
  links_that_do_not_block_are_not_used: 'links by which no issue blocks another are not used',
  worklogs_are_not_used: 'worklogs are not used',
  attachments_are_not_used: 'attachments are not used',
  properties_are_not_used: 'entity properties are not used',
  users_are_kept_as_ids: 'users are kept as ids only',
  versions_are_not_used: 'versions are not used',
  board_configuration_is_read_on_connect: 'board configuration is read on connect',
  administration_is_not_used: 'changes of filters, types, options and settings are not used',
  issue_without_its_fields: 'the payload does not carry the whole issue; the next event or backfill does',
} as const

export type IgnoreReason = keyof typeof IGNORE_REASONS

/** Event families that are recognised and not used, with the reason that is counted. */
const NOT_USED: readonly (readonly [RegExp, IgnoreReason])[] = [
  [/^comment_/, 'comments_do_not_move_progress'],
  [/^worklog_/, 'worklogs_are_not_used'],
  [/^jira:worklog_/, 'worklogs_are_not_used'],
  [/^attachment_/, 'attachments_are_not_used'],
  [/^issue_property_/, 'properties_are_not_used'],
  [/^user_/, 'users_are_kept_as_ids'],
  [/^jira:version_/, 'versions_are_not_used'],
  [/^board_configuration_changed$/, 'board_configuration_is_read_on_connect'],
  [
    /^(filter_|issuetype_|option_|app_access_|jira_expression_|project_(archived|restored_archived)$)/,
    'administration_is_not_used',
  ],
]

export interface WebhookContext {
  readonly fields: SiteFields
  /** The account Throughline writes as; null before `connect`. */
  readonly ownAccountId: string | null
  /** Stands in for the time of an event that names none. */
  readonly receivedAt: number
}

/** Reads the raw bytes of one delivery. Never throws: whatever Jira or anybody else sends has one of three ends. */
export function readDelivery(body: Uint8Array, context: WebhookContext): DeliveryReading {
  const json = readJson(body)
  if (json.kind === 'unreadable') return { kind: 'unreadable', event: '', reason: json.reason }
  const envelope = z
    .looseObject({ webhookEvent: lenient(jiraText), timestamp: lenient(jiraEpochMs) })
    .safeParse(json.value)
  if (!envelope.success)
    return { kind: 'unreadable', event: '', reason: 'the body is JSON but not an object' }
  const event = storableText((envelope.data.webhookEvent ?? '').slice(0, 100))
  if (event === '') return { kind: 'ignored', event, reason: 'no_event_name' }
  const at = envelope.data.timestamp ?? context.receivedAt
  return readEvent(event, envelope.data, at, context)
}

function readEvent(event: string, body: object, at: number, context: WebhookContext): DeliveryReading {
  if (event === 'jira:issue_created' || event === 'jira:issue_updated')
    return readIssueEvent(event, body, at, context)
  if (event === 'comment_created' || event === 'comment_updated')
    return readCommentEvent(event, body, context)
  if (event === 'issuelink_created' || event === 'issuelink_deleted')
    return readLinkEvent(event, body, at, context)
  const ignored = NOT_USED.find(([pattern]) => pattern.test(event))
  if (ignored !== undefined) return { kind: 'ignored', event, reason: ignored[1] }
  const read = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined
  if (read === undefined) return { kind: 'ignored', event, reason: 'unknown_event' }
  const facts = read(at).safeParse(body)
  return facts.success
    ? { kind: 'facts', event, facts: [facts.data] }
    : { kind: 'unreadable', event, reason: describe(event, facts.error) }
}

/** The events that carry one fact each. The version's rank is 0: event timestamps of one thing do not tie. */
const EVENTS: Readonly<Record<string, (at: number) => z.ZodType<Fact>>> = {
  'jira:issue_deleted': (at) =>
    z
      .looseObject({ issue: z.looseObject({ id: jiraId }) })
      .transform(({ issue }) => ({ kind: 'issue_deleted', issueId: issue.id, at })),
  sprint_created: sprintSeen,
  sprint_updated: sprintSeen,
  sprint_started: sprintSeen,
  sprint_closed: sprintSeen,
  sprint_deleted: (at) =>
    z
      .looseObject({ sprint: z.looseObject({ id: jiraNumericId }) })
      .transform(({ sprint }) => ({ kind: 'sprint_deleted', sprintId: sprint.id, at })),
  board_created: (at) => boardSeen(at, false),
  board_updated: (at) => boardSeen(at, false),
  board_deleted: (at) => boardSeen(at, true),
  project_created: (at) => projectSeen(at, false),
  project_updated: (at) => projectSeen(at, false),
  project_restored_deleted: (at) => projectSeen(at, false),
  project_deleted: (at) => projectSeen(at, true),
  project_soft_deleted: (at) => projectSeen(at, true),
}

function sprintSeen(at: number): z.ZodType<Fact> {
  return z.looseObject({ sprint: jiraSprint }).transform(({ sprint }) => sprintFact(sprint, { at, rank: 0 }))
}

function boardSeen(at: number, deleted: boolean): z.ZodType<Fact> {
  return z
    .looseObject({ board: z.looseObject({ id: jiraNumericId, name: lenient(jiraText) }) })
    .transform(({ board }) => ({
      kind: 'board',
      version: { at, rank: 0 },
      boardId: board.id,
      name: board.name,
      deleted,
    }))
}

function projectSeen(at: number, deleted: boolean): z.ZodType<Fact> {
  return z
    .looseObject({ project: z.looseObject({ id: jiraId, key: jiraText.default('') }) })
    .transform(({ project }) => ({
      kind: 'project',
      version: { at, rank: 0 },
      projectId: project.id,
      key: project.key,
      deleted,
    }))
}

function sprintFact(sprint: Sprint, version: Version): Fact {
  return { kind: 'sprint', version, sprint }
}

function readIssueEvent(event: string, body: object, at: number, context: WebhookContext): DeliveryReading {
  const envelope = z
    .looseObject({
      issue: z.looseObject({ id: jiraId, fields: z.looseObject({}).nullish() }),
      changelog: lenient(jiraChangelog),
    })
    .safeParse(body)
  if (!envelope.success) return { kind: 'unreadable', event, reason: describe(event, envelope.error) }
  const { issue, changelog } = envelope.data
  const rank = Number(changelog?.id ?? 0)
  const reading = readIssue(issue, context.fields, Number.isSafeInteger(rank) ? rank : 0)
  if (reading.kind === 'partial') return { kind: 'ignored', event, reason: 'issue_without_its_fields' }
  const { version } = reading.issue
  const facts: Fact[] = [
    reading.issue,
    { kind: 'issue_seen', issueId: issue.id, at },
    ...(reading.status === null ? [] : [reading.status]),
    ...reading.sprints.map((sprint) => sprintFact(sprint, { at: version.at, rank: 0 })),
  ]
  if (changelog !== null) {
    const changes = readChanges(changelog.id, version.at, changelog.items ?? [], context.fields)
    // What a creation sets is no change: the value it was born with has no "before".
    if (changes.length > 0 && event !== 'jira:issue_created') {
      facts.push({ kind: 'changes', issueId: issue.id, source: 'webhook', changes })
    }
  }
  return { kind: 'facts', event, facts }
}

/** Names the two issues by id alone. The source is the one that blocks: the outward name is read from its side. */
function readLinkEvent(event: string, body: object, at: number, context: WebhookContext): DeliveryReading {
  const envelope = z.looseObject({ issueLink: jiraLinkEvent }).safeParse(body)
  if (!envelope.success) return { kind: 'unreadable', event, reason: describe(event, envelope.error) }
  const { linkId, type, sourceId, destinationId } = envelope.data.issueLink
  if (!isBlocking(type, context.fields))
    return { kind: 'ignored', event, reason: 'links_that_do_not_block_are_not_used' }
  const link = { kind: 'blocking_link', linkId, blockerId: sourceId, blockedId: destinationId } as const
  return {
    kind: 'facts',
    event,
    facts: [{ ...link, event: event === 'issuelink_created' ? 'made' : 'removed', at }],
  }
}

function readCommentEvent(event: string, body: object, context: WebhookContext): DeliveryReading {
  const author = z
    .looseObject({
      comment: z.looseObject({
        author: z.looseObject({ accountId: lenient(z.string()), key: lenient(z.string()) }),
      }),
    })
    .safeParse(body)
  const authorId = author.success
    ? (author.data.comment.author.accountId ?? author.data.comment.author.key)
    : null
  const isOwn = authorId !== null && authorId === context.ownAccountId
  return { kind: 'ignored', event, reason: isOwn ? 'own_comment' : 'comments_do_not_move_progress' }
}

function describe(event: string, error: z.ZodError): string {
  const issue = error.issues[0]
  const where = issue?.path.join('.') || 'the top'
  return storableText(`${event}: at ${where}: ${issue?.message ?? 'unreadable'}`.slice(0, 300))
}
