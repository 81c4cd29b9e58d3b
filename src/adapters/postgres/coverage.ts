import { and, eq, inArray, sql } from 'drizzle-orm'
import type { CoverageRecords } from '../../app/ports/coverage.ts'
import type { StoredSprint } from '../../app/ports/mirror.ts'
import type { ContributionStep } from '../../domain/contributions/contribution.ts'
import type { EpicClaim } from '../../domain/health/signals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { storedOf } from './mirror-sprints.ts'
import { sprints } from './schema.ts'

/** Boards change what they work on: what they did longer ago says little. */
const LATEST_SPRINTS = 10

/** An epic is claimed by a handful of key results; a label pattern gone wrong may claim thousands. */
const MOST_CLAIMS = 1_000

export function createCoverageRecords(db: Executor): CoverageRecords {
  return {
    async sprintCoverage(key) {
      const latest = await latestOfRunningBoards(db)
      const holding = await holdingWorkOf(db, key, latest)
      const boards = new Set(latest.filter((sprint) => holding.has(nameOf(sprint))).map(boardOf))
      const covered = latest.filter((sprint) => boards.has(boardOf(sprint)))
      const running = covered.filter(({ state }) => state === 'active')
      return { running, latest: covered, work: await workIn(db, key, running) }
    },

    async inDangerWith(siteId, issueIds) {
      if (issueIds.length === 0) return []
      const { rows } = await db.execute<{ key: KeyResultKey }>(sql`
        select distinct h.key_result as key
        from health_standings as h
        join contributions as c on c.key_result = h.key_result
        where h.standing ->> 'band' <> 'on_track' and c.site_id = ${siteId}
          and c.issue_id = any(${sql.param([...issueIds])}::text[])`)
      return rows.map(({ key }) => key)
    },

    async epicClaims(key, at) {
      const { rows } = await db.execute<EpicClaim & { epicKey: string } & Record<string, unknown>>(sql`
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
        where own.key_result = ${key} and own.is_anchor_candidate and other.is_anchor_candidate
          and kr.archived_at is null
          and coalesce(kr.due_day, cycle.end_day) >=
            (to_timestamp(${at / 1_000}) at time zone (cycle.calendar ->> 'timeZone'))::date
        order by other.site_id, other.issue_id, kr.number
        limit ${MOST_CLAIMS}`)
      return rows
    },
  }
}

async function latestOfRunningBoards(db: Executor): Promise<StoredSprint[]> {
  const { rows } = await db.execute<{ site_id: string; sprint_id: number }>(sql`
    select latest.site_id, latest.sprint_id
    from (
      select distinct site_id, board_id from sprints
      where state = 'active' and board_id is not null and (deleted_at is null or deleted_at < version_at)
    ) as board
    cross join lateral (
      select site_id, sprint_id from sprints
      where site_id = board.site_id and board_id = board.board_id and state <> 'future'
        and (deleted_at is null or deleted_at < version_at)
      order by sprint_id desc limit ${LATEST_SPRINTS}
    ) as latest`)
  const bySite = Map.groupBy(rows, (row) => row.site_id)
  const found: StoredSprint[] = []
  for (const [siteId, ofSite] of bySite) {
    const ids = ofSite.map((row) => row.sprint_id)
    const stored = await db
      .select()
      .from(sprints)
      .where(and(eq(sprints.siteId, siteId), inArray(sprints.sprintId, ids)))
    found.push(...stored.map(storedOf))
  }
  return found
}

/** The sprints among these that some issue of the key result is or ever was in. */
async function holdingWorkOf(
  db: Executor,
  key: KeyResultKey,
  among: readonly StoredSprint[],
): Promise<ReadonlySet<string>> {
  if (among.length === 0) return new Set()
  const { rows } = await db.execute<{ siteId: string; sprintId: number }>(sql`
    select r."siteId", r."sprintId"
    from jsonb_to_recordset(${asJson(among)}::jsonb) as r("siteId" text, "sprintId" int)
    where exists (
      select 1 from issue_references as f
      join contributions as c on c.site_id = f.site_id and c.issue_id = f.issue_id and c.key_result = ${key}
      where f.site_id = r."siteId" and f.kind = 'sprint' and f.reference = r."sprintId"::text)`)
  return new Set(rows.map(nameOf))
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

function nameOf({ siteId, sprintId }: Pick<StoredSprint, 'siteId' | 'sprintId'>): string {
  return `${siteId} ${sprintId}`
}

function boardOf({ siteId, boardId }: Pick<StoredSprint, 'siteId' | 'boardId'>): string {
  return `${siteId} ${boardId}`
}
