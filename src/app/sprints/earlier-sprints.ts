import type { KeyResultKey } from '../../domain/ids.ts'
import { watchSprint } from '../../domain/sprints/forecast/observe-sprint.ts'
import { createSprintForecaster, type SprintForecast } from '../../domain/sprints/forecast/sprint-forecast.ts'
import { plannedRun, sprintRhythmMs } from '../../domain/sprints/sprint-pace.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { StoredSprint } from '../ports/mirror.ts'
import { issuesOfSprints, loadIssuePasts, type IssuePast, type SprintViewDeps } from './load-sprints.ts'

/** Enough to know a team by, and as much as a plan may cost. */
const MOST_SPRINTS = 12
const MOST_ISSUES = 1_000

/** Shares of a sprint's planned time at which an earlier one is looked back at. */
const LOOKED_AT = [0, 0.3, 0.5, 0.8]

export interface EarlierSprints {
  /** Closed sprints of the same board, oldest first. */
  readonly pasts: readonly IssuePast[]
  /** Other sprints of the board that run now. */
  readonly running: readonly StoredSprint[]
  readonly workedOn: ReadonlySet<KeyResultKey>
}

/** The last closed sprints of a sprint's board, as many as hold a bounded number of issues. */
export async function loadEarlierSprints(
  deps: SprintViewDeps,
  { siteId, boardId, sprintId }: StoredSprint,
): Promise<EarlierSprints> {
  if (boardId === null) return { pasts: [], running: [], workedOn: new Set() }
  const { mirror } = deps.records
  const [others, active] = await Promise.all([
    mirror.closedSprints(siteId, boardId, { after: null, limit: MOST_SPRINTS }),
    mirror.sprints({ siteId, state: 'active', boardId, after: null, limit: MOST_SPRINTS }),
  ])
  const issueIds = await issuesOfSprints(
    deps.records,
    siteId,
    others.map((each) => each.sprintId),
  )
  let issues = 0
  const taken = others.filter((_, index) => (issues += issueIds[index]!.length) <= MOST_ISSUES)
  const ofTaken = issueIds.slice(0, taken.length)
  const [{ pasts }, workedOn] = await Promise.all([
    loadIssuePasts(deps, siteId, taken, ofTaken),
    deps.records.contributions.keyResultsOf(siteId, [...new Set(ofTaken.flat())]),
  ])
  return {
    pasts: pasts.toReversed(),
    running: active.filter((each) => each.sprintId !== sprintId && each.deletedAt === null),
    workedOn: new Set(workedOn),
  }
}

/** The sprint's own forecast of now, by what earlier sprints of its board came to. */
export function forecastSprint(past: IssuePast, earlier: readonly IssuePast[], now: EpochMs): SprintForecast {
  const forecaster = createSprintForecaster()
  const rhythmMs = sprintRhythmMs([...earlier.map(({ sprint }) => sprint), past.sprint])
  for (const { sprint, histories, rules } of earlier) {
    const run = plannedRun(sprint, rhythmMs, now)
    const endAt = sprint.completeAt ?? run.endAt
    const watched = watchSprint(sprint, histories, rules)
    for (const share of LOOKED_AT) {
      const at = run.startAt + share * (run.endAt - run.startAt)
      const outcome = at >= endAt ? null : watched.outcome(at)
      if (outcome !== null) forecaster.learn(watched.observe(at), outcome)
    }
  }
  return forecaster.predict(watchSprint(past.sprint, past.histories, past.rules).observe(now))
}
