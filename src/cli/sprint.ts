import type { NamedSprint } from '../app/sprints/find-sprint.ts'
import { boardTrend } from '../app/sprints/board-trend.ts'
import { planSprint } from '../app/sprints/plan-sprint.ts'
import { reviewSprint } from '../app/sprints/review-sprint.ts'
import { standUpSprint } from '../app/sprints/stand-up-sprint.ts'
import { ThroughlineError } from '../app/errors.ts'
import type { Service } from '../compose.ts'
import type { Settings } from '../config.ts'
import { parseSprintId } from '../contracts/api/sprint.ts'
import { say, withService } from './one-off.ts'
import { planText, reviewText, standupText, trendText } from './sprint-text.ts'

/** What a person gives on the command line: Jira's id, and the site where several have one. */
export interface Named {
  readonly id: string
  readonly site: string | null
}

/** Prints what a future or active sprint plans for key results. */
export async function printSprintPlan(settings: Settings, named: Named): Promise<void> {
  await withService(settings, async (service) => {
    say(planText(await planSprint(depsOf(service), sprintNamed(named))))
  })
}

/** Prints what happened in an active sprint since the last working day, or since an instant. */
export async function printSprintStandup(
  settings: Settings,
  named: Named,
  sinceText: string | null,
): Promise<void> {
  const since = sinceText === null ? null : Date.parse(sinceText)
  if (Number.isNaN(since)) {
    throw new ThroughlineError(
      'OKR_INPUT_INVALID',
      `--since ${sinceText} is no instant; expected something like 2026-11-20T09:00:00Z.`,
    )
  }
  await withService(settings, async (service) => {
    say(standupText(await standUpSprint(depsOf(service), sprintNamed(named), since)))
  })
}

/** Prints what came of a closed sprint and what it did for key results. */
export async function printSprintReview(settings: Settings, named: Named): Promise<void> {
  await withService(settings, async (service) => {
    say(reviewText(await reviewSprint(depsOf(service), sprintNamed(named))))
  })
}

/** Prints alignment, velocity and predictability of a board's last closed sprints. */
export async function printBoardTrend(settings: Settings, { id, site }: Named, limit: number): Promise<void> {
  const question = { siteId: site, boardId: parseSprintId(id), text: id, after: null, limit }
  await withService(settings, async (service) => {
    say(trendText(await boardTrend(depsOf(service), question)))
  })
}

function depsOf({ database, compileLinkRules, clock }: Service) {
  return { records: database.records, compileLinkRules, now: clock.now() }
}

function sprintNamed({ id, site }: Named): NamedSprint {
  return { siteId: site, sprintId: parseSprintId(id), text: id }
}
