import type { EpochMs } from '../time.ts'
import type { MilestonesMeasure } from './measure.ts'

/** A step was done, or was found not to be, by somebody's word. The latest word on a step counts. */
export interface MilestoneTick {
  readonly step: string
  readonly at: EpochMs
  readonly isDone: boolean
}

/** When the issue of a step was delivered; null while it is not. */
export interface StepDelivery {
  readonly step: string
  readonly deliveredAt: EpochMs | null
}

/** A step as it stands. */
export interface StandingStep {
  readonly title: string
  readonly percent: number
  readonly doneAt: EpochMs | null
  /** Done with all the steps before it: only then it counts. */
  readonly counts: boolean
}

/**
 * Each step of a ladder as it stands.
 * @param ticks in order of their dates, later words last
 */
export function standingSteps(
  { steps }: MilestonesMeasure,
  ticks: readonly MilestoneTick[],
  deliveries: readonly StepDelivery[],
): StandingStep[] {
  const byHand = new Map(ticks.map((tick) => [tick.step, tick.isDone ? tick.at : null]))
  const byIssue = new Map(deliveries.map(({ step, deliveredAt }) => [step, deliveredAt]))
  let countsSoFar = true
  return steps.map(({ title, percent, issue }) => {
    const doneAt = (issue === null ? byHand : byIssue).get(title) ?? null
    countsSoFar &&= doneAt !== null
    return { title, percent, doneAt, counts: countsSoFar }
  })
}

/** Percent of the highest step reached with all the earlier ones done; 0 while the first is not. */
export function percentReached(steps: readonly StandingStep[]): number {
  return steps.findLast(({ counts }) => counts)?.percent ?? 0
}
