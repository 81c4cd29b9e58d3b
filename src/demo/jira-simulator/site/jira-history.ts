import type { SprintId } from '../../../domain/ids.ts'
import type { EpochMs } from '../../../domain/time.ts'

/** A piece of JSON as Jira sends it. */
export type JsonObject = Readonly<Record<string, unknown>>

/**
 * Everything one simulated Jira knows: what REST serves as today's state, and the past that led to it. Loaders and
 * generators make one; `createJiraSimulator` lives on from it.
 */
export interface JiraHistory {
  readonly site: SiteProfile
  readonly statuses: readonly Status[]
  readonly resolutions: readonly CatalogueEntry[]
  readonly priorities: readonly CatalogueEntry[]
  readonly issueTypes: readonly IssueType[]
  /** Field definitions as `GET /field` lists them. */
  readonly fields: readonly FieldDefinition[]
  readonly projects: readonly Project[]
  readonly boards: readonly Board[]
  readonly sprints: readonly StoredSprint[]
  readonly users: readonly JiraUser[]
  readonly issues: IssueSeries
  readonly comments: readonly StoredComment[]
  /** Issues that others name as their parent but that are not part of this history, by id. */
  readonly outsideIssues: ReadonlyMap<string, OutsideIssue>
  /** The greatest ids given so far: what happens next counts on from them. */
  readonly lastIds: LastIds
}

interface LastIds {
  readonly issue: number
  readonly history: number
  readonly comment: number
}

export interface SiteProfile {
  /** Stands in every `self`. The served address may differ: it is known only after `start`. */
  readonly baseUrl: string
  /** The account the REST credentials belong to. */
  readonly account: JiraUser
  readonly fieldIds: FieldIds
}

/** Ids of the custom fields that mean something; they differ from site to site. */
export interface FieldIds {
  readonly sprint: string
  readonly points: string
  readonly epicLink: string
}

export interface JiraUser {
  readonly accountId: string
  readonly displayName: string
  readonly active: boolean
  readonly timeZone: string
  readonly accountType: 'atlassian' | 'app' | 'customer'
  readonly emailAddress?: string
}

/** Something with an id and a name, and the JSON Jira shows for it. */
export interface CatalogueEntry {
  readonly id: string
  readonly name: string
  readonly json: JsonObject
}

export type StatusCategoryKey = 'new' | 'indeterminate' | 'done'

export interface Status extends CatalogueEntry {
  readonly category: StatusCategoryKey
}

export interface IssueType extends CatalogueEntry {
  /** 1 epic, 0 story level, -1 sub-task. */
  readonly hierarchyLevel: number
}

export interface Project extends CatalogueEntry {
  readonly key: string
}

export interface FieldDefinition {
  readonly id: string
  readonly name: string
  readonly json: JsonObject
}

export interface Board {
  readonly id: number
  readonly name: string
  readonly type: 'scrum' | 'kanban' | 'simple'
  readonly projectId: string
  /** Null for boards that do not estimate (kanban, simple boards). */
  readonly estimationFieldId: string | null
}

export interface StoredSprint {
  readonly id: SprintId
  readonly name: string
  readonly state: 'future' | 'active' | 'closed'
  readonly goal: string
  readonly originBoardId: number
  /** Boards that list it: the origin, and any board whose filter matches one of its issues. */
  readonly boardIds: readonly number[]
  readonly createdAt: EpochMs
  /** A future sprint may have planned dates. */
  readonly startAt: EpochMs | null
  readonly endAt: EpochMs | null
  readonly completeAt: EpochMs | null
}

/** What an issue is at one instant. `more` holds every other field as REST v2 and webhooks show it. */
export interface IssueValues {
  readonly key: string
  readonly projectId: string
  readonly typeId: string
  readonly statusId: string
  readonly resolutionId: string | null
  readonly resolvedAt: EpochMs | null
  readonly priorityId: string
  readonly assigneeId: string | null
  readonly parentId: string | null
  /** Value of the classic Epic Link field: the epic's key. */
  readonly epicKey: string | null
  readonly summary: string
  readonly labels: readonly string[]
  readonly sprintIds: readonly SprintId[]
  readonly more: JsonObject
}

export interface StoredIssue {
  readonly id: string
  readonly createdAt: EpochMs
  /** Who created it, as Jira shows a user. */
  readonly creator: JsonObject
  readonly values: IssueValues
  /** Oldest first. Its last entry dates the issue's `updated`. */
  readonly histories: readonly ChangelogEntry[]
  /** Keys from before a move: Jira still finds the issue by them. */
  readonly formerKeys: readonly string[]
  /** Known by its changelog alone: key, type and project are stand-ins. */
  readonly isSynthesised: boolean
}

export interface StoredLinkType {
  readonly id: string
  readonly name: string
  readonly inward: string
  readonly outward: string
}

/** The source is what the outward name is read from: the source blocks the destination. */
export interface StoredLink {
  readonly id: string
  readonly type: StoredLinkType
  readonly sourceId: string
  readonly destinationId: string
}

export interface ChangelogEntry {
  readonly id: string
  readonly at: EpochMs
  readonly author: JsonObject
  readonly items: readonly ChangelogItem[]
  readonly historyMetadata?: unknown
}

export interface ChangelogItem {
  readonly field: string
  readonly fieldtype: 'jira' | 'custom'
  /** Jira leaves it out for Key, Workflow, Parent, Link … */
  readonly fieldId?: string
  readonly from: string | null
  readonly fromString: string | null
  readonly to: string | null
  readonly toString: string | null
}

export interface OutsideIssue {
  readonly key: string
  /** The six fields Jira shows of a parent, as far as they are known. */
  readonly fields: JsonObject
}

export interface StoredComment {
  readonly id: string
  readonly issueId: string
  readonly author: JsonObject
  readonly body: CommentBody
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
  readonly properties: ReadonlyMap<string, unknown>
}

/** Text as people of old typed it, or the document REST v3 was given. Each is shown as the other where Jira does. */
export type CommentBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'document'; readonly document: JsonObject }

/**
 * The issues of a history by position, in order of creation. An array for a loaded site; computed on demand for a
 * generated one, so that 100,000 issues cost no memory.
 */
export interface IssueSeries {
  readonly count: number
  at(position: number): StoredIssue
  /** Cheap: called for every issue a query looks at. */
  outline(position: number): IssueOutline
  /** By id, key or former key. */
  find(idOrKey: string): number | undefined
}

/** What a query looks at. */
export interface IssueOutline {
  readonly id: string
  readonly projectId: string
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
}

/** The instant of an issue's newest change: what `updated` shows in REST and in webhooks alike. */
export function updatedAt(issue: StoredIssue): EpochMs {
  return issue.histories.at(-1)?.at ?? issue.createdAt
}

export function outlineOf(issue: StoredIssue): IssueOutline {
  return {
    id: issue.id,
    projectId: issue.values.projectId,
    createdAt: issue.createdAt,
    updatedAt: updatedAt(issue),
  }
}

/** The series of a history whose issues are all at hand; ordered by creation here. */
export function issueSeries(issues: readonly StoredIssue[]): IssueSeries {
  const ordered = [...issues].sort((a, b) => a.createdAt - b.createdAt || Number(a.id) - Number(b.id))
  const positions = new Map<string, number>()
  ordered.forEach((issue, position) => {
    for (const name of [issue.id, issue.values.key, ...issue.formerKeys]) positions.set(name, position)
  })
  const outlines = ordered.map(outlineOf)
  return {
    count: ordered.length,
    at: (position) => ordered[position]!,
    outline: (position) => outlines[position]!,
    find: (idOrKey) => positions.get(idOrKey),
  }
}
