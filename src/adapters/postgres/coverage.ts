import { sql } from 'drizzle-orm'
import type { CoverageRecords } from '../../app/ports/coverage.ts'
import type { EpicClaim } from '../../domain/health/signals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Executor } from './executor.ts'
import { IN_DANGER } from './health-standings.ts'
import { createSprintCoverage } from './sprint-coverage.ts'
import { asked, rowsOfEach, together } from './together.ts'

/** An epic is claimed by a handful of key results; a label pattern gone wrong may claim thousands. */
const MOST_CLAIMS = 1_000

export function createCoverageRecords(db: Executor): CoverageRecords {
  const epicClaims = createEpicClaims(db)
  return {
    sprintCoverage: createSprintCoverage(db),

    async inDangerWith(siteId, issueIds) {
      if (issueIds.length === 0) return []
      const { rows } = await db.execute<{ key: KeyResultKey }>(sql`
        select distinct h.key_result as key
        from health_standings as h
        join contributions as c on c.key_result = h.key_result
        where h.health = any(${sql.param(IN_DANGER)}::text[]) and c.site_id = ${siteId}
          and c.issue_id = any(${sql.param([...issueIds])}::text[])`)
      return rows.map(({ key }) => key)
    },

    epicClaims: (key, at) => epicClaims({ key, at }),

    async rivalsOf(keys) {
      if (keys.length === 0) return []
      const { rows } = await db.execute<{ key: KeyResultKey }>(sql`
        select distinct kr.key
        from contributions as own
        join contributions as other on other.site_id = own.site_id and other.issue_id = own.issue_id
        join key_results as kr on kr.key = other.key_result
        where own.key_result = any(${sql.param([...keys])}::text[])
          and own.is_anchor_candidate and other.is_anchor_candidate
          and kr.key <> all(${sql.param([...keys])}::text[]) and kr.archived_at is null`)
      return rows.map(({ key }) => key)
    },
  }
}

interface ClaimRow extends EpicClaim, Record<string, unknown> {
  readonly n: number
  readonly epicKey: string
}

function createEpicClaims(db: Executor) {
  return together(async (questions: readonly { readonly key: KeyResultKey; readonly at: EpochMs }[]) => {
    const { rows } = await db.execute<ClaimRow>(sql`
      select asked.n, claim.*
      from ${asked(questions, sql`key text, at float8`)}
      cross join lateral (
        select other.site_id as "siteId", other.issue_id as "epicId", other.key_result as "keyResult",
          kr.objective, epic.state ->> 'key' as "epicKey",
          -- An epic itself only supports: what counts is the role it passes on, which a link by hand decides.
          coalesce((
            select m.role from manual_links as m
            where m.site_id = other.site_id and m.issue_id = other.issue_id
              and m.key_result = other.key_result and m.unlinked_at is null
            order by m.linked_at desc limit 1
          ), 'drives') as role
        from contributions as own
        join contributions as other on other.site_id = own.site_id and other.issue_id = own.issue_id
        join key_results as kr on kr.key = other.key_result
        join objectives as o on o.key = kr.objective
        join cycles as cycle on cycle.key = o.cycle
        join issues as epic on epic.site_id = own.site_id and epic.issue_id = own.issue_id
        where own.key_result = asked.key and own.is_anchor_candidate and other.is_anchor_candidate
          and kr.archived_at is null
          and coalesce(kr.due_day, cycle.end_day) >=
            (to_timestamp(asked.at / 1000) at time zone (cycle.calendar ->> 'timeZone'))::date
        order by other.site_id, other.issue_id, kr.number
        limit ${MOST_CLAIMS}
      ) as claim
      order by asked.n`)
    return rowsOfEach(questions, rows).map((claims) =>
      claims.map(({ siteId, epicId, keyResult, objective, epicKey, role }) => ({
        siteId,
        epicId,
        keyResult,
        objective,
        epicKey,
        role,
      })),
    )
  })
}
