import type { WorkingCalendar } from '../calendar/working-time.ts'
import { nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import type { Health } from './health.ts'

/** A person's word against the computed health, in force to the end of a day. Plain JSON. */
export interface HealthOverride {
  readonly health: Health
  readonly reason: string
  readonly by: string
  readonly at: EpochMs
  /** Its last day, in the calendar's zone. */
  readonly untilDay: CalendarDay
}

/** The first instant after an override's last day. */
export function overrideEnd(override: HealthOverride, calendar: WorkingCalendar): EpochMs {
  return startOfDay(nextDay(override.untilDay), calendar.timeZone)
}

/** The override if it applies at an instant: from when it was given to the end of its last day. */
export function overrideInForce(
  override: HealthOverride | null,
  now: EpochMs,
  calendar: WorkingCalendar,
): HealthOverride | null {
  if (override === null || now < override.at) return null
  return now < overrideEnd(override, calendar) ? override : null
}
