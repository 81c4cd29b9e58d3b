import type { KeyResultInContext } from '../ports/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { WorkingCalendar } from '../../domain/calendar/working-time.ts'
import { byKeyResult } from '../../domain/sprints/sprint-work.ts'
import {
  lastWorkingDayStart,
  PLAIN_CALENDAR,
  standup,
  type Standup,
} from '../../domain/sprints/sprint-standup.ts'
import { dayOf, type EpochMs } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import type { StoredSprint } from '../ports/mirror.ts'
import { findLiveSprint, type NamedSprint } from './find-sprint.ts'
import { standingsOf } from './key-result-standings.ts'
import { loadSprints, type SprintViewDeps } from './load-sprints.ts'

export interface StoodUpSprint {
  readonly sprint: StoredSprint
  readonly standup: Standup
}

/**
 * What happened in an active sprint since the last working day, or since an instant; not before the sprint began.
 * @throws ThroughlineError `OKR_SPRINT_NOT_FOUND`, `OKR_SPRINT_NOT_STARTED`, `OKR_SPRINT_CLOSED`
 */
export async function standUpSprint(
  deps: SprintViewDeps,
  named: NamedSprint,
  since: EpochMs | null,
): Promise<StoodUpSprint> {
  const { records, now } = deps
  const sprint = await findLiveSprint(records, named)
  if (sprint.state === 'closed') {
    throw new ThroughlineError(
      'OKR_SPRINT_CLOSED',
      `Sprint ${named.text} is closed; a standup is for one that runs. Ask for its review.`,
    )
  }
  if (sprint.state === 'future' || sprint.startAt === null) {
    throw new ThroughlineError(
      'OKR_SPRINT_NOT_STARTED',
      `Sprint ${named.text} has not started; a standup is for one that runs. Ask for its plan.`,
    )
  }
  const { pasts, goals } = await loadSprints(deps, sprint.siteId, [sprint], { withBlockers: true })
  const standings = await standingsOf(records, goals.values())
  const wanted = since ?? lastWorkingDayStart(now, calendarOf(goals, now))
  const from = Math.min(now, Math.max(wanted, sprint.startAt))
  return { sprint, standup: standup(pasts[0]!, standings, from, now) }
}

/** The calendar of the cycle that runs now and whose key results the sprint serves; the first by key decides. */
function calendarOf(goals: ReadonlyMap<KeyResultKey, KeyResultInContext>, now: EpochMs): WorkingCalendar {
  const running = [...goals]
    .map(([keyResult, { cycle }]) => ({ keyResult, cycle }))
    .filter(({ cycle }) => {
      const today = dayOf(now, cycle.calendar.timeZone)
      return cycle.startDay <= today && today <= cycle.endDay
    })
  return running.sort(byKeyResult)[0]?.cycle.calendar ?? PLAIN_CALENDAR
}
