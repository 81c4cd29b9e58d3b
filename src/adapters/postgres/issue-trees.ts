import { sql } from 'drizzle-orm'
import type { IssueTree, KnownIssue } from '../../app/ports/initiatives.ts'
import { MAX_LEVELS } from '../../domain/contributions/evaluate.ts'
import type { IssueId, SiteId } from '../../domain/ids.ts'
import type { IssueGroup } from '../../domain/initiatives/output.ts'
import type { Executor } from './executor.ts'

/**
 * Issues of the mirror with the live work below them now, counted in groups. References hold every parent an issue ever
 * had, so each is compared with what the issue says today; a classic epic is named by any key it has or had. A status
 * counts by the site's catalogue, where it is known.
 */
export async function issueTrees(
  db: Executor,
  siteId: SiteId,
  issueIds: readonly IssueId[],
): Promise<ReadonlyMap<IssueId, IssueTree>> {
  if (issueIds.length === 0) return new Map()
  const live = sql`issue.deleted_at is null and issue.vanished_at is null and issue.state is not null
    and not exists (select from projects where projects.site_id = issue.site_id
      and projects.project_id = issue.state ->> 'projectId' and projects.deleted)`
  const { rows } = await db.execute<TreeRow>(sql`
    with recursive tree (root, issue_id, key, depth) as (
      select issue.issue_id, issue.issue_id, issue.state ->> 'key', 0 from issues as issue
      where issue.site_id = ${siteId} and issue.issue_id = any(${sql.param([...new Set(issueIds)])}::text[])
        and ${live}
      union
      select tree.root, issue.issue_id, issue.state ->> 'key', tree.depth + 1
      from tree
      cross join lateral (
        values ('parent', tree.issue_id), ('parent_key', tree.key)
        union all
        select 'parent_key', key from issue_changes, unnest(array[before ->> 'value', after ->> 'value']) as key
        where site_id = ${siteId} and issue_changes.issue_id = tree.issue_id and field = 'key') as name (kind, reference)
      join issue_references as child on child.site_id = ${siteId} and child.kind = name.kind
        and child.reference = name.reference
      join issues as issue on issue.site_id = ${siteId} and issue.issue_id = child.issue_id
      where tree.depth < ${MAX_LEVELS} and issue.issue_id <> tree.root and ${live}
        and case child.kind when 'parent' then issue.state ->> 'parentId' = child.reference
          else issue.state ->> 'parentId' is null and issue.state ->> 'parentKey' = child.reference end
    ), found as (select distinct root, issue_id from tree)
    select found.root, found.root = found.issue_id as "isItself",
      (issue.state ->> 'level')::int as level,
      coalesce(status.category, issue.state ->> 'statusCategory') as "statusCategory",
      issue.state -> 'resolution' as resolution,
      count(*)::int as issues,
      min(case when found.root = found.issue_id then issue.state ->> 'key' end) as key,
      min(case when found.root = found.issue_id then issue.state ->> 'summary' end) as summary,
      min(case when found.root = found.issue_id then issue.state ->> 'statusName' end) as "statusName"
    from found
    join issues as issue on issue.site_id = ${siteId} and issue.issue_id = found.issue_id
    left join statuses as status on status.site_id = ${siteId} and status.status_id = issue.state ->> 'statusId'
    group by 1, 2, 3, 4, 5`)
  const byRoot = Map.groupBy(rows, ({ root }) => root)
  return new Map([...byRoot].map(([root, own]) => [root, treeOf(own)]))
}

interface TreeRow extends IssueGroup, Record<string, unknown> {
  readonly root: IssueId
  /** Of the root alone; null in the other rows. */
  readonly key: string | null
  readonly summary: string | null
  readonly statusName: string | null
}

function treeOf(rows: readonly TreeRow[]): IssueTree {
  const root = rows.find(({ isItself }) => isItself)
  const issue: KnownIssue = {
    key: root?.key ?? '',
    summary: root?.summary ?? '',
    statusName: root?.statusName ?? '',
  }
  const groups = rows.map(({ isItself, level, statusCategory, resolution, issues }) => ({
    isItself,
    level,
    statusCategory,
    resolution,
    issues,
  }))
  return { issue, groups }
}
