import type { EpochMs } from '../time.ts'
import type { Episode } from '../warnings/episode.ts'
import type { PastWarning } from './retrospective.ts'

export type KnownWarning = Pick<Episode, 'kind' | 'level' | 'raisedAt' | 'resolvedAt'> &
  Pick<PastWarning, 'levels'>

/** What of a warning lies after an instant; null: nothing. One that stood then stands from then on. */
export function warningSince(warning: KnownWarning, from: EpochMs): KnownWarning | null {
  const { raisedAt, resolvedAt, levels } = warning
  if (raisedAt >= from) return warning
  if (resolvedAt !== null && resolvedAt <= from) return null
  const standing = levels.findLastIndex(({ since }) => since <= from)
  const clipped = levels.slice(standing).map(({ level, since }) => ({ level, since: Math.max(since, from) }))
  return { ...warning, raisedAt: from, levels: clipped }
}
