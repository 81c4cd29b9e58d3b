import type { IssueId } from '../../domain/ids.ts'
import type {
  ChangesFact,
  IssueFact,
  ProjectFact,
  Sprint,
  SprintFact,
  StatusFact,
} from '../../domain/mirror/facts.ts'
import type { Resolution } from '../../domain/mirror/issue.ts'
import type { CustomField, LinkType, SiteFields } from '../../domain/site.ts'
import type { CommentDocument } from '../../domain/writeback/comment-document.ts'

/**
 * One Jira site as Throughline uses it. Every method throws `JiraError` when Jira cannot answer: an error is never
 * an empty result. Timeouts, rate limits and safe retries are the adapter's business.
 */
export interface Jira {
  /** The account the credentials belong to. */
  whoAmI(): Promise<JiraAccount>
  /** Which of these permission keys (`BROWSE_PROJECTS`, `ADD_COMMENTS` …) the account has anywhere. */
  grantedPermissions(keys: readonly string[]): Promise<ReadonlySet<string>>
  fields(): Promise<readonly JiraField[]>
  /** The types of links between issues. Jira answers 404 where links are switched off. */
  linkTypes(): Promise<readonly LinkType[]>
  statuses(): Promise<readonly StatusFact[]>
  resolutions(): Promise<readonly Resolution[]>
  projects(): Promise<readonly ProjectFact[]>
  /** Every board, page by page. */
  boards(): AsyncIterable<readonly JiraBoard[]>
  /** The field a board estimates by; null for boards without one (kanban, simple boards). */
  estimationField(boardId: number): Promise<CustomField | null>
  /** Every sprint a scrum board lists, also those that began on another board. Empty for boards without sprints. */
  sprints(boardId: number): Promise<readonly Sprint[]>
  /** One page of issues for a bounded JQL, with the fields a mirror needs. */
  searchIssues(query: IssueQuery): Promise<IssuePage>
  /** Changes of up to 1000 issues, oldest first, page by page. */
  changes(issueIds: readonly IssueId[], fields: SiteFields): AsyncIterable<readonly ChangesFact[]>
  /** Which of up to 100 issues Jira still shows to this account. */
  existingIssues(issueIds: readonly IssueId[]): Promise<ReadonlySet<IssueId>>
  /** Our comment on an issue, found by its marker; null when there is none. */
  findComment(issueId: IssueId, marker: CommentMarker): Promise<string | null>
  /** Creates the comment with its marker in one request. Never retried by the adapter: look first. */
  createComment(issueId: IssueId, document: CommentDocument, marker: CommentMarker): Promise<string>
  /** Edits in place, in silence unless it `notifies`. `gone` when somebody deleted the comment or the issue. */
  updateComment(
    issueId: IssueId,
    commentId: string,
    document: CommentDocument,
    telling?: { readonly notifies: boolean },
  ): Promise<'written' | 'gone'>
  /** The webhook that points at this address; null when there is none. Needs Jira administration. */
  findWebhook(url: string): Promise<JiraWebhook | null>
  /** Creates or updates the signed webhook for an address. */
  registerWebhook(webhook: WebhookRegistration): Promise<JiraWebhook>
  close(): Promise<void>
}

export interface JiraAccount {
  readonly accountId: string
  readonly displayName: string
  readonly timeZone: string | null
}

export interface JiraField extends CustomField {
  /** `com.pyxis.greenhopper.jira:gh-sprint`; null for system fields. */
  readonly schemaCustom: string | null
}

export interface JiraBoard {
  readonly id: number
  readonly name: string
  readonly type: string
}

export interface IssueQuery {
  readonly jql: string
  readonly pageToken: string | null
  readonly pageSize: number
  readonly fields: SiteFields
}

export interface IssuePage {
  readonly issues: readonly IssueFact[]
  /**
   * The sprints these issues are in, each once. As old as their issue's `updated` says: search lags behind, and only a
   * board tells what its sprints are now.
   */
  readonly sprints: readonly SprintFact[]
  readonly statuses: readonly StatusFact[]
  /** Issues whose shape could not be read: reported, not dropped in silence. */
  readonly unreadable: readonly { readonly issueId: string; readonly reason: string }[]
  readonly nextPageToken: string | null
}

/**
 * Stored as a comment property, so that our comment is found again whatever its text and author. `kind` is what the
 * comment is about: `status`, `warning-7`, `digest-2026-11-21`.
 */
export type CommentMarker =
  { readonly keyResult: string; readonly kind: string } | { readonly team: string; readonly kind: string }

export interface WebhookRegistration {
  readonly name: string
  readonly url: string
  readonly secret: string
  readonly events: readonly string[]
}

export interface JiraWebhook {
  readonly id: string
  readonly enabled: boolean
  readonly events: readonly string[]
}

/**
 * Why Jira did not do what was asked, as data:
 * - `unauthorized` 401, never retried (CAPTCHA lock-out) · `forbidden` 403 · `not_found` 404 · `gone` 410
 * - `rejected` any other 4xx: the request is wrong and repeating it will not help
 * - `rate_limited` 429 · `unavailable` 5xx, timeout, connection: try again after `retryAfterMs`
 * - `unexpected` an answer whose shape is not what Atlassian documents
 */
export type JiraFailure =
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'gone'
  | 'rejected'
  | 'rate_limited'
  | 'unavailable'
  | 'unexpected'

export class JiraError extends Error {
  readonly failure: JiraFailure
  readonly retryAfterMs: number | null

  /** @param message what was asked, what Jira said; never a credential */
  constructor(
    failure: JiraFailure,
    message: string,
    options: { retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'JiraError'
    this.failure = failure
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}
