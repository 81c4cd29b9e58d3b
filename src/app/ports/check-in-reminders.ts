import type { LastWords } from '../../domain/check-ins/due-check-ins.ts'
import type { CadenceTime } from '../../domain/check-ins/cadence.ts'
import type { KeyResultKey, TeamKey } from '../../domain/ids.ts'
import type { CalendarDay, EpochMs } from '../../domain/time.ts'

export interface CheckInReminderRecords {
  /** The last cadence day each of these teams was reminded of; none for a team that never was. */
  lastDays(teams: readonly TeamKey[]): Promise<ReadonlyMap<TeamKey, CalendarDay>>
  /** False when the team was reminded of that day already: of two that try at once, one is told so. */
  claim(team: TeamKey, day: CalendarDay): Promise<boolean>
  /** The open cycles in which these teams have live objectives. */
  openCycles(teams: readonly TeamKey[]): Promise<ReadonlyMap<TeamKey, CadenceTime[]>>
  /**
   * What was said of these key results up to an instant.
   * @param since before it a word need not be found
   */
  lastWords(
    keys: readonly KeyResultKey[],
    range: { readonly since: EpochMs; readonly until: EpochMs },
  ): Promise<ReadonlyMap<KeyResultKey, LastWords>>
}
