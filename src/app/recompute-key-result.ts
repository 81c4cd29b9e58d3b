import { dayTallies } from '../domain/contributions/tally.ts'
import { NOTHING_MOVED } from '../domain/explanation.ts'
import type { KeyResultForecast } from '../domain/forecast/key-result-forecast.ts'
import type { KeyResultKey } from '../domain/ids.ts'
import { canonicalText } from '../domain/mirror/facts.ts'
import type { Numbers } from '../domain/snapshot.ts'
import { HOUR_MS, type EpochMs } from '../domain/time.ts'
import { computeKeyResult } from './compute-key-result.ts'
import type { Clock } from './ports/clock.ts'
import type { Doorbell } from './ports/doorbell.ts'
import type { NewFeedEntry } from './ports/feed.ts'
import type { KeyResultInContext } from './ports/goals.ts'
import type { DirtyKeyResult, Snapshot } from './ports/progress.ts'
import type { Database, Records } from './ports/records.ts'
import { relinkKeyResult, type RelinkDeps } from './relink-key-result.ts'
import { gatherSignals } from './gather-signals.ts'
import { wantComments } from './want-comments.ts'
import { raiseWarnings, type RaisedWarnings } from './warnings/raise-warnings.ts'

export interface RecomputeDeps extends RelinkDeps {
  readonly database: Database
  readonly clock: Clock
  readonly doorbell: Doorbell
  /** Throughline's own address, for links in comments. */
  readonly publicUrl: string
  /** False where no Jira can be written to, or comments are switched off. */
  readonly writesComments: boolean
}

/**
 * Recomputes one key result from what is stored: daily tallies from the first day that moved, numbers, a snapshot if
 * a reader would see a difference, warnings (once no backfill is under way), feed entries, and what its comments should say. Doing it twice changes
 * nothing.
 */
export async function recomputeKeyResult(deps: RecomputeDeps, key: KeyResultKey): Promise<void> {
  await relinkKeyResult(deps, key)
  const hasComments = await deps.database.transaction(async (records) => {
    const dirty = await records.progress.claimDirty(key)
    // A wish for new links that came after the relink above: its own ring, or the sweeper, comes back for it.
    if (dirty === null || dirty.needsRelink) return false
    await records.progress.clearDirty(dirty)
    await rebuildDays(records, dirty)
    const goal = await records.goals.keyResult(key)
    if (goal === null || goal.keyResult.archivedAt !== null) return false
    return takeSnapshot(records, goal, deps)
  })
  if (hasComments) await deps.doorbell.ring('comments', 'due')
}

async function rebuildDays(
  { progress, contributions }: Records,
  { keyResult, earliestDay }: DirtyKeyResult,
): Promise<void> {
  if (earliestDay === null) return
  const opening = await progress.dayBefore(keyResult, earliestDay)
  const flow = await contributions.flowFrom(keyResult, earliestDay)
  await progress.replaceDays(keyResult, earliestDay, dayTallies(opening?.tally ?? [], flow))
}

/**
 * How long a backfill that saves nothing is taken to be under way. While one is, of any site (an issue anywhere may
 * name a key result), what is stored may be half of what Jira holds, which is no ground for a warning. One that was
 * killed for good, or fails whenever it is tried, must not silence warnings: by then each key result that was held back
 * is looked at again.
 */
const HALF_READ_MS = HOUR_MS

/** Asked after all was read: a backfill that began meanwhile may be in it. */
function isHalfRead({ backfills }: Records): Promise<boolean> {
  return backfills.isAnyUnderWay(HALF_READ_MS)
}

async function holdBack({ progress }: Records, key: KeyResultKey, now: EpochMs): Promise<RaisedWarnings> {
  await progress.lookAgainBy(key, now + HALF_READ_MS)
  return { hasComments: false, feed: [] }
}

/** @returns whether a comment has to be written */
async function takeSnapshot(
  records: Records,
  goal: KeyResultInContext,
  { clock, publicUrl, writesComments }: RecomputeDeps,
): Promise<boolean> {
  const { key } = goal.keyResult
  const now = clock.now()
  const { numbers, policy } = await computeKeyResult(records, goal, now)
  const previous = await records.progress.latestSnapshot(key)
  const { explanation, cursor } = await records.contributions.movementsSince(
    key,
    previous?.movementCursor ?? 0,
  )
  const signals = await gatherSignals(records, goal, { numbers, policy }, now)
  const warnings = (await isHalfRead(records))
    ? await holdBack(records, key, now)
    : await raiseWarnings(records, goal, signals, { now, publicUrl, writesComments })
  // Also without a new snapshot: a title, an anchor or an epic may be new. After the warnings, which it shows.
  const hasStatus = writesComments && (await wantComments(records, goal, { numbers, cursor, now, publicUrl }))
  const hasComments = hasStatus || warnings.hasComments
  const looksAlike =
    previous !== null && canonicalText(visible(previous.numbers)) === canonicalText(visible(numbers))
  if (looksAlike && explanation.movements.length === 0) {
    await records.feed.append(warnings.feed)
    return hasComments
  }

  const told = previous === null ? NOTHING_MOVED : explanation
  const snapshot = await records.progress.addSnapshot(
    { keyResult: key, asOf: now, numbers, explanation: told },
    cursor,
  )
  await records.feed.append([progressed(goal, snapshot, previous), ...warnings.feed])
  return hasComments
}

/** What a reader sees change: expected progress and pace move by the minute and are no news by themselves. */
function visible({ assessment, forecast, ...numbers }: Numbers) {
  const { health, computed, rule, policy } = assessment
  return { ...numbers, health, computed, rule, policy, forecast: visibleForecast(forecast) }
}

/** A forecast's dates and probability move a little every day: five points of probability are news. */
function visibleForecast(forecast: KeyResultForecast) {
  switch (forecast.kind) {
    case 'probability':
      return { kind: forecast.kind, twentieths: Math.round(forecast.probability * 20) }
    case 'trend':
      return { kind: forecast.kind, perWeek: forecast.perWeek }
    default:
      return forecast
  }
}

function progressed(
  { keyResult }: KeyResultInContext,
  snapshot: Snapshot,
  previous: Snapshot | null,
): NewFeedEntry {
  const { numbers, explanation, asOf, id } = snapshot
  return {
    kind: 'key_result.progressed',
    subject: keyResult.key,
    at: asOf,
    data: {
      snapshotId: id,
      progress: numbers.progress,
      rawProgress: numbers.rawProgress,
      current: numbers.current,
      target: numbers.target,
      health: numbers.assessment.health,
      probability: numbers.forecast.kind === 'probability' ? numbers.forecast.probability : null,
      progressBefore: previous?.numbers.progress ?? null,
      healthBefore: previous?.numbers.assessment.health ?? null,
      changes: explanation.counts,
    },
  }
}
