import { deliveryState } from '../../contributions/delivered.ts'
import { issueAsOf } from '../../mirror/as-of.ts'
import type { Sprint } from '../../mirror/facts.ts'
import type { IssueHistory, IssueState } from '../../mirror/issue.ts'
import { DAY_MS, type EpochMs } from '../../time.ts'
import type { SprintReportRules } from '../sprint-report.ts'
import { NOTHING, type Amount, type SprintObservation } from './observation.ts'

/** Jira proposes two weeks; some sprints come without a planned end. */
const USUAL_PLANNED_DAYS = 14

type Place = 'toDo' | 'inProgress' | 'done'

const PLACE = { to_do: 'toDo', in_progress: 'inProgress', delivered: 'done', not_delivered: null } as const

/** A sprint with everything that is known of its issues, to be looked at as of any instant. */
export interface WatchedSprint {
  /**
   * The sprint as it stood at an instant, each issue with its size of that moment (what left: its size when it left).
   * A sprint that has not started is seen as about to start with what is in it at `at`. Sub-tasks are part of their
   * story; an issue closed as Won't Do is out of scope, as if removed. The team are the assignees of that moment.
   */
  observe(at: EpochMs): SprintObservation
  /**
   * What a closed sprint's forecast of `at` is measured by: points delivered by its end, minus points in scope at
   * `at`, to a millionth (points may be tenths); below 0 the sprint fell short. What left the sprint was not delivered
   * by it. null for a sprint whose end is not known.
   */
  outcome(at: EpochMs): number | null
}

interface Standing {
  readonly state: IssueState
  readonly place: Place
}

/**
 * What is asked at several instants of one sprint shares what it finds: its start and its end are part of each answer.
 *
 * @param histories every issue that is or ever was in the sprint
 * @param group whose history the forecast may learn from
 */
export function watchSprint(
  sprint: Sprint,
  histories: readonly IssueHistory[],
  rules: SprintReportRules,
  group = 'site',
): WatchedSprint {
  const work = histories
    .filter(({ current }) => current.level !== -1)
    .map((history) => ({ history, listed: rememberingEach((at) => inScope(history, sprint, rules, at)) }))
  const plannedDays = plannedDaysOf(sprint)
  return {
    observe(at) {
      const startAt = sprint.state === 'future' ? at : Math.min(sprint.startAt ?? at, at)
      const amounts: Record<'start' | 'added' | 'removed' | Place, Amount> = {
        start: NOTHING,
        added: NOTHING,
        removed: NOTHING,
        toDo: NOTHING,
        inProgress: NOTHING,
        done: NOTHING,
      }
      const count = (list: keyof typeof amounts, points: number | null) =>
        (amounts[list] = { issues: amounts[list].issues + 1, points: amounts[list].points + (points ?? 0) })
      const people = new Set<string>()

      for (const { history, listed } of work) {
        const instants = turningPoints(history, startAt, at)
        const entered = instants.findIndex((instant) => listed(instant) !== null)
        if (entered === -1) continue
        const first = listed(instants[entered]!)!
        count(instants[entered] === startAt ? 'start' : 'added', first.state.points)
        const now = listed(at)
        const left = now === null ? instants.findLast((instant) => listed(instant - 1) !== null) : undefined
        const last = now ?? (left === undefined ? first : listed(left - 1)!)
        count(now?.place ?? 'removed', last.state.points)
        if (last.state.assigneeId !== null) people.add(last.state.assigneeId)
      }
      return {
        group,
        board: String(sprint.boardId ?? 'none'),
        sprint: String(sprint.sprintId),
        elapsedShare: Math.min(1, (at - startAt) / (plannedDays * DAY_MS)),
        plannedDays,
        ...amounts,
        teamSize: people.size,
      }
    },

    outcome(at) {
      const endAt = sprint.state === 'closed' ? (sprint.completeAt ?? sprint.endAt) : null
      if (endAt === null) return null
      let delivered = 0
      let scope = 0
      for (const { listed } of work) {
        const atEnd = listed(Math.max(at, endAt))
        if (atEnd?.place === 'done') delivered += atEnd.state.points ?? 0
        scope += listed(at)?.state.points ?? 0
      }
      return Math.round((delivered - scope) * 1e6) / 1e6
    },
  }
}

function rememberingEach(find: (at: EpochMs) => Standing | null): (at: EpochMs) => Standing | null {
  const found = new Map<EpochMs, Standing | null>()
  return (at) => {
    const known = found.get(at)
    if (known !== undefined) return known
    const standing = find(at)
    found.set(at, standing)
    return standing
  }
}

function inScope(
  history: IssueHistory,
  sprint: Sprint,
  rules: SprintReportRules,
  at: EpochMs,
): Standing | null {
  const state = issueAsOf(history, at, rules.categories)
  if (state === null || !state.sprintIds.includes(sprint.sprintId)) return null
  const place = PLACE[deliveryState(state, rules.notDelivered)]
  return place === null ? null : { state, place }
}

/** The start and every later instant, up to `at`, at which the issue may have come into scope or left it. */
function turningPoints(history: IssueHistory, startAt: EpochMs, at: EpochMs): EpochMs[] {
  const moves = history.changes.filter(
    ({ field }) => field === 'sprint' || field === 'status' || field === 'resolution',
  )
  const later = [history.createdAt, ...moves.map((change) => change.at), history.deletedAt ?? Infinity]
  return [startAt, ...later.filter((instant) => instant > startAt && instant <= at).sort((a, b) => a - b)]
}

/** A sprint whose planned end is missing, or not after its start, counts as planned for two weeks. */
export function plannedDaysOf({ startAt, endAt }: Sprint): number {
  if (startAt === null || endAt === null || endAt <= startAt) return USUAL_PLANNED_DAYS
  return (endAt - startAt) / DAY_MS
}
