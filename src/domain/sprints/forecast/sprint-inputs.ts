import { logit, type WeightPrior } from './bayesian-logistic.ts'
import { leftOf, scopeOf, type SprintObservation } from './observation.ts'
import type { PastOfSprint } from './sprint-memory.ts'

/** One number a forecast looks at, under the name people are told, with what is believed of its weight beforehand. */
export interface SprintInput extends WeightPrior {
  readonly name: string
  readonly value: number
}

/**
 * Everything a forecast looks at, about 0 in a usual sprint. The means of the weights are what reason says before
 * any sprint was seen: more left, more of it for each person and a board that often falls short speak for falling
 * short, and work without points cannot fall short in points.
 */
export function sprintInputs(seen: SprintObservation, past: PastOfSprint): SprintInput[] {
  const scope = scopeOf(seen)
  const { points: leftPoints, issues: leftIssues } = leftOf(seen)
  const left = share(leftPoints, scope.points)
  const inProgress = share(seen.inProgress.points, leftPoints) - 0.3
  const everIn = scope.points + seen.removed.points
  const inUnits = (points: number) => Math.log1p(points / past.pointUnit)
  const people = Math.max(1, seen.teamSize)
  return [
    input('usual_outcome', 1, 0, 1),
    input('remaining_work', left - 0.5, 1, 1),
    input('remaining_work', share(leftIssues, scope.issues) - 0.5, 0.5, 1),
    input('remaining_work', Number(leftPoints === 0), -2, 1.5),
    input('remaining_work', above(left, 0.3), 0, 1),
    input('remaining_work', above(left, 0.7), 0, 1),
    input('pace', left - (1 - seen.elapsedShare), 1, 1),
    input('pace', left * seen.elapsedShare, 1, 1.5),
    input('time_passed', seen.elapsedShare - 0.5, 0.3, 1),
    input('work_in_progress', inProgress, -0.3, 0.7),
    input('work_in_progress', inProgress * seen.elapsedShare, 0, 1),
    input('added_work', share(seen.added.points, everIn) - 0.1, 0, 1),
    input('removed_work', share(seen.removed.points, everIn), 0, 1),
    input('size', inUnits(scope.points) - 3, 0.2, 0.3),
    input('size', Math.log1p(scope.issues) - 2.5, 0.1, 0.3),
    input('size', inUnits(leftPoints) - 2, 0.2, 0.3),
    input('size', inUnits(scope.issues < 1 ? 0 : scope.points / scope.issues) - 1.3, 0, 0.3),
    input('team', Math.log1p(leftIssues / people) - 1, 0.1, 0.3),
    input('team', Math.log1p(seen.teamSize) - 1.5, 0, 0.3),
    input('length', Math.log1p(seen.plannedDays) - 2.7, 0, 0.3),
    input('board_history', logit(past.boardRate) - 0.4, 0.15, 0.2),
    input('board_history', past.surprise, 1, 0.7),
    input('last_sprint', past.lastFellShort, 0.1, 0.2),
    input('stretch', past.stretch, 0.6, 0.4),
    input('against_usual', left - past.usualLeft, 1, 1),
  ]
}

function input(name: string, value: number, mean: number, deviation: number): SprintInput {
  return { name, value, mean, deviation }
}

/** What came in may have been estimated anew since, to less than it came with. */
const share = (part: number, whole: number) => (whole <= 0 ? 0 : Math.min(1, part / whole))
const above = (value: number, edge: number) => Math.max(0, value - edge)
