import type { IssueHistory } from '../domain/mirror/issue.ts'
import { keyResultsTagged } from './evaluate-issues.ts'
import { parentIdsEver } from './lineages.ts'
import type { IssueReference } from './ports/mirror.ts'
import type { SiteContext } from './site-context.ts'

/** Everything an issue refers to or ever referred to: how a change elsewhere finds the issues it touches. */
export function referencesOf(history: IssueHistory, context: SiteContext): IssueReference[] {
  const { issueId, current, changes } = history
  const references: IssueReference[] = []
  const add = (kind: IssueReference['kind'], reference: string | number | null) => {
    if (reference !== null && reference !== '')
      references.push({ issueId, kind, reference: String(reference) })
  }
  add('key', current.key)
  add('project', current.projectId)
  add('status', current.statusId)
  add('parent_key', current.parentKey)
  current.sprintIds.forEach((sprintId) => add('sprint', sprintId))
  parentIdsEver(history).forEach((parentId) => add('parent', parentId))
  keyResultsTagged(history, context).forEach((keyResult) => add('key_result', keyResult))
  for (const change of changes) {
    if (change.field === 'key' || change.field === 'status') {
      add(change.field, change.from)
      add(change.field, change.to)
    } else if (change.field === 'sprint') {
      change.from.concat(change.to).forEach((sprintId) => add('sprint', sprintId))
    }
  }
  return references
}
