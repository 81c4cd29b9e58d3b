import { sql } from 'drizzle-orm'
import type { IssueId, SiteId } from '../../domain/ids.ts'
import {
  sortChanges,
  type IssueChange,
  type IssueHistory,
  type IssueState,
} from '../../domain/mirror/issue.ts'
import type { Executor } from './executor.ts'

interface IssueRow extends Record<string, unknown> {
  readonly issueId: IssueId
  readonly createdAt: number
  readonly deletedAt: number | null
  readonly state: IssueState
}

interface ChangesRow extends Record<string, unknown> {
  readonly issueId: IssueId
  readonly changes: readonly (readonly [
    IssueChange['changeId'],
    IssueChange['field'],
    number,
    unknown,
    unknown,
  ])[]
}

/**
 * Issues with their past. The changes of an issue come as one value: a row for each would cost more to take apart than
 * to read, and a sprint with a past to forecast from is thousands of changes.
 */
export async function readHistories(
  db: Executor,
  siteId: SiteId,
  issueIds: readonly IssueId[],
): Promise<IssueHistory[]> {
  if (issueIds.length === 0) return []
  const ids = sql`${sql.param([...new Set(issueIds)])}::text[]`
  const [issues, changed] = await Promise.all([
    db.execute<IssueRow>(sql`
      select i.issue_id as "issueId", ${epochMs(sql`i.created_at`)} as "createdAt",
        ${epochMs(sql`least(i.deleted_at, i.vanished_at, gone.version_at)`)} as "deletedAt", i.state
      from issues as i
      left join projects as gone
        on gone.site_id = i.site_id and gone.project_id = i.state ->> 'projectId' and gone.deleted
      where i.site_id = ${siteId} and i.issue_id = any(${ids})
        and i.created_at is not null and i.state is not null`),
    db.execute<ChangesRow>(sql`
      select issue_id as "issueId", json_agg(json_build_array(
        change_id, field, ${epochMs(sql`at`)}, before -> 'value', after -> 'value')) as changes
      from issue_changes
      where site_id = ${siteId} and issue_id = any(${ids})
      group by issue_id`),
  ])
  const changesOf = new Map(changed.rows.map(({ issueId, changes }) => [issueId, changes.map(changeOf)]))
  return issues.rows.map(({ issueId, createdAt, deletedAt, state }) => ({
    issueId,
    createdAt,
    deletedAt,
    current: stateOf(state),
    changes: sortChanges(changesOf.get(issueId) ?? []),
  }))
}

/** What was stored before numeric fields and the flag were read says nothing of them. */
export function stateOf(stored: IssueState): IssueState {
  return { ...NOT_READ_YET, ...stored }
}

const NOT_READ_YET = { numbers: {}, isFlagged: false } satisfies Partial<IssueState>

function changeOf([changeId, field, at, from, to]: ChangesRow['changes'][number]): IssueChange {
  return { field, changeId, at, from, to } as IssueChange
}

/** Instants are kept to the millisecond, so nothing is lost. */
function epochMs(instant: ReturnType<typeof sql>) {
  return sql`(extract(epoch from ${instant}) * 1000)::float8`
}
