import type { DeliveredSpell } from '../contributions/delivered-spells.ts'
import type { EpochMs } from '../time.ts'
import type { Measure, MilestonesMeasure } from './measure.ts'

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

/** Every time in which the issue of a step was delivered. */
export interface StepSpells {
  readonly step: string
  readonly spells: readonly DeliveredSpell[]
}

/** A step as it stands. */
export interface StandingStep {
  readonly title: string
  readonly percent: number
  readonly doneAt: EpochMs | null
  /** Done with all the steps before it: only then it counts. */
  readonly counts: boolean
}

/** The deliveries of steps as of an instant. */
export function stepDeliveriesAt(steps: readonly StepSpells[], at: EpochMs): StepDelivery[] {
  return steps.map(({ step, spells }) => {
    const spell = spells.find(({ since, until }) => since <= at && (until === null || until > at))
    return { step, deliveredAt: spell?.since ?? null }
  })
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
  const byHand = tickedSince(ticks)
  const byIssue = new Map(deliveries.map(({ step, deliveredAt }) => [step, deliveredAt]))
  let countsSoFar = true
  return steps.map(({ title, percent, issue }) => {
    const doneAt = (issue === null ? byHand : byIssue).get(title) ?? null
    countsSoFar &&= doneAt !== null
    return { title, percent, doneAt, counts: countsSoFar }
  })
}

/** Since when each step is done by word: what is said again does not make it later. */
function tickedSince(ticks: readonly MilestoneTick[]): ReadonlyMap<string, EpochMs | null> {
  const since = new Map<string, EpochMs | null>()
  for (const { step, at, isDone } of ticks) since.set(step, isDone ? (since.get(step) ?? at) : null)
  return since
}

/** Percent of the highest step reached with all the earlier ones done; 0 while the first is not. */
export function percentReached(steps: readonly StandingStep[]): number {
  return steps.findLast(({ counts }) => counts)?.percent ?? 0
}

/**
 * Steps that only have another title: in ladders of equal length, a new title in the place of one that is gone. What
 * was ticked of them stays ticked.
 */
export function renamedSteps(
  before: Measure,
  after: Measure,
): { readonly from: string; readonly to: string }[] {
  if (before.kind !== 'milestones' || after.kind !== 'milestones') return []
  if (before.steps.length !== after.steps.length) return []
  const titlesBefore = new Set(before.steps.map(({ title }) => title))
  const titlesAfter = new Set(after.steps.map(({ title }) => title))
  return before.steps.flatMap(({ title: from }, index) => {
    const to = after.steps[index]?.title ?? from
    return titlesAfter.has(from) || titlesBefore.has(to) ? [] : [{ from, to }]
  })
}
