import { dayTallies } from '../domain/contributions/tally.ts'
import { NOTHING_MOVED } from '../domain/explanation.ts'
import type { KeyResultForecast } from '../domain/forecast/key-result-forecast.ts'
import type { KeyResultKey } from '../domain/ids.ts'
import { canonicalText } from '../domain/mirror/facts.ts'
import type { Numbers } from '../domain/snapshot.ts'
import { HOUR_MS, type EpochMs } from '../domain/time.ts'
import { computeKeyResult } from './compute-key-result.ts'
import { nameOf } from './failure.ts'
import type { Clock } from './ports/clock.ts'
import type { Doorbell } from './ports/doorbell.ts'
import type { NewFeedEntry } from './ports/feed.ts'
import type { KeyResultInContext } from './ports/goals.ts'
import type { Log } from './ports/log.ts'
import type { DirtyKeyResult, Snapshot } from './ports/progress.ts'
import type { Database, Records } from './ports/records.ts'
import { relinkKeyResults, type RelinkDeps, type WhileLinked } from './relink-key-results.ts'
import { gatherSignals } from './gather-signals.ts'
import { wantComments } from './want-comments.ts'
import { raiseWarnings, type RaisedWarnings } from './warnings/raise-warnings.ts'

export interface RecomputeDeps extends RelinkDeps {
  readonly database: Database
  readonly clock: Clock
  readonly doorbell: Pick<Doorbell, 'ring'>
  /** True for an error that says the database is away. */
  readonly isOutage: (error: unknown) => boolean
  /** Throughline's own address, for links in comments. */
  readonly publicUrl: string
  /** False where no Jira can be written to, or comments are switched off. */
  readonly writesComments: boolean
}

/**
 * Recomputes one key result from what is stored: daily tallies from the first day that moved, numbers, a snapshot if
 * a reader would see a difference, warnings (once no backfill is under way), feed entries, and what its comments should
 * say; before that its links, if that was asked for. Doing it twice changes nothing.
 *
 * @param whileLinked `leave`: one that another run links anew is recomputed by that run, and not when this resolves
 */
export async function recomputeKeyResult(
  deps: RecomputeDeps,
  key: KeyResultKey,
  whileLinked: WhileLinked = 'leave',
): Promise<void> {
  await recomputePortion(deps, [key], whileLinked)
}

/** Key results in one transaction: what they read is read for all of them at once. */
const TOGETHER = 25

/**
 * Recomputes those of many key results that are marked. One that cannot be recomputed keeps no other waiting: its
 * portion is taken apart, and it is left to the sweeper.
 *
 * @returns those that failed
 */
export async function recomputeKeyResults(
  deps: RecomputeDeps & { readonly log: Log },
  keys: readonly KeyResultKey[],
): Promise<readonly KeyResultKey[]> {
  const failed: KeyResultKey[] = []
  for (let start = 0; start < keys.length; start += TOGETHER) {
    failed.push(...(await failedOf(deps, keys.slice(start, start + TOGETHER))))
  }
  return failed
}

async function failedOf(
  deps: RecomputeDeps & { readonly log: Log },
  portion: readonly KeyResultKey[],
): Promise<readonly KeyResultKey[]> {
  try {
    await recomputePortion(deps, portion, 'leave')
    return []
  } catch (error) {
    if (deps.isOutage(error)) throw error
    if (portion.length === 1) {
      deps.log.error({ keyResult: portion[0], error: nameOf(error) }, 'a key result could not be recomputed')
      return portion
    }
    const failed: KeyResultKey[] = []
    for (const key of portion) failed.push(...(await failedOf(deps, [key])))
    return failed
  }
}

async function recomputePortion(
  deps: RecomputeDeps,
  keys: readonly KeyResultKey[],
  whileLinked: WhileLinked,
): Promise<void> {
  const unlinked = await recomputeTogether(deps, keys)
  if (unlinked.length === 0) return
  const linked = await relinkKeyResults(deps, unlinked, whileLinked)
  if (linked.length === 0) return
  // A wish for new links that came meanwhile: whoever heard its ring found the key result locked, and left it to us.
  for (const key of await recomputeTogether(deps, linked)) await deps.doorbell.ring('recompute', key)
}

/** @returns those that have to be linked anew first */
async function recomputeTogether(
  deps: RecomputeDeps,
  keys: readonly KeyResultKey[],
): Promise<readonly KeyResultKey[]> {
  const { left, hasComments } = await deps.database.transaction(async (records) => {
    const claimed = await records.progress.claimDirty(keys)
    const ready = claimed.filter(({ needsRelink }) => !needsRelink)
    await records.progress.clearDirty(ready)
    // All of them to their end, also when one fails: none may go on after the transaction is over.
    const outcomes = await Promise.allSettled(ready.map((dirty) => recompute(records, dirty, deps)))
    const recomputed = outcomes.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason
      return outcome.value
    })
    // Last, and once: the feed is locked from here to the commit.
    await records.feed.append(recomputed.flatMap(({ feed }) => feed))
    return {
      left: claimed.flatMap(({ keyResult, needsRelink }) => (needsRelink ? [keyResult] : [])),
      hasComments: recomputed.some((one) => one.hasComments),
    }
  })
  if (hasComments) await deps.doorbell.ring('comments', 'due')
  return left
}

interface Recomputed {
  readonly hasComments: boolean
  readonly feed: readonly NewFeedEntry[]
}

async function recompute(records: Records, dirty: DirtyKeyResult, deps: RecomputeDeps): Promise<Recomputed> {
  await rebuildDays(records, dirty)
  const goal = await records.goals.keyResult(dirty.keyResult)
  if (goal === null || goal.keyResult.archivedAt !== null || goal.cycle.closedAt !== null) {
    return { hasComments: false, feed: [] }
  }
  return takeSnapshot(records, goal, deps)
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

async function takeSnapshot(
  records: Records,
  goal: KeyResultInContext,
  { clock, publicUrl, writesComments }: RecomputeDeps,
): Promise<Recomputed> {
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
    return { hasComments, feed: warnings.feed }
  }

  const told = previous === null ? NOTHING_MOVED : explanation
  const snapshot = await records.progress.addSnapshot(
    { keyResult: key, asOf: now, numbers, explanation: told },
    cursor,
  )
  return { hasComments, feed: [progressed(goal, snapshot, previous), ...warnings.feed] }
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
