import type { SprintForecast } from '../../domain/sprints/forecast/sprint-forecast.ts'
import { keyResultsNamedIn } from '../../domain/sprints/sprint-goal.ts'
import { planSprint as plan, type SprintPlan } from '../../domain/sprints/sprint-plan.ts'
import { ThroughlineError } from '../errors.ts'
import type { StoredSprint } from '../ports/mirror.ts'
import { forecastSprint, loadEarlierSprints } from './earlier-sprints.ts'
import { findLiveSprint, type NamedSprint } from './find-sprint.ts'
import { runningKeyResults, standingsOf } from './key-result-standings.ts'
import { loadSprints, type SprintViewDeps } from './load-sprints.ts'

export interface PlannedSprint {
  readonly sprint: StoredSprint
  readonly plan: SprintPlan
  readonly forecast: SprintForecast
}

/**
 * What a future or active sprint means for key results: for sprint planning.
 * @throws ThroughlineError `OKR_SPRINT_NOT_FOUND`, `OKR_SPRINT_CLOSED`
 */
export async function planSprint(deps: SprintViewDeps, named: NamedSprint): Promise<PlannedSprint> {
  const { records, now } = deps
  const sprint = await findLiveSprint(records, named)
  if (sprint.state === 'closed') {
    throw new ThroughlineError(
      'OKR_SPRINT_CLOSED',
      `Sprint ${named.text} is closed; a plan is for one that is to come or runs. Ask for its review.`,
    )
  }
  const running = await runningKeyResults(records, now)
  const known = new Map(running.map((goal) => [goal.keyResult.key, goal]))
  const [earlier, { pasts, goals, links }] = await Promise.all([
    loadEarlierSprints(deps, sprint),
    loadSprints(deps, sprint.siteId, [sprint], { goals: known, withBlockers: true }),
  ])
  const past = pasts[0]!
  const inGoal = keyResultsNamedIn(sprint.goal, links)
  const onlyNamed = inGoal.filter((key) => !known.has(key) && !goals.has(key))
  const standings = await standingsOf(records, [
    ...new Map([...known, ...goals]).values(),
    ...(await records.goals.keyResultsIn(onlyNamed)),
  ])
  const input = {
    past,
    neighbours: [...earlier.pasts.map((each) => each.sprint), ...earlier.running],
    workedOnBefore: earlier.workedOn,
    named: inGoal,
    standings,
  }
  return { sprint, plan: plan(input, now), forecast: forecastSprint(past, earlier.pasts, now) }
}
