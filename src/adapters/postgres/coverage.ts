import { and, asc, eq, sql } from 'drizzle-orm'
import type { CoverageRecords } from '../../app/ports/coverage.ts'
import type { StoredSprint } from '../../app/ports/mirror.ts'
import type { ContributionStep } from '../../domain/contributions/contribution.ts'
import type { EpicClaim } from '../../domain/health/signals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Executor } from './executor.ts'
import { IN_DANGER } from './health-standings.ts'
import { IS_LIVE_SPRINT } from './live-sprint.ts'
import { storedOf } from './mirror-sprints.ts'
import { sprints } from './schema.ts'
import { asked, rowsOfEach, together } from './together.ts'

/** Boards change what they work on: what they did longer ago says little. */
const LATEST_SPRINTS = 10

/** An epic is claimed by a handful of key results; a label pattern gone wrong may claim thousands. */
const MOST_CLAIMS = 1_000

export function createCoverageRecords(db: Executor): CoverageRecords {
  const epicClaims = createEpicClaims(db)
  return {
    async sprintCoverage(key) {
      const latest = await latestOfItsBoards(db, key)
      const running = latest.filter(({ state }) => state === 'active')
      return { running, latest, work: await workIn(db, key, running) }
    },

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

/**
 * The latest sprints of the boards where one runs and where the latest held work of the key result. From its issues on:
 * what other boards do costs nothing.
 */
async function latestOfItsBoards(db: Executor, key: KeyResultKey): Promise<StoredSprint[]> {
  const { rows } = await db.execute<{ site_id: string; sprint_ids: number[] }>(sql`
    with held as materialized (
      select distinct f.site_id, f.reference::int as sprint_id
      from contributions as c
      join issue_references as f on f.site_id = c.site_id and f.issue_id = c.issue_id and f.kind = 'sprint'
      where c.key_result = ${key}
    ), its_boards as materialized (
      select distinct s.site_id, s.board_id from held
      cross join lateral (
        select site_id, board_id from sprints
        where site_id = held.site_id and sprint_id = held.sprint_id and board_id is not null and ${IS_LIVE_SPRINT}
        offset 0
      ) as s
    )
    select site_id, array_agg(sprint_id) as sprint_ids
    from (
      select latest.site_id, latest.sprint_ids
      from its_boards as board
      cross join lateral (
        select board.site_id, array_agg(sprint_id) as sprint_ids, bool_or(state = 'active') as is_running
        from (
          select sprint_id, state from sprints
          where site_id = board.site_id and board_id = board.board_id and state <> 'future' and ${IS_LIVE_SPRINT}
          order by (state = 'active') desc, sprint_id desc limit ${LATEST_SPRINTS}
        ) as of_board
      ) as latest
      where latest.is_running and exists (
        select from held where held.site_id = latest.site_id and held.sprint_id = any(latest.sprint_ids))
    ) as boards
    cross join unnest(boards.sprint_ids) as sprint_id
    group by site_id`)
  const found: StoredSprint[] = []
  for (const { site_id: siteId, sprint_ids: ids } of rows) {
    const isOneOf = sql`${sprints.sprintId} = any(${sql.param(ids)}::int[])`
    const stored = await db
      .select()
      .from(sprints)
      .where(and(eq(sprints.siteId, siteId), isOneOf))
      .orderBy(asc(sprints.sprintId))
    found.push(...stored.map(storedOf))
  }
  return found
}

async function workIn(
  db: Executor,
  key: KeyResultKey,
  running: readonly StoredSprint[],
): Promise<ContributionStep[]> {
  if (running.length === 0) return []
  const { rows } = await db.execute<{ step: ContributionStep }>(sql`
    select distinct on (c.site_id, c.issue_id) c.steps -> -1 as step
    from jsonb_to_recordset(${asJson(running)}::jsonb) as r("siteId" text, "sprintId" int)
    join issue_references as f
      on f.site_id = r."siteId" and f.kind = 'sprint' and f.reference = r."sprintId"::text
    join contributions as c on c.site_id = f.site_id and c.issue_id = f.issue_id and c.key_result = ${key}
    join issues as i on i.site_id = c.site_id and i.issue_id = c.issue_id
    where i.state -> 'sprintIds' @> to_jsonb(r."sprintId")`)
  return rows.map(({ step }) => step)
}

function asJson(sprintsNamed: readonly StoredSprint[]): string {
  return JSON.stringify(sprintsNamed.map(({ siteId, sprintId }) => ({ siteId, sprintId })))
}
