import { dayOf, nextDay, startOfDay, type EpochMs } from '../time.ts'

/**
 * From when people may be told of a key result again: one notifying comment a calendar day, in the time zone of its
 * cycle.
 *
 * @param lastAt when they were told last; null: never
 */
export function nextNoticeAt(lastAt: EpochMs | null, timeZone: string): EpochMs {
  return lastAt === null ? 0 : startOfDay(nextDay(dayOf(lastAt, timeZone)), timeZone)
}
