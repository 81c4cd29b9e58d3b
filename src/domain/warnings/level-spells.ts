import type { EpochMs } from '../time.ts'
import type { Episode } from './episode.ts'
import type { WarningLevel } from './signal.ts'

/** A warning had this level from an instant on. */
export interface LevelSpell {
  readonly level: WarningLevel
  readonly since: EpochMs
}

/**
 * The levels an episode had, ascending, each once in a row.
 * @param said what the audit log kept of it, in the order of the log. Only what becomes worse is written there; but a
 * level that became worse again is written with the one before, and since when that was.
 * @returns empty where the log does not reach back to its beginning
 */
export function levelSpells(
  { level, levelSince, raisedAt }: Pick<Episode, 'level' | 'levelSince' | 'raisedAt'>,
  said: readonly LevelSpell[],
): LevelSpell[] {
  const bySince = new Map([...said, { level, since: levelSince }].map((spell) => [spell.since, spell]))
  const spells = [...bySince.values()].sort((a, b) => a.since - b.since)
  if (spells[0]?.since !== raisedAt) return []
  return spells.filter((spell, index) => spell.level !== spells[index - 1]?.level)
}
