import type { KeyResultKey } from '../../domain/ids.ts'
import { sprintResult } from '../../domain/sprints/sprint-result.ts'
import { DAY_MS } from '../../domain/time.ts'
import type { Clock } from '../ports/clock.ts'
import type { StoredSprint } from '../ports/mirror.ts'
import type { Database } from '../ports/records.ts'
import type { CompileLinkRules } from '../site-context.ts'
import { reviewSprint } from './review-sprint.ts'

export interface TellDeps {
  readonly database: Database
  readonly clock: Clock
  readonly compileLinkRules: CompileLinkRules
}

/** What closed longer ago is no news: a backfill does not tell the past. */
const NEWS_MS = 14 * DAY_MS

/** What was delivered in its last minute is on its way. */
const SETTLING_MS = 60_000

const SPRINTS_AT_ONCE = 20

/** Sprints whose results are to be told by now, the one closed first first. */
export function sprintsToTell({ database, clock }: TellDeps): Promise<StoredSprint[]> {
  const now = clock.now()
  return database.records.sprintResults.untold(now - NEWS_MS, now - SETTLING_MS, SPRINTS_AT_ONCE)
}

/**
 * Hands what a closed sprint did to each key result it served; their status comments tell it. Gives those key results,
 * which are marked to be recomputed.
 */
export async function tellClosedSprint(
  { database, clock, compileLinkRules }: TellDeps,
  sprint: StoredSprint,
): Promise<readonly KeyResultKey[]> {
  const { siteId, sprintId, name, completeAt } = sprint
  if (completeAt === null) return []
  const deps = { records: database.records, compileLinkRules, now: clock.now() }
  const { review } = await reviewSprint(deps, { siteId, sprintId, text: String(sprintId) })
  const served = review.keyResults.map(({ keyResult }) => keyResult)
  await database.transaction(async ({ progress, sprintResults }) => {
    await progress.markDirty(served.map((keyResult) => ({ keyResult, day: null, relink: false })))
    for (const reviewed of review.keyResults) {
      const result = sprintResult({ siteId, sprintId, name, completeAt }, reviewed)
      await sprintResults.save(reviewed.keyResult, result)
    }
    await sprintResults.told(sprint)
  })
  return served
}
