import type { KeyResultKey } from '../ids.ts'
import type { EpochMs } from '../time.ts'
import { isWorse, type WarningFacts, type WarningKind, type WarningLevel } from './signal.ts'

/**
 * One continuous period of one kind of warning of one key result. At most one of a kind is open at a time.
 *
 *   raised ─▶ open (at_risk ⇄ off_track) ─▶ resolved
 *
 * While it is open people may acknowledge it (they know; a worse level is news again) and snooze it (they do not want
 * to hear of it until then). Both only concern who is told: it is shown all the same.
 */
export interface Episode {
  readonly id: number
  readonly keyResult: KeyResultKey
  readonly kind: WarningKind
  readonly level: WarningLevel
  /** Why it stands, as of the last time that a reader would have seen a difference. */
  readonly facts: WarningFacts
  readonly raisedAt: EpochMs
  /** Since when it has this level. */
  readonly levelSince: EpochMs
  /** null while it is open. */
  readonly resolvedAt: EpochMs | null
  readonly acknowledgement: Acknowledgement | null
  readonly snooze: Snooze | null
}

export type NewEpisode = Omit<Episode, 'id'>

export interface Acknowledgement {
  readonly by: string
  readonly note: string
  readonly at: EpochMs
  /** How bad it was then: of a worse level nobody knew. */
  readonly level: WarningLevel
}

export interface Snooze {
  readonly by: string
  readonly note: string
  readonly at: EpochMs
  readonly until: EpochMs
}

/** True when somebody has said that they know, and it has not become worse since. */
export function isKnown({ acknowledgement, level }: Pick<Episode, 'acknowledgement' | 'level'>): boolean {
  return acknowledgement !== null && !isWorse(level, acknowledgement.level)
}

export function isSnoozed({ snooze }: Pick<Episode, 'snooze'>, now: EpochMs): boolean {
  return snooze !== null && now < snooze.until
}
