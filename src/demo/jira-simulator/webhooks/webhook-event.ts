import type { EpochMs } from '../../../domain/time.ts'
import { bodyAsText } from '../site/comment-body.ts'
import type {
  ChangelogItem,
  JsonObject,
  SiteProfile,
  StoredComment,
  StoredIssue,
  StoredLink,
  StoredSprint,
} from '../site/jira-history.ts'
import {
  issueFields,
  today,
  webhookIssue,
  type IssueSurroundings,
  type IssueView,
} from '../site/issue-json.ts'
import { issueInstant } from '../site/jira-time.ts'
import { agileSprint } from '../site/sprint-json.ts'

/** Something Jira tells its webhooks. */
export interface WebhookEvent {
  /** `jira:issue_updated`, `sprint_closed` … */
  readonly name: string
  readonly at: EpochMs
  /** `Secondary` is fallout of bulk and cascades, which Jira sends later than the rest. */
  readonly flow: 'Primary' | 'Secondary'
  readonly body: JsonObject
}

export interface IssueEventDetails {
  readonly at: EpochMs
  readonly user: JsonObject
  /** `issue_generic` for transitions, `issue_moved`, `issue_updated` … */
  readonly typeName: string
  readonly changelog: { readonly id: string; readonly items: readonly ChangelogItem[] } | null
  readonly flow?: WebhookEvent['flow']
}

export function issueEvent(
  name: 'jira:issue_created' | 'jira:issue_updated',
  issue: StoredIssue,
  view: IssueView,
  details: IssueEventDetails,
  around: IssueSurroundings,
): WebhookEvent {
  const { at, user, typeName, changelog, flow } = details
  const body = {
    timestamp: at,
    webhookEvent: name,
    issue_event_type_name: typeName,
    user,
    issue: webhookIssue(issue, view, around),
    ...(changelog === null ? {} : { changelog }),
  }
  return { name, at, flow: flow ?? 'Primary', body }
}

/** A deletion has neither changelog nor `issue_event_type_name`. */
export function issueDeletedEvent(
  issue: StoredIssue,
  at: EpochMs,
  user: JsonObject,
  around: IssueSurroundings,
): WebhookEvent {
  const name = 'jira:issue_deleted'
  const body = {
    timestamp: at,
    webhookEvent: name,
    user,
    issue: webhookIssue(issue, today(issue, 2), around),
  }
  return { name, at, flow: 'Primary', body }
}

export type SprintEventName = 'sprint_created' | 'sprint_updated' | 'sprint_started' | 'sprint_closed'

/** Sprint events name no user, no project and no issues. Only `sprint_updated` says what was before. */
export function sprintEvent(
  name: SprintEventName,
  sprint: StoredSprint,
  at: EpochMs,
  baseUrl: string,
  oldValue: StoredSprint | null = null,
): WebhookEvent {
  const body = {
    timestamp: at,
    webhookEvent: name,
    sprint: agileSprint(sprint, baseUrl),
    ...(oldValue === null ? {} : { oldValue: agileSprint(oldValue, baseUrl) }),
  }
  return { name, at, flow: 'Primary', body }
}

/** No `self` anywhere: the site cannot be told from the body. */
export function sprintDeletedEvent(sprint: StoredSprint, at: EpochMs): WebhookEvent {
  const name = 'sprint_deleted'
  const { id, state, originBoardId } = sprint
  const body = {
    timestamp: at,
    webhookEvent: name,
    sprint: { id, state, name: sprint.name, originBoardId },
  }
  return { name, at, flow: 'Primary', body }
}

/** Ids as numbers, and neither keys nor `self`. */
export function linkEvent(
  name: 'issuelink_created' | 'issuelink_deleted',
  { id, type, sourceId, destinationId }: StoredLink,
  at: EpochMs,
): WebhookEvent {
  const body = {
    timestamp: at,
    webhookEvent: name,
    issueLink: {
      id: Number(id),
      sourceIssueId: Number(sourceId),
      destinationIssueId: Number(destinationId),
      issueLinkType: {
        id: Number(type.id),
        name: type.name,
        outwardName: type.outward,
        inwardName: type.inward,
        isSubTaskLinkType: false,
        isSystemLinkType: false,
      },
      systemLink: false,
    },
  }
  return { name, at, flow: 'Primary', body }
}

export type CommentEventName = 'comment_created' | 'comment_updated' | 'comment_deleted'

const COMMENT_EVENT_FIELDS = new Set(['summary', 'issuetype', 'project', 'assignee', 'priority', 'status'])

/** Cloud's comment events carry six fields of the issue and no user: labels and custom fields are not visible. */
export function commentEvent(
  name: CommentEventName,
  comment: StoredComment,
  issue: StoredIssue,
  at: EpochMs,
  around: IssueSurroundings,
): WebhookEvent {
  const { baseUrl } = around.profile
  const body = {
    timestamp: at,
    webhookEvent: name,
    comment: commentV2(comment, around.profile),
    issue: {
      id: issue.id,
      self: `${baseUrl}/rest/api/2/${issue.id}`,
      key: issue.values.key,
      fields: issueFields(issue, today(issue, 2, COMMENT_EVENT_FIELDS), around),
    },
  }
  return { name, at, flow: 'Primary', body }
}

function commentV2(comment: StoredComment, profile: SiteProfile): JsonObject {
  const instant = (at: EpochMs) => issueInstant(at, profile.account.timeZone)
  return {
    self: `${profile.baseUrl}/rest/api/2/issue/${comment.issueId}/comment/${comment.id}`,
    id: comment.id,
    author: comment.author,
    body: bodyAsText(comment.body),
    updateAuthor: comment.author,
    created: instant(comment.createdAt),
    updated: instant(comment.updatedAt),
    jsdPublic: true,
  }
}
