import { evaluateContributions } from '../../src/domain/contributions/evaluate.ts'
import { deliveryEvidence } from '../../src/domain/measures/delivery.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import {
  parseKeyResultKey,
  type CycleKey,
  type KeyResultKey,
  type ObjectiveKey,
} from '../../src/domain/ids.ts'
import type { ManualLink } from '../../src/domain/links/manual-link.ts'
import { NO_BLOCKING, type BlockingPast } from '../../src/domain/mirror/blocking.ts'
import type { Sprint } from '../../src/domain/mirror/facts.ts'
import type { FieldChange, IssueHistory, IssueState } from '../../src/domain/mirror/issue.ts'
import type { Numbers } from '../../src/domain/snapshot.ts'
import type { Health, KeyResultStanding } from '../../src/domain/sprints/key-result-standing.ts'
import type { SprintPast } from '../../src/domain/sprints/sprint-work.ts'
import type { Tally } from '../../src/domain/contributions/tally.ts'
import { day, issueHistory, RULES } from './issues.ts'

export const SPRINT = 7

/** Runs from day 10 to day 24, Sunday to Sunday; two weeks. */
export function aSprint(given: Partial<Sprint> = {}): Sprint {
  return {
    sprintId: SPRINT,
    name: `Sprint ${given.sprintId ?? SPRINT}`,
    state: 'active',
    startAt: day(10),
    endAt: day(24),
    completeAt: null,
    goal: '',
    boardId: 1,
    ...given,
  }
}

/** `PROJ-<id>` in the sprint, 3 points, with changes in the order given. */
export function inSprint(
  id: number,
  state: Partial<IssueState> = {},
  ...changes: (readonly [at: number, change: FieldChange])[]
): IssueHistory {
  return issueHistory(
    { issueId: String(id), state: { key: `PROJ-${id}`, points: 3, sprintIds: [SPRINT], ...state } },
    ...changes,
  )
}

interface PastOptions {
  readonly manualLinks?: readonly ManualLink[]
  readonly archivedAt?: ReadonlyMap<KeyResultKey, number>
  readonly blocking?: BlockingPast
}

/** Everything known of a sprint with these issues; what they add to key results is evaluated as the service does. */
export function sprintPast(
  sprint: Sprint,
  histories: readonly IssueHistory[],
  {
    manualLinks = [],
    archivedAt = new Map<KeyResultKey, number>(),
    blocking = NO_BLOCKING,
  }: PastOptions = {},
): SprintPast {
  const { categories, notDelivered } = RULES
  const byId = new Map(histories.map((history) => [history.issueId, history]))
  const contributions = histories.flatMap((issue) =>
    evaluateContributions(
      {
        siteId: 'main',
        issue,
        ancestorOf: ({ parentId }) => (parentId === null ? null : (byId.get(parentId) ?? null)),
        manualLinksOf: (issueId) => manualLinks.filter((link) => link.issueId === issueId),
      },
      RULES,
    ),
  )
  return { sprint, histories, contributions, archivedAt, rules: { categories, notDelivered }, blocking }
}

interface StandingOptions {
  readonly measure?: Measure
  readonly tally?: Tally
  readonly health?: Health
  readonly startAt?: number
  readonly dueEndAt?: number
  readonly isArchived?: boolean
}

/** A key result of the quarter; by points of its linked work unless told otherwise. */
export function standing(text: string, given: StandingOptions = {}): KeyResultStanding {
  const { health = 'on_track', tally = [], ...rest } = given
  const numbers = {
    delivery: deliveryEvidence(tally),
    rawProgress: 0.5,
    assessment: { health },
  } as unknown as Numbers
  return {
    keyResult: parseKeyResultKey(text)!,
    title: `Title of ${text}`,
    objective: 'O-1' as ObjectiveKey,
    cycle: '2026-Q4' as CycleKey,
    measure: { kind: 'delivery', size: 'points', target: { kind: 'scope' } },
    startAt: day(0),
    dueEndAt: day(92),
    isArchived: false,
    numbers,
    ...rest,
  }
}

export function standings(
  ...all: readonly KeyResultStanding[]
): ReadonlyMap<KeyResultKey, KeyResultStanding> {
  return new Map(all.map((each) => [each.keyResult, each]))
}
