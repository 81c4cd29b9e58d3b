import { and, eq, sql } from 'drizzle-orm'
import type { MirrorRecords } from '../../app/ports/mirror.ts'
import type { IssueId } from '../../domain/ids.ts'
import { canonicalText, type ChangesFact } from '../../domain/mirror/facts.ts'
import type { Blocker, ChangedField, IssueState } from '../../domain/mirror/issue.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { storedBlockers } from './mirror-blocking.ts'
import { readHistories, stateOf } from './mirror-histories.ts'
import { winners, type Register } from './registers.ts'
import { issues } from './schema.ts'

type IssueRecords = Pick<
  MirrorRecords,
  | 'lockSite'
  | 'saveIssues'
  | 'saveChanges'
  | 'histories'
  | 'keysEver'
  | 'issueIdsAfter'
  | 'markSeen'
  | 'unseenIssues'
  | 'countIssues'
  | 'siteIds'
>

const LIVE = sql`deleted_at is null and vanished_at is null and state is not null`

interface IssueContent {
  readonly createdAt: number
  readonly state: IssueState
}

export function createMirrorIssueRecords(db: Executor): IssueRecords {
  return {
    async lockSite(siteId) {
      await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`site:${siteId}`}, 0))`)
    },

    async saveIssues(siteId, facts) {
      const stored = await storedIssues(db, siteId, [...new Set(facts.map((fact) => fact.issueId))])
      const won = winners(
        facts.map(
          ({ issueId, version, createdAt, state }) =>
            [issueId, { version, content: { createdAt, state } }] as const,
        ),
        stored.issues,
      )
      // A payload that does not say what blocks the issue leaves what is known of it.
      const wonBlockers = winners(
        facts.flatMap(({ issueId, version, blockers }) =>
          blockers === null ? [] : [[issueId, { version, content: blockers }] as const],
        ),
        stored.blockers,
      )
      await saveRows(
        db,
        siteId,
        [...new Set([...won.keys(), ...wonBlockers.keys()])].map((issueId) => {
          const { version, content } = won.get(issueId) ?? stored.issues.get(issueId)!
          return {
            issue_id: issueId,
            created_at: new Date(content.createdAt),
            version_at: new Date(version.at),
            version_rank: version.rank,
            state: content.state,
            blockers: wonBlockers.get(issueId) ?? stored.blockers.get(issueId) ?? null,
          }
        }),
      )
      return [...won]
        .filter(([issueId, winner]) => differs(winner, stored.issues.get(issueId)))
        .map(([issueId, winner]) => ({
          issueId,
          before: stored.issues.get(issueId)?.content.state ?? null,
          after: winner.content.state,
        }))
    },

    async saveChanges(siteId, facts) {
      const rows = facts.flatMap(changeRows)
      if (rows.length === 0) return []
      const saved = await db.execute<{ issueId: IssueId; field: ChangedField }>(sql`
        insert into issue_changes (site_id, issue_id, change_id, field, at, source, before, after)
        select distinct on (issue_id, change_id, field)
          ${siteId}, issue_id, change_id, field, at, source, before, after
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
          issue_id text, change_id text, field text, at timestamptz, source text, before jsonb, after jsonb)
        order by issue_id, change_id, field, source
        on conflict (site_id, issue_id, change_id, field) do update set
          at = excluded.at, source = excluded.source, before = excluded.before, after = excluded.after
        where excluded.source = 'rest'
          and (issue_changes.at, issue_changes.before, issue_changes.after)
            is distinct from (excluded.at, excluded.before, excluded.after)
        returning issue_id as "issueId", field`)
      return saved.rows
    },

    histories: (siteId, issueIds) => readHistories(db, siteId, issueIds),

    async keysEver(siteId, issueIds) {
      if (issueIds.length === 0) return []
      const ids = sql.param([...issueIds])
      const rows = await db.execute<{ key: string }>(sql`
        select state ->> 'key' as key from issues
        where site_id = ${siteId} and issue_id = any(${ids}::text[]) and state is not null
        union
        select key from issue_changes, unnest(array[before ->> 'value', after ->> 'value']) as key
        where site_id = ${siteId} and issue_id = any(${ids}::text[]) and field = 'key' and key is not null`)
      return rows.rows.map((row) => row.key)
    },

    async issueIdsAfter(siteId, after, limit) {
      const rows = await db.execute<{ issue_id: string }>(sql`
        select issue_id from issues
        where site_id = ${siteId} and issue_id > ${after ?? ''} and state is not null
        order by issue_id limit ${limit}`)
      return rows.rows.map((row) => row.issue_id)
    },

    async markSeen(siteId, issueIds, backfillId) {
      if (issueIds.length === 0) return
      await db
        .update(issues)
        .set({ seenInBackfill: backfillId })
        .where(and(eq(issues.siteId, siteId), isAnyOf(issues.issueId, issueIds)))
    },

    async unseenIssues(siteId, backfillId, after, limit) {
      const rows = await db.execute<{ issue_id: string }>(sql`
        select issue_id from issues
        where site_id = ${siteId} and issue_id > ${after ?? ''} and ${LIVE}
          and seen_in_backfill is distinct from ${backfillId}
        order by issue_id limit ${limit}`)
      return rows.rows.map((row) => row.issue_id)
    },

    async countIssues(siteId) {
      const rows = await db.execute<{ issues: number }>(sql`
        select count(*)::int as issues from issues where site_id = ${siteId} and ${LIVE}`)
      return rows.rows[0]?.issues ?? 0
    },

    async siteIds() {
      const rows = await db.selectDistinct({ siteId: issues.siteId }).from(issues).orderBy(issues.siteId)
      return rows.map((row) => row.siteId)
    },
  }
}

function differs(winner: Register<IssueContent>, stored: Register<IssueContent> | undefined): boolean {
  return stored === undefined || canonicalText(winner.content) !== canonicalText(stored.content)
}

interface StoredIssues {
  readonly issues: ReadonlyMap<IssueId, Register<IssueContent>>
  readonly blockers: ReadonlyMap<IssueId, Register<readonly Blocker[]>>
}

async function storedIssues(
  db: Executor,
  siteId: string,
  issueIds: readonly IssueId[],
): Promise<StoredIssues> {
  if (issueIds.length === 0) return { issues: new Map(), blockers: new Map() }
  const rows = await db
    .select()
    .from(issues)
    .where(and(eq(issues.siteId, siteId), isAnyOf(issues.issueId, issueIds)))
  return {
    issues: new Map(
      rows.flatMap(({ issueId, versionAt, versionRank, createdAt, state }) =>
        versionAt === null || versionRank === null || createdAt === null || state === null
          ? []
          : [
              [
                issueId,
                {
                  version: { at: versionAt, rank: versionRank },
                  content: { createdAt, state: stateOf(state) },
                },
              ] as const,
            ],
      ),
    ),
    blockers: new Map(
      rows.flatMap((row) => {
        const blockers = storedBlockers(row.blockers)
        return blockers === null ? [] : [[row.issueId, blockers] as const]
      }),
    ),
  }
}

async function saveRows(db: Executor, siteId: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return
  await db.execute(sql`
    insert into issues (site_id, issue_id, created_at, version_at, version_rank, state, blockers)
    select ${siteId}, issue_id, created_at, version_at, version_rank, state, blockers
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      issue_id text, created_at timestamptz, version_at timestamptz, version_rank bigint, state jsonb,
      blockers jsonb)
    on conflict (site_id, issue_id) do update set
      created_at = excluded.created_at, version_at = excluded.version_at,
      version_rank = excluded.version_rank, state = excluded.state, blockers = excluded.blockers`)
}

function changeRows({ issueId, source, changes }: ChangesFact) {
  return changes.map((change) => ({
    issue_id: issueId,
    change_id: change.changeId,
    field: change.field,
    at: new Date(change.at),
    source,
    before: { value: change.from },
    after: { value: change.to },
  }))
}
