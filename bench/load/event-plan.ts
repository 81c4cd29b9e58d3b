import { DAY_MS, type EpochMs } from '../../src/domain/time.ts'
import { issueUpdated, pointsItem, statusItem, summaryItem, type UpdatedIssue } from './issue-event.ts'

/** A stream of events on stories that carry the labels KR-1 … in turn. Event n is on story n modulo `issues`. */
export interface EventPlan {
  readonly issues: number
  readonly keyResults: number
  /** Which step of its life a story takes first; the last one delivers it. */
  readonly firstStep: number
  /** Number of the first story: streams that follow one another use different ones. */
  readonly firstIssue: number
  /** When the first event happens in Jira; the next ones a millisecond apart. */
  readonly startAt: EpochMs
}

type Step = Pick<UpdatedIssue, 'status' | 'points' | 'items'>

/** A story's life, one webhook each. */
const STEPS: readonly Step[] = [
  { status: 'toDo', points: null, items: [summaryItem()] },
  { status: 'toDo', points: 3, items: [pointsItem(null, 3)] },
  { status: 'inProgress', points: 3, items: [statusItem('toDo', 'inProgress')] },
  { status: 'inProgress', points: 5, items: [pointsItem(3, 5)] },
  { status: 'done', points: 5, items: [statusItem('inProgress', 'done')] },
]
export const STEPS_OF_A_LIFE = STEPS.length
export const LAST_STEP = STEPS.length - 1

/** The n-th body of a plan. Equal plans give equal bodies; no two bodies of a plan are equal. */
export function eventOf(plan: EventPlan, n: number): string {
  const position = n % plan.issues
  const step = STEPS[plan.firstStep + Math.floor(n / plan.issues)]
  if (step === undefined) throw new Error(`event ${n} is beyond the life of its story`)
  const number = plan.firstIssue + position
  return issueUpdated({
    number,
    level: 0,
    labels: [keyResultOf(plan, n)],
    createdAt: plan.startAt - DAY_MS,
    updatedAt: plan.startAt + n,
    changelogId: 1_000_000 + plan.firstIssue * STEPS.length + n,
    ...step,
  })
}

/** The key result that the n-th event is about. */
export function keyResultOf(plan: EventPlan, n: number): string {
  return `KR-${1 + ((n % plan.issues) % plan.keyResults)}`
}
