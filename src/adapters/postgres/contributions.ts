import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { ContributionRecords, LinkedIssue } from '../../app/ports/progress.ts'
import type { Contribution } from '../../domain/contributions/contribution.ts'
import type { Tally } from '../../domain/contributions/tally.ts'
import type { Turn } from '../../domain/contributions/tally-as-of.ts'
import type { AnchorIssue } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { IssueState } from '../../domain/mirror/issue.ts'
import type { CalendarDay, EpochMs } from '../../domain/time.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { createMovements } from './movements.ts'
import { contributions, issues, keyResultDays, keyResultFlow } from './schema.ts'
import { asked, rowOfEach, rowsOfEach, together } from './together.ts'

interface TurnsAsked {
  readonly key: KeyResultKey
  readonly at: EpochMs
  readonly day: CalendarDay
  readonly began: EpochMs
}

function createTurns(db: Executor) {
  const between = sql`jsonb_build_object('began', asked.began, 'at', asked.at)`
  const lastStep = (condition: string) =>
    sql`(jsonb_path_query_array(its.steps, ${`$[*] ? (${condition})`}::jsonpath, ${between}) -> -1)
      - '{at,outReason}'::text[]`
  return together(async (questions: readonly TurnsAsked[]) => {
    const { rows } = await db.execute<
      { n: number; opening: Tally | null; turns: Turn[] | null } & Record<string, unknown>
    >(sql`
      select asked.n, (
        select jsonb_agg(line) from (
          select state, size, sum(issues)::int as issues, sum(share_percent)::int as "sharePercent"
          from key_result_flow as flow where flow.key_result = asked.key and flow.day < asked.day
          group by state, size
        ) as line
      ) as opening, (
        select jsonb_agg(turn) from (
          select ${lastStep('@.at < $began')} as before, ${lastStep('@.at <= $at')} as after,
            count(*)::int as contributions
          from contributions as its
          where its.key_result = asked.key
            and jsonb_path_exists(its.steps, '$[*] ? (@.at >= $began && @.at <= $at)'::jsonpath, ${between})
          group by 1, 2
        ) as turn
      ) as turns
      from ${asked(questions, sql`key text, at float8, day date, began float8`)}`)
    return rowOfEach(questions, rows).map((row) => ({
      opening: row?.opening ?? [],
      turns: row?.turns ?? [],
    }))
  })
}

export function createContributionRecords(db: Executor): ContributionRecords {
  const turnsUntil = createTurns(db)
  const anchorCandidates = together(
    async (questions: readonly { readonly key: KeyResultKey; readonly limit: number }[]) => {
      const { rows } = await db.execute<AnchorIssue & { n: number } & Record<string, unknown>>(sql`
        select asked.n, found.site_id as "siteId", found.issue_id as "issueId"
        from ${asked(questions, sql`key text, "limit" int`)}
        cross join lateral (
          select site_id, issue_id from contributions
          where key_result = asked.key and is_anchor_candidate
          order by site_id, length(issue_id), issue_id limit asked."limit"
        ) as found
        order by asked.n, found.site_id, length(found.issue_id), found.issue_id`)
      return rowsOfEach(questions, rows).map((found) =>
        found.map(({ siteId, issueId }) => ({ siteId, issueId })),
      )
    },
  )
  return {
    ...createMovements(db),

    ofIssues: (siteId, issueIds) =>
      issueIds.length === 0
        ? Promise.resolve([])
        : db
            .select()
            .from(contributions)
            .where(and(eq(contributions.siteId, siteId), isAnyOf(contributions.issueId, issueIds))),

    async keyResultsOf(siteId, issueIds) {
      if (issueIds.length === 0) return []
      const rows = await db
        .selectDistinct({ keyResult: contributions.keyResult })
        .from(contributions)
        .where(and(eq(contributions.siteId, siteId), isAnyOf(contributions.issueId, issueIds)))
      return rows.map(({ keyResult }) => keyResult)
    },

    async forget(keys) {
      await db.delete(contributions).where(isAnyOf(contributions.keyResult, keys))
      await db.delete(keyResultFlow).where(isAnyOf(keyResultFlow.keyResult, keys))
      await db.delete(keyResultDays).where(isAnyOf(keyResultDays.keyResult, keys))
    },

    async save(rows) {
      if (rows.length === 0) return
      await db.execute(sql`
        insert into contributions (key_result, site_id, issue_id, reason, is_anchor_candidate, steps)
        select "keyResult", "siteId", "issueId", reason, "isAnchorCandidate", steps
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
          "keyResult" text, "siteId" text, "issueId" text, reason jsonb, "isAnchorCandidate" boolean, steps jsonb)
        on conflict (site_id, issue_id, key_result) do update set
          reason = excluded.reason, is_anchor_candidate = excluded.is_anchor_candidate, steps = excluded.steps`)
    },

    async remove(rows) {
      if (rows.length === 0) return
      await db.execute(sql`
        delete from contributions using jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as r("keyResult" text, "siteId" text, "issueId" text)
        where contributions.key_result = r."keyResult" and contributions.site_id = r."siteId"
          and contributions.issue_id = r."issueId"`)
    },

    async addFlow(lines) {
      if (lines.length === 0) return
      const touched = await db.execute<FlowSum>(sql`
        insert into key_result_flow (key_result, day, state, size, issues, share_percent)
        select "keyResult", day, state, size, sum(issues), sum("sharePercent")
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r(
          "keyResult" text, day date, state text, size float8, issues int, "sharePercent" int)
        group by 1, 2, 3, 4
        having sum(issues) <> 0 or sum("sharePercent") <> 0
        order by 1, 2, 3, 4
        on conflict (key_result, day, state, size) do update set
          issues = key_result_flow.issues + excluded.issues,
          share_percent = key_result_flow.share_percent + excluded.share_percent
        returning key_result, day::text, issues, share_percent`)
      const gone = touched.rows.filter((row) => row.issues === 0 && row.share_percent === 0)
      if (gone.length === 0) return
      await db.execute(sql`
        delete from key_result_flow
        using unnest(${sql.param(gone.map((row) => row.key_result))}::text[],
          ${sql.param(gone.map((row) => row.day))}::date[]) as r(key_result, day)
        where key_result_flow.key_result = r.key_result and key_result_flow.day = r.day
          and key_result_flow.issues = 0 and key_result_flow.share_percent = 0`)
    },

    flowFrom: (key, day) =>
      db
        .select({
          day: keyResultFlow.day,
          state: keyResultFlow.state,
          size: keyResultFlow.size,
          issues: keyResultFlow.issues,
          sharePercent: keyResultFlow.sharePercent,
        })
        .from(keyResultFlow)
        .where(and(eq(keyResultFlow.keyResult, key), day === null ? undefined : gte(keyResultFlow.day, day))),

    turnsUntil: (key, at, day, dayBegan) => turnsUntil({ key, at, day, began: dayBegan }),

    async linksOf(key, after, limit) {
      const rows = await db
        .select({ contribution: contributions, state: issues.state })
        .from(contributions)
        .innerJoin(
          issues,
          and(eq(issues.siteId, contributions.siteId), eq(issues.issueId, contributions.issueId)),
        )
        .where(
          and(
            eq(contributions.keyResult, key),
            after === null
              ? undefined
              : sql`(${contributions.siteId}, ${contributions.issueId}) > (${after.siteId}, ${after.issueId})`,
          ),
        )
        .orderBy(asc(contributions.siteId), asc(contributions.issueId))
        .limit(limit)
      return rows.map(({ contribution, state }) => linkedIssue(contribution, state))
    },

    anchorCandidates: (key, limit) => anchorCandidates({ key, limit }),

    async clear() {
      await db.delete(contributions)
      await db.delete(keyResultFlow)
      await db.delete(keyResultDays)
    },
  }
}

interface FlowSum extends Record<string, unknown> {
  readonly key_result: string
  readonly day: string
  readonly issues: number
  readonly share_percent: number
}

function linkedIssue(contribution: Contribution, state: IssueState | null): LinkedIssue {
  return {
    contribution,
    key: state?.key ?? contribution.issueId,
    summary: state?.summary ?? '',
    statusName: state?.statusName ?? '',
  }
}
