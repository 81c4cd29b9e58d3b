import type { KeyResultKey } from '../../domain/ids.ts'
import { sprintResult } from '../../domain/sprints/sprint-result.ts'
import { DAY_MS, type EpochMs } from '../../domain/time.ts'
import { retryDelayMs } from '../failure.ts'
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

export interface SprintTeller {
  /** Sprints whose results are to be told by now. One that keeps failing comes after all others, ever more rarely. */
  due(): Promise<StoredSprint[]>
  /** Tells one of them, as `tellClosedSprint` does. When it throws, the sprint waits for its next attempt. */
  tell(sprint: StoredSprint): Promise<readonly KeyResultKey[]>
}

interface Failure {
  readonly sprint: StoredSprint
  readonly failures: number
  readonly retryAt: EpochMs
}

/**
 * Tells what closed sprints did, and remembers which of them fail: in this process, so that each is tried once more
 * after a restart, and by each worker for itself.
 */
export function createSprintTeller(deps: TellDeps): SprintTeller {
  const { database, clock } = deps
  const failed = new Map<string, Failure>()
  return {
    due() {
      const now = clock.now()
      for (const [name, { sprint }] of failed) {
        if ((sprint.completeAt ?? 0) <= now - NEWS_MS) failed.delete(name)
      }
      const notes = [...failed.values()].map(({ sprint: { siteId, sprintId }, failures, retryAt }) => ({
        siteId,
        sprintId,
        failures,
        waits: retryAt > now,
      }))
      const { sprintResults } = database.records
      return sprintResults.untold(now - NEWS_MS, now - SETTLING_MS, SPRINTS_AT_ONCE, notes)
    },

    async tell(sprint) {
      const name = `${sprint.siteId} ${sprint.sprintId}`
      try {
        const served = await tellClosedSprint(deps, sprint)
        failed.delete(name)
        return served
      } catch (error) {
        const failures = failed.get(name)?.failures ?? 0
        failed.set(name, {
          sprint,
          failures: failures + 1,
          retryAt: clock.now() + retryDelayMs(failures),
        })
        throw error
      }
    },
  }
}

/**
 * Hands what a closed sprint did to each key result it served; their status comments tell it. Gives those key results,
 * which are marked to be recomputed.
 */
async function tellClosedSprint(
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
