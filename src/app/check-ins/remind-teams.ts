import { lastCadenceDay, type CadenceTime } from '../../domain/check-ins/cadence.ts'
import type { DueCheckIn } from '../../domain/check-ins/due-check-ins.ts'
import type { Team } from '../../domain/team.ts'
import { dayOf, startOfDay, type CalendarDay, type EpochMs } from '../../domain/time.ts'
import type { Clock } from '../ports/clock.ts'
import type { Database, Records } from '../ports/records.ts'
import { dueCheckInsOf } from './read-due-check-ins.ts'

interface ReminderDeps {
  readonly database: Database
  readonly clock: Clock
}

/**
 * Tells the feed of each team's check-ins when a cadence day has begun, once: that it was told and what was told commit
 * together. After an outage the last cadence day is told late, the ones before it not at all. A day on which nothing is
 * due is noted and nothing is told. A team's failure keeps no other waiting: it is thrown when all had their turn.
 */
export async function remindTeams({ database, clock }: ReminderDeps): Promise<void> {
  const { goals, checkInReminders } = database.records
  const teams = (await goals.teams()).filter(({ checkIns }) => checkIns !== null)
  if (teams.length === 0) return
  const keys = teams.map(({ key }) => key)
  const told = await checkInReminders.lastDays(keys)
  const cycles = await checkInReminders.openCycles(keys)
  const now = clock.now()
  const failures: unknown[] = []
  for (const team of teams) {
    try {
      const day = latestCadenceDay(team, cycles.get(team.key) ?? [], now)
      if (day === null || day <= (told.get(team.key) ?? '')) continue
      await database.transaction((records) => remind(records, team, day, now))
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

/** The last cadence day over the cycles that run; null when there is none. */
function latestCadenceDay(
  { checkIns, calendar }: Team,
  cycles: readonly CadenceTime[],
  now: EpochMs,
): CalendarDay | null {
  if (checkIns === null) return null
  const today = dayOf(now, calendar.timeZone)
  const running = cycles.filter(({ startDay, endDay }) => startDay <= today && endDay >= today)
  const days = running.flatMap((cycle) => lastCadenceDay(checkIns, calendar, cycle, today) ?? [])
  return days.toSorted().at(-1) ?? null
}

async function remind(records: Records, team: Team, day: CalendarDay, now: EpochMs): Promise<void> {
  if (!(await records.checkInReminders.claim(team.key, day))) return
  const due = await dueCheckInsOf(records, team, now)
  if (due.length === 0) return
  const data = { title: team.title, day, checkIns: due.map(toldOf) }
  const at = startOfDay(day, team.calendar.timeZone)
  await records.feed.append([{ kind: 'check_ins.due', subject: team.key, at, data }])
}

function toldOf({ keyResult: { key, title, owner }, sinceDay, asked }: DueCheckIn) {
  return { keyResult: key, title, owner, sinceDay, asked }
}
