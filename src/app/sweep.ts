import { remindTeams } from './check-ins/remind-teams.ts'
import { createFailingKeyResults, type FailingKeyResults } from './failing-key-results.ts'
import { nameOf } from './failure.ts'
import { ringFor } from './goals/ring-for.ts'
import { batchOf } from './key-result-batches.ts'
import { lookAtKpis } from './kpis/look-at-kpis.ts'
import type { KeyResultKey } from '../domain/ids.ts'
import { lookAgain } from './look-again.ts'
import type { Clock } from './ports/clock.ts'
import type { Bell, Doorbell } from './ports/doorbell.ts'
import type { Log } from './ports/log.ts'
import type { Database } from './ports/records.ts'
import type { CompileLinkRules } from './site-context.ts'
import { createSprintTeller, type SprintTeller } from './sprints/tell-closed-sprints.ts'

export interface SweepDeps {
  readonly database: Database
  readonly clock: Clock
  readonly compileLinkRules: CompileLinkRules
  readonly doorbell: Doorbell
  readonly run: {
    deliveries(siteId: string): Promise<void>
    /** Gives those that failed. */
    recomputeAll(keys: readonly KeyResultKey[]): Promise<readonly KeyResultKey[]>
    comments(): Promise<void>
    digests(): Promise<void>
  }
  /** True for an error that says the database is away: the next sweep will do better. */
  readonly isOutage: (error: unknown) => boolean
  readonly log: Log
}

/** Of those that wait, the longest marked, so that none waits for ever … */
const OLDEST_AT_ONCE = 100

/** … and the last marked: when no bell is heard, what one person did must not wait for a change of thousands. */
const NEWEST_AT_ONCE = 25

/** How old work must be before the sweeper takes it: younger work has a bell on its way. */
const STALE_AFTER_MS = 1_000

/** Work this old was not merely late: its bell may be blocked by a ring that died with the queue's store. */
const BLOCKED_AFTER_MS = 10_000

/**
 * A sweep finds work that no bell reached (deliveries, dirty key results, due comments) and does it here and now, so
 * that progress needs PostgreSQL alone; rings for what time alone has made due. Work that fails keeps nothing else
 * waiting; a key result that fails is tried ever more rarely.
 */
export function createSweep(deps: SweepDeps): () => Promise<void> {
  const teller = createSprintTeller(deps)
  const failing = createFailingKeyResults(deps.clock)
  return () => sweep(deps, teller, failing)
}

async function sweep(deps: SweepDeps, teller: SprintTeller, failing: FailingKeyResults): Promise<void> {
  const { database, doorbell, run } = deps
  const { inbox, progress, comments } = database.records

  const deliveriesAgeMs = (await inbox.oldestUnprocessedAgeMs()) ?? 0
  if (deliveriesAgeMs >= STALE_AFTER_MS) {
    for (const siteId of await inbox.sitesWithDueDeliveries()) {
      await free(deps, 'deliveries', siteId, deliveriesAgeMs)
      await attempt(deps, 'deliveries', siteId, () => run.deliveries(siteId))
    }
  }
  const recompute = (which: string, keys: readonly KeyResultKey[]) =>
    attempt(deps, 'recompute', which, async () => failing.note(keys, await run.recomputeAll(keys)))
  const due = await lookAgain(deps)
  if (due.length > 0) await recompute('the due', due)
  for (const sprint of await teller.due()) {
    const name = `sprint ${sprint.siteId}/${sprint.sprintId}`
    await attempt(deps, 'recompute', name, async () => ringFor(doorbell, await teller.tell(sprint)))
  }
  const dirtyAgeMs = (await progress.oldestDirtyAgeMs()) ?? 0
  if (dirtyAgeMs >= STALE_AFTER_MS) {
    const newest = await progress.lastDirtyKeyResults(NEWEST_AT_ONCE, STALE_AFTER_MS, failing.waiting())
    await recompute('the newest', newest)
    const oldest = await progress.dirtyKeyResults(OLDEST_AT_ONCE, failing.waiting())
    for (const key of oldest) await free(deps, 'recompute', key, dirtyAgeMs)
    for (const batch of new Set(oldest.map(batchOf))) await free(deps, 'recompute-many', batch, dirtyAgeMs)
    await recompute('the oldest', oldest)
  }
  await attempt(deps, 'comments', 'KPIs', () => lookAtKpis(deps))
  await attempt(deps, 'comments', 'reminders', () => remindTeams(deps))
  await attempt(deps, 'comments', 'digests', () => run.digests())
  if (((await comments.oldestDueAgeMs()) ?? 0) >= STALE_AFTER_MS) {
    await attempt(deps, 'comments', null, () => run.comments())
  }
}

async function free({ doorbell }: SweepDeps, bell: Bell, id: string, ageMs: number): Promise<void> {
  if (ageMs >= BLOCKED_AFTER_MS) await doorbell.free(bell, id)
}

async function attempt(
  { isOutage, log }: SweepDeps,
  bell: Bell,
  id: string | null,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (isOutage(error)) throw error
    log.error({ bell, id, error: nameOf(error) }, 'swept work failed; a later sweep tries again')
  }
}
