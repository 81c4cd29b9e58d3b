import { isWorkingDay } from '../calendar/working-time.ts'
import type { Team } from '../team.ts'
import { dayOf, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'

/** No team has a holiday that is longer. */
const LONGEST_BREAK_DAYS = 60

/**
 * The end of the working day that a team's digest is due for by now; null when the last one told of it already. After
 * an outage one digest tells of all the days since: the latest end counts. A team that never had one hears of today
 * first, not of the days before it was there.
 *
 * @param lastDigestAt the end of the working day that the last digest was for
 */
export function dueDigest(
  team: Pick<Team, 'calendar' | 'endOfDay'>,
  lastDigestAt: EpochMs | null,
  now: EpochMs,
): EpochMs | null {
  const today = dayOf(now, team.calendar.timeZone)
  const latest = latestEnd(team, today, now)
  if (latest === null) return null
  const told = lastDigestAt ?? startOfDay(today, team.calendar.timeZone) - 1
  return latest > told ? latest : null
}

function latestEnd(
  { calendar, endOfDay }: Pick<Team, 'calendar' | 'endOfDay'>,
  today: CalendarDay,
  now: EpochMs,
): EpochMs | null {
  let day = Temporal.PlainDate.from(today)
  for (let back = 0; back <= LONGEST_BREAK_DAYS; back++, day = day.subtract({ days: 1 })) {
    if (!isWorkingDay(day.toString(), calendar)) continue
    const end = day.toZonedDateTime({ timeZone: calendar.timeZone, plainTime: endOfDay }).epochMilliseconds
    if (end <= now) return end
  }
  return null
}
