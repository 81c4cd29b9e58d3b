import type { EpochMs } from '../time.ts'
import type {
  ChangedField,
  FieldChange,
  IssueChange,
  IssueHistory,
  IssueState,
  StatusCategory,
} from './issue.ts'

/**
 * Status id to category, as the site's catalogue says: what an issue's own payload says of its status gives way to
 * it (on a real site five issues disagree with it). A past status nobody knows counts as in progress, never as done.
 */
export type StatusCategories = ReadonlyMap<string, StatusCategory>

/**
 * The issue as it was at an instant, or null before it was created and from its deletion on.
 *
 * A field's value at `at` is the `from` of its first change after `at`, else today's value: the issue snapshot is
 * newer than any change that came with it, and some changes never reach a changelog.
 */
export function issueAsOf(
  history: IssueHistory,
  at: EpochMs,
  categories: StatusCategories,
): IssueState | null {
  if (at < history.createdAt) return null
  if (history.deletedAt !== null && at >= history.deletedAt) return null
  const later = firstChangePerFieldAfter(history.changes, at)
  return rewind(history.current, later, categories)
}

/**
 * What an issue was from its creation and from each change of some of its fields on, ascending; of several at one
 * instant the last counts. In these fields it is what `issueAsOf` says of each instant; its deletion is not told.
 * Costs what its changes cost, where asking for each instant costs that for each.
 */
export function statesThrough(
  { createdAt, current, changes }: IssueHistory,
  fields: ReadonlySet<ChangedField>,
  categories: StatusCategories,
): { readonly since: EpochMs; readonly state: IssueState }[] {
  const later = new Map<ChangedField, IssueChange>()
  const states: { since: EpochMs; state: IssueState }[] = []
  let since = Infinity
  for (const change of changes.toReversed()) {
    if (!fields.has(change.field)) continue
    if (change.at < since) {
      since = change.at
      states.push({ since: Math.max(since, createdAt), state: rewind(current, later, categories) })
    }
    later.set(change.field, change)
  }
  states.push({ since: createdAt, state: rewind(current, later, categories) })
  return states.reverse()
}

/**
 * The first change of each field after `at`: its `from` is the value the field had at `at`. This equals the `to`
 * of the change before it whenever Jira's history is complete, and stays right when an older part is missing.
 */
function firstChangePerFieldAfter(
  changes: readonly IssueChange[],
  at: EpochMs,
): ReadonlyMap<ChangedField, IssueChange> {
  const first = new Map<ChangedField, IssueChange>()
  for (let index = changes.length - 1; index >= 0; index--) {
    const change = changes[index]!
    if (change.at <= at) break
    first.set(change.field, change)
  }
  return first
}

function rewind(
  current: IssueState,
  later: ReadonlyMap<ChangedField, IssueChange>,
  categories: StatusCategories,
): IssueState {
  const state: { -readonly [K in keyof IssueState]: IssueState[K] } = { ...current }
  for (const change of later.values()) {
    switch (change.field) {
      case 'status':
        state.statusId = change.from ?? current.statusId
        break
      case 'resolution':
        state.resolution = change.from
        break
      case 'sprint':
        state.sprintIds = change.from
        break
      case 'points':
        state.points = change.from
        break
      case 'labels':
        state.labels = change.from
        break
      case 'keyResultField':
        state.keyResultField = change.from
        break
      case 'parent':
        state.parentId = change.from
        state.parentKey = null
        break
      case 'flag':
        state.isFlagged = change.from
        break
      case 'assignee':
        state.assigneeId = change.from
        break
      case 'key':
        state.key = change.from ?? current.key
        break
      case 'project':
        state.projectId = change.from ?? current.projectId
        break
      default:
        if (isNumberChange(change)) state.numbers = withNumber(state.numbers, change)
    }
  }
  state.statusCategory = categoryOf(state.statusId, current, categories)
  return state
}

type NumberChange = Extract<FieldChange, { field: `customfield_${number}` }>

/** What blocks an issue is no part of its state: see `blockAt`. */
function isNumberChange(change: FieldChange): change is NumberChange {
  return change.field.startsWith('customfield_')
}

function withNumber(numbers: IssueState['numbers'], { field, from }: NumberChange): IssueState['numbers'] {
  const others = Object.fromEntries(Object.entries(numbers).filter(([id]) => id !== field))
  return from === null ? others : { ...others, [field]: from }
}

function categoryOf(statusId: string, current: IssueState, categories: StatusCategories): StatusCategory {
  const known = categories.get(statusId)
  if (known !== undefined) return known
  return statusId === current.statusId ? current.statusCategory : 'indeterminate'
}
