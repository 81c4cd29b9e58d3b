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

/** When a person's word holds. */
export type Tenure = Pick<HealthOverride, 'at' | 'untilDay'>

/** The first instant after an override's last day. */
export function overrideEnd(override: Tenure, calendar: WorkingCalendar): EpochMs {
  return startOfDay(nextDay(override.untilDay), calendar.timeZone)
}

/** The override if it applies at an instant: from when it was given to the end of its last day. */
export function overrideInForce<Override extends Tenure>(
  override: Override | null,
  now: EpochMs,
  calendar: WorkingCalendar,
): Override | null {
  if (override === null || now < override.at) return null
  return now < overrideEnd(override, calendar) ? override : null
}
