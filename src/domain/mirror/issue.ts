import type { IssueId, SprintId } from '../ids.ts'
import type { FieldId } from '../measures/measure.ts'
import type { EpochMs } from '../time.ts'

/** Jira's three status categories that mean something. Names are localised; only the category key is read. */
export type StatusCategory = 'new' | 'indeterminate' | 'done'

/** 1 = epic or above, 0 = story, task, bug, -1 = sub-task (Jira's `hierarchyLevel`, clamped). */
export type IssueLevel = 1 | 0 | -1

export interface Resolution {
  readonly id: string
  readonly name: string
}

/** What Throughline knows of one issue at one instant. Everything that decides reads this and nothing else. */
export interface IssueState {
  readonly key: string
  readonly projectId: string
  readonly summary: string
  readonly level: IssueLevel
  readonly statusId: string
  readonly statusName: string
  readonly statusCategory: StatusCategory
  readonly resolution: Resolution | null
  readonly labels: readonly string[]
  /** Values of the site's KR custom field, as text; empty when the site has none. */
  readonly keyResultField: readonly string[]
  readonly parentId: IssueId | null
  /** Only when Jira names the epic by key alone (classic Epic Link): resolved through the mirror. */
  readonly parentKey: string | null
  readonly points: number | null
  /** Numeric custom fields of the site that have a value, by Jira's id. */
  readonly numbers: Readonly<Record<FieldId, number>>
  readonly sprintIds: readonly SprintId[]
  /** Marked with Jira's flag, as an impediment. */
  readonly isFlagged: boolean
  readonly assigneeId: string | null
}

/** An issue that another is blocked by, as the other's own list of links shows it. */
export interface Blocker {
  readonly issueId: IssueId
  /** null where the link shows no more than the id. */
  readonly key: string | null
  readonly statusId: string
  readonly statusCategory: StatusCategory
}

/** One field of an issue that moved, as Jira's changelog records it, in our own terms. */
export type FieldChange =
  | { readonly field: 'status'; readonly from: string | null; readonly to: string | null }
  | { readonly field: 'resolution'; readonly from: Resolution | null; readonly to: Resolution | null }
  | { readonly field: 'sprint'; readonly from: readonly SprintId[]; readonly to: readonly SprintId[] }
  | { readonly field: 'points'; readonly from: number | null; readonly to: number | null }
  | {
      readonly field: `customfield_${number}`
      readonly from: number | null
      readonly to: number | null
    }
  | { readonly field: 'labels'; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly field: 'keyResultField'; readonly from: readonly string[]; readonly to: readonly string[] }
  | { readonly field: 'parent'; readonly from: IssueId | null; readonly to: IssueId | null }
  | { readonly field: 'flag'; readonly from: boolean; readonly to: boolean }
  | { readonly field: 'assignee'; readonly from: string | null; readonly to: string | null }
  | { readonly field: 'key'; readonly from: string | null; readonly to: string | null }
  | { readonly field: 'project'; readonly from: string | null; readonly to: string | null }
  /** Whether the issue of this key, as it was called then, blocks it. Changelogs name it by nothing else. */
  | { readonly field: `blocker:${string}`; readonly from: boolean; readonly to: boolean }

export type ChangedField = FieldChange['field']

/**
 * A change with its place in Jira's history. `changeId` is Jira's changelog id, the same in webhooks and in REST,
 * so that a change seen both ways is stored once.
 */
export type IssueChange = FieldChange & {
  readonly changeId: string
  readonly at: EpochMs
}

/** An issue with its past: enough to say what it was at any instant. */
export interface IssueHistory {
  readonly issueId: IssueId
  readonly createdAt: EpochMs
  readonly deletedAt: EpochMs | null
  readonly current: IssueState
  /** Ascending by (at, changeId); see `sortChanges`. */
  readonly changes: readonly IssueChange[]
}

/** Jira's changelog ids are decimal numbers that outgrow 2^53 in theory: compare by length, then text. */
export function compareChangeIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

/** Orders changes as they happened. Bulk edits share a timestamp, so the changelog id decides ties. */
export function sortChanges(changes: readonly IssueChange[]): IssueChange[] {
  return [...changes].sort(
    (a, b) =>
      a.at - b.at ||
      compareChangeIds(a.changeId, b.changeId) ||
      (a.field < b.field ? -1 : a.field > b.field ? 1 : 0),
  )
}
