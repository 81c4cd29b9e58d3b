import { and, asc, eq, sql } from 'drizzle-orm'
import type { CoverageRecords, SprintCoverage } from '../../app/ports/coverage.ts'
import type { StoredSprint } from '../../app/ports/mirror.ts'
import type { ContributionStep } from '../../domain/contributions/contribution.ts'
import type { KeyResultKey, SiteId, SprintId } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { IS_LIVE_SPRINT } from './live-sprint.ts'
import { storedOf } from './mirror-sprints.ts'
import { sprints } from './schema.ts'
import { asked, rowsOfEach, together } from './together.ts'

/** Boards change what they work on: what they did longer ago says little. */
const LATEST_SPRINTS = 10

/** How running sprints cover key results: all that are asked for together by three reads, and one for each further site. */
export function createSprintCoverage(db: Executor): CoverageRecords['sprintCoverage'] {
  return together(async (keys: readonly KeyResultKey[]): Promise<SprintCoverage[]> => {
    const latest = await latestOfTheirBoards(db, keys)
    const running = latest.map((some) => some.filter(({ state }) => state === 'active'))
    const work = await workIn(db, keys, running)
    return keys.map((_, n) => ({ running: running[n]!, latest: latest[n]!, work: work[n]! }))
  })
}

interface BoardRow extends Record<string, unknown> {
  readonly n: number
  readonly siteId: SiteId
  readonly sprintIds: readonly SprintId[]
}

/**
 * Of each key result the latest sprints of the boards where one runs and where the latest held work of it. From its
 * issues on: what other boards do costs nothing.
 */
async function latestOfTheirBoards(db: Executor, keys: readonly KeyResultKey[]): Promise<StoredSprint[][]> {
  const questions = keys.map((key) => ({ key }))
  const { rows } = await db.execute<BoardRow>(sql`
    with held as materialized (
      select distinct asked.n, f.site_id, f.reference::int as sprint_id
      from ${asked(questions, sql`key text`)}
      join contributions as c on c.key_result = asked.key
      join issue_references as f on f.site_id = c.site_id and f.issue_id = c.issue_id and f.kind = 'sprint'
    ), their_boards as materialized (
      select distinct held.n, s.site_id, s.board_id from held
      cross join lateral (
        select site_id, board_id from sprints
        where site_id = held.site_id and sprint_id = held.sprint_id and board_id is not null and ${IS_LIVE_SPRINT}
        offset 0
      ) as s
    ), boards as materialized (
      select board.site_id, board.board_id, latest.sprint_ids
      from (select distinct site_id, board_id from their_boards) as board
      cross join lateral (
        select array_agg(sprint_id) as sprint_ids, bool_or(state = 'active') as is_running
        from (
          select sprint_id, state from sprints
          where site_id = board.site_id and board_id = board.board_id and state <> 'future' and ${IS_LIVE_SPRINT}
          order by (state = 'active') desc, sprint_id desc limit ${LATEST_SPRINTS}
        ) as of_board
      ) as latest
      where latest.is_running
    )
    select its.n, its.site_id as "siteId", boards.sprint_ids as "sprintIds"
    from their_boards as its
    join boards on boards.site_id = its.site_id and boards.board_id = its.board_id
    where exists (
      select from held
      where held.n = its.n and held.site_id = its.site_id and held.sprint_id = any(boards.sprint_ids))`)
  const known = await readSprints(db, rows)
  return rowsOfEach(keys, rows).map((boards) =>
    known.filter(({ siteId, sprintId }) =>
      boards.some((board) => board.siteId === siteId && board.sprintIds.includes(sprintId)),
    ),
  )
}

async function readSprints(db: Executor, rows: readonly BoardRow[]): Promise<StoredSprint[]> {
  const found: StoredSprint[] = []
  for (const [siteId, boards] of Map.groupBy(rows, (row) => row.siteId)) {
    const ids = [...new Set(boards.flatMap(({ sprintIds }) => sprintIds))]
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

interface WorkRow extends Record<string, unknown> {
  readonly n: number
  readonly step: ContributionStep
}

/** How the issues in these sprints, of each key result its own, count for it today: each issue once. */
async function workIn(
  db: Executor,
  keys: readonly KeyResultKey[],
  running: readonly (readonly StoredSprint[])[],
): Promise<ContributionStep[][]> {
  const places = running.flatMap((some, n) =>
    some.map(({ siteId, sprintId }) => ({ n, key: keys[n], siteId, sprintId })),
  )
  if (places.length === 0) return keys.map(() => [])
  const { rows } = await db.execute<WorkRow>(sql`
    select distinct on (asked.n, c.site_id, c.issue_id) asked.n, c.steps -> -1 as step
    from ${asked(places, sql`key text, "siteId" text, "sprintId" int`)}
    join issue_references as f
      on f.site_id = asked."siteId" and f.kind = 'sprint' and f.reference = asked."sprintId"::text
    join contributions as c on c.site_id = f.site_id and c.issue_id = f.issue_id and c.key_result = asked.key
    join issues as i on i.site_id = c.site_id and i.issue_id = c.issue_id
    where i.state -> 'sprintIds' @> to_jsonb(asked."sprintId")`)
  return rowsOfEach(keys, rows).map((own) => own.map(({ step }) => step))
}
