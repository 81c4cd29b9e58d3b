import type { DemoClock } from '../demo-clock.ts'
import type { RunningService } from '../demo-service.ts'
import type { JiraSimulator } from '../jira-simulator/jira-simulator.ts'
import { FIRST_WEEK, instantOn, isWeekend, LAST_WEEK, type StoryDay } from './calendar.ts'
import { SAYINGS } from './people-doings.ts'
import type { Doing } from './team-doings.ts'
import { workOff } from './work-off.ts'

export interface Quarter {
  readonly running: RunningService
  readonly jira: JiraSimulator
  readonly clock: DemoClock
  readonly doings: readonly Doing[]
}

const DAYS_OF_WEEK = 7

/** The days that are played, in order, by ISO week. */
export function quarterDays(): readonly (readonly StoryDay[])[] {
  return Array.from({ length: LAST_WEEK - FIRST_WEEK + 1 }, (_, index) =>
    Array.from({ length: DAYS_OF_WEEK }, (__, weekday) => ({ week: FIRST_WEEK + index, weekday })),
  )
}

/**
 * Plays a day: what time alone makes due in the morning, then what the teams do in Jira and what people and systems
 * report until the end of the working day, and its digests.
 */
export async function playDay({ running, jira, clock, doings }: Quarter, day: StoryDay): Promise<void> {
  const { service, call } = running
  clock.set(instantOn(day, 7))
  await service.work.sweep()
  await workOff(service)
  if (isWeekend(day)) return

  const from = instantOn(day, 0)
  const until = instantOn(day, 17, 30)
  clock.set(until)
  for (const doing of doings) if (doing.at > from && doing.at <= until) doing.do(jira)
  await jira.webhooks.flush()
  const sayings = SAYINGS.filter(({ day: { week, weekday } }) => week === day.week && weekday === day.weekday)
  for (const { method, path, body } of sayings) await call(method, path, body)
  await workOff(service)
  await service.work.digests()
  await workOff(service)
}
