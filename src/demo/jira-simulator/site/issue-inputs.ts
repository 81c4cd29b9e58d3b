import type { SprintId } from '../../../domain/ids.ts'
import type { JsonObject } from './jira-history.ts'
import type { Stamp } from './stamp.ts'

export interface NewIssue extends Stamp {
  readonly projectKey: string
  readonly summary: string
  /** An id of the site's types; by default its first type of story level. */
  readonly typeId?: string
  /** By default the first status of category `new`. */
  readonly statusId?: string
  readonly labels?: readonly string[]
  readonly points?: number | null
  readonly parent?: string | null
  readonly sprintId?: SprintId
  readonly assigneeId?: string
  readonly description?: string
  /** Values of custom fields by id. */
  readonly custom?: JsonObject
}

export interface IssueEdit extends Stamp {
  readonly summary?: string
  readonly labels?: readonly string[]
  readonly points?: number | null
  /** Id or key of the new parent; null for none. */
  readonly parent?: string | null
  readonly assigneeId?: string | null
  readonly custom?: JsonObject
}

export interface Transition extends Stamp {
  readonly statusId: string
  /** Unset: entering a done status sets the site's first resolution, leaving done clears it. */
  readonly resolutionId?: string | null
}

export interface Move extends Stamp {
  readonly projectKey: string
  readonly statusId?: string
}
