import type { Digest } from '../../domain/digest/team-digest.ts'
import type { KeyResultKey, TeamKey } from '../../domain/ids.ts'
import type { Numbers } from '../../domain/snapshot.ts'
import type { CalendarDay, EpochMs } from '../../domain/time.ts'

export interface DigestRecords {
  /** The end of the working day that each team's last digest was for; none for a team that never had one. */
  lastDueAts(teams: readonly TeamKey[]): Promise<ReadonlyMap<TeamKey, EpochMs>>
  /** False when the digest of that day was sent already: of two that try at once, one is told so. */
  claim(digest: { team: TeamKey; day: CalendarDay; dueAt: EpochMs; sentAt: EpochMs }): Promise<boolean>
  /** Keeps what was sent beside the claim; without it there was no news. */
  keep(team: TeamKey, day: CalendarDay, digest: Digest): Promise<void>
  /** Live key results of the team's live objectives. */
  keyResultsOf(team: TeamKey): Promise<KeyResultKey[]>
  /** The numbers that these key results had at an instant, and up to which movement they told. */
  numbersAt(
    keys: readonly KeyResultKey[],
    at: EpochMs,
  ): Promise<ReadonlyMap<KeyResultKey, { numbers: Numbers; movementCursor: number }>>
}
