import type { JsonObject, StoredIssue, StoredSprint } from '../site/jira-history.ts'
import type { RawTables } from './devlake-tables.ts'
import { instantOf, listOf, objectOf, textOf } from './raw-json.ts'

/**
 * Sprints of the table, and those found inside issues alone. A board lists the sprints its own page had, beside those
 * that began on it. When a sprint was created nobody recorded: shortly before it is first heard of.
 */
export function sprintsOf(
  tables: RawTables,
  rawIssues: readonly JsonObject[],
  sprintFieldId: string,
  issues: readonly StoredIssue[],
): StoredSprint[] {
  const firstMentions = firstMentionsOf(issues, sprintFieldId)
  const sprints = new Map<number, StoredSprint>()
  const add = (json: JsonObject, listedBy: number | null): void => {
    const id = Number(textOf(json, 'id'))
    if (sprints.has(id)) return
    const originBoardId = Number(textOf(json, 'originBoardId') ?? textOf(json, 'boardId') ?? 0)
    const startAt = instantOf(json, 'startDate')
    const state = textOf(json, 'state')?.toLowerCase()
    sprints.set(id, {
      id,
      name: textOf(json, 'name') ?? '',
      state: state === 'active' || state === 'closed' ? state : 'future',
      goal: textOf(json, 'goal') ?? '',
      originBoardId,
      boardIds: [...new Set([originBoardId, ...(listedBy === null ? [] : [listedBy])])],
      createdAt: beforeAnyOf(startAt, firstMentions.get(id) ?? null),
      startAt,
      endAt: instantOf(json, 'endDate'),
      completeAt: instantOf(json, 'completeDate'),
    })
  }
  for (const { data, url } of tables.sprints) add(data, boardOf(url))
  for (const issue of rawIssues) {
    for (const json of listOf(objectOf(issue, 'fields') ?? {}, sprintFieldId)) add(json, null)
  }
  return [...sprints.values()].sort((a, b) => a.id - b.id)
}

function beforeAnyOf(...instants: readonly (number | null)[]): number {
  const known = instants.filter((at) => at !== null)
  return known.length === 0 ? 0 : Math.min(...known) - 1_000
}

function boardOf(url: string): number | null {
  const id = /\/board\/(\d+)\/sprint/.exec(url)?.[1]
  return id === undefined ? null : Number(id)
}

function firstMentionsOf(issues: readonly StoredIssue[], sprintFieldId: string): Map<number, number> {
  const mentions = new Map<number, number>()
  const mention = (id: number, at: number) => mentions.set(id, Math.min(at, mentions.get(id) ?? Infinity))
  for (const issue of issues) {
    const entered = new Set<number>()
    for (const { at, items } of issue.histories) {
      const item = items.find(({ fieldId }) => fieldId === sprintFieldId)
      for (const text of (item?.to ?? '').split(', ').filter((id) => id !== '')) {
        entered.add(Number(text))
        mention(Number(text), at)
      }
    }
    const bornIn = issue.values.sprintIds.filter((id) => !entered.has(id))
    for (const id of bornIn) mention(id, issue.createdAt)
  }
  return mentions
}
