import { canonicalText } from '../mirror/facts.ts'
import type { EpochMs } from '../time.ts'
import type { Episode, NewEpisode } from './episode.ts'
import { isWorse, WARNING_KINDS, type Signal, type WarningKind, type WarningLevel } from './signal.ts'

export interface Step {
  readonly before: Episode
  readonly after: Episode
}

/** What becomes of the warnings of one key result. Of a state that fits the signals it is empty. */
export interface EpisodePlan {
  readonly raise: readonly Omit<NewEpisode, 'keyResult'>[]
  /** Worse than before: people are told, within their budget. */
  readonly escalate: readonly Step[]
  readonly resolve: readonly Step[]
  /** Less bad than before, or with other numbers: nobody is told. */
  readonly update: readonly Step[]
}

/**
 * Compares the open warnings of one key result with what is wrong with it now. Signals of one kind count once, the
 * worst of them; the order of either list does not matter.
 *
 * @param open at most one of a kind, none of them resolved
 */
export function planEpisodes(
  open: readonly Episode[],
  signals: readonly Signal[],
  now: EpochMs,
): EpisodePlan {
  const raise: Omit<NewEpisode, 'keyResult'>[] = []
  const escalate: Step[] = []
  const resolve: Step[] = []
  const update: Step[] = []
  for (const kind of WARNING_KINDS) {
    const before = open.find((episode) => episode.kind === kind)
    const signal = strongest(signals, kind)
    if (before === undefined) {
      if (signal?.begins === true && signal.level !== null) raise.push(begun(kind, signal.level, signal, now))
    } else if (signal === null) {
      resolve.push({ before, after: { ...before, resolvedAt: now } })
    } else {
      const after = goneOn(before, signal, now)
      if (isWorse(after.level, before.level)) escalate.push({ before, after })
      else if (canonicalText(after) !== canonicalText(before)) update.push({ before, after })
    }
  }
  return { raise, escalate, resolve, update }
}

function begun(
  kind: WarningKind,
  level: WarningLevel,
  { facts }: Signal,
  now: EpochMs,
): Omit<NewEpisode, 'keyResult'> {
  return {
    kind,
    level,
    facts,
    raisedAt: now,
    levelSince: now,
    resolvedAt: null,
    acknowledgement: null,
    snooze: null,
  }
}

function goneOn(before: Episode, { level, facts }: Signal, now: EpochMs): Episode {
  const isSame = level === null || level === before.level
  return isSame ? { ...before, facts } : { ...before, facts, level, levelSince: now }
}

/** Equally bad ones in an order of their own, so that the same warning is not told with other numbers each time. */
function strongest(signals: readonly Signal[], kind: WarningKind): Signal | null {
  const [first] = signals
    .filter(({ facts, isOver }) => facts.detail.kind === kind && isOver !== true)
    .toSorted((a, b) => {
      if (isWorse(a.level, b.level)) return -1
      if (isWorse(b.level, a.level)) return 1
      if (a.begins !== b.begins) return a.begins ? -1 : 1
      return canonicalText(a.facts) < canonicalText(b.facts) ? -1 : 1
    })
  return first ?? null
}
