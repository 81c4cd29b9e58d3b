import type { EpochMs } from '../../../domain/time.ts'
import type { JsonObject, StoredSprint } from './jira-history.ts'
import { sprintInstant } from './jira-time.ts'

/** How a site writes sprints into the Sprint field: objects (Cloud since 2020) or GreenHopper strings (Server). */
export type SprintForm = 'objects' | 'strings'

/** The sprint as it was at an instant: without dates before its start, without completion before that. */
export function sprintAsOf(sprint: StoredSprint, at: EpochMs): StoredSprint {
  if (sprint.state === 'future') return sprint
  if (sprint.startAt === null || at < sprint.startAt) {
    return { ...sprint, state: 'future', startAt: null, endAt: null, completeAt: null }
  }
  if (sprint.completeAt !== null && at < sprint.completeAt) {
    return { ...sprint, state: 'active', completeAt: null }
  }
  return sprint
}

/** A sprint as the agile API and sprint events show it. A sprint without a goal has no `goal` key at first. */
export function agileSprint(sprint: StoredSprint, baseUrl: string): JsonObject {
  return {
    id: sprint.id,
    self: `${baseUrl}/rest/agile/1.0/sprint/${sprint.id}`,
    state: sprint.state,
    name: sprint.name,
    ...dates(sprint),
    originBoardId: sprint.originBoardId,
    ...(sprint.state === 'future' && sprint.goal === '' ? {} : { goal: sprint.goal }),
  }
}

/** One entry of an issue's Sprint field. */
export function sprintFieldEntry(sprint: StoredSprint, form: SprintForm): JsonObject | string {
  if (form === 'strings') return greenhopperSprint(sprint)
  return {
    id: sprint.id,
    name: sprint.name,
    state: sprint.state,
    boardId: sprint.originBoardId,
    goal: sprint.goal,
    ...dates(sprint),
  }
}

function dates(sprint: StoredSprint): JsonObject {
  return {
    ...(sprint.startAt === null ? {} : { startDate: sprintInstant(sprint.startAt) }),
    ...(sprint.endAt === null ? {} : { endDate: sprintInstant(sprint.endAt) }),
    ...(sprint.completeAt === null ? {} : { completeDate: sprintInstant(sprint.completeAt) }),
  }
}

function greenhopperSprint(sprint: StoredSprint): string {
  const instant = (at: EpochMs | null) => (at === null ? '<null>' : sprintInstant(at))
  const attributes = [
    `completeDate=${instant(sprint.completeAt)}`,
    `endDate=${instant(sprint.endAt)}`,
    `goal=${sprint.goal}`,
    `id=${sprint.id}`,
    `name=${sprint.name}`,
    `rapidViewId=${sprint.originBoardId}`,
    `sequence=${sprint.id}`,
    `startDate=${instant(sprint.startAt)}`,
    `state=${sprint.state.toUpperCase()}`,
  ]
  const hash = sprint.id.toString(16).padStart(8, '0')
  return `com.atlassian.greenhopper.service.sprint.Sprint@${hash}[${attributes.join(',')}]`
}
