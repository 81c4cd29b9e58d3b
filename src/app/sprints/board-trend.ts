import type { SiteId, SprintId } from '../../domain/ids.ts'
import {
  trendMedians,
  trendPoint,
  type TrendMedians,
  type TrendPoint,
} from '../../domain/sprints/sprint-trend.ts'
import type { StoredSprint } from '../ports/mirror.ts'
import { findBoard } from './find-sprint.ts'
import { loadSprints, type SprintViewDeps } from './load-sprints.ts'

export interface TrendQuestion {
  readonly siteId: SiteId | null
  /** null: a text that is no board id Jira could give. */
  readonly boardId: number | null
  /** The board as it was asked for, for messages. */
  readonly text: string
  /** Goes on with the sprints that ended before this one; null: from the one that ended last. */
  readonly after: SprintId | null
  readonly limit: number
}

export interface BoardTrend {
  readonly siteId: SiteId
  readonly boardId: number
  /** In the order they ended, the last ones of the board. */
  readonly sprints: readonly { readonly sprint: StoredSprint; readonly point: TrendPoint }[]
  /** Over these sprints. */
  readonly medians: TrendMedians
  /** Where to go on to older ones; null: there are none. */
  readonly next: SprintId | null
}

/**
 * Alignment, velocity and predictability of the last closed sprints that began on a board.
 * @throws ThroughlineError `OKR_BOARD_NOT_FOUND`
 */
export async function boardTrend(deps: SprintViewDeps, question: TrendQuestion): Promise<BoardTrend> {
  const { after, limit } = question
  const { siteId, boardId } = await findBoard(deps.records, question)
  const rows = await deps.records.mirror.closedSprints(siteId, boardId, { after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const { pasts } = await loadSprints(deps, siteId, shown)
  const sprints = pasts.flatMap((past, index) => {
    const point = trendPoint(past, deps.now)
    return point === null ? [] : [{ sprint: shown[index]!, point }]
  })
  return {
    siteId,
    boardId,
    sprints: sprints.toReversed(),
    medians: trendMedians(sprints.map(({ point }) => point)),
    next: rows.length > limit ? (shown.at(-1)?.sprintId ?? null) : null,
  }
}
