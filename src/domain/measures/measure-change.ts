import type { Band } from './band.ts'
import type { DeliveryMeasure, Measure, MilestonesMeasure } from './measure.ts'
import { renamedSteps } from './milestones.ts'
import { canonicalText } from '../mirror/facts.ts'

/** The fixed number a measure aims at; null when all linked work is the target, or there is nothing but done. */
export function targetOf(measure: Measure): number | null {
  switch (measure.kind) {
    case 'delivery':
      return measure.target.kind === 'fixed' ? measure.target.amount : null
    case 'field_sum':
    case 'metric':
      return measure.target
    case 'range':
      return measure.targetShare
    case 'milestones':
    case 'binary':
      return null
  }
}

/** Where a measure starts, for those that are told. */
export function baselineOf(measure: Measure): number | null {
  return measure.kind === 'metric' || measure.kind === 'field_sum' ? measure.baseline : null
}

/** How a key result is measured, whatever it aims at. */
export function withoutTarget(measure: Measure): unknown {
  switch (measure.kind) {
    case 'delivery':
    case 'field_sum':
    case 'metric':
      return { ...measure, target: null }
    case 'range':
      return { ...measure, targetShare: null }
    case 'milestones':
    case 'binary':
      return measure
  }
}

/**
 * A target short of the one before: 55 → 50 from 45, and 30 → 60 from 120. What came or went, is told in another unit or
 * goes the other way cannot be compared.
 */
export function isTargetEasier(before: Measure, after: Measure): boolean {
  const [was, is] = [targetOf(before), targetOf(after)]
  if (was === null || is === null || !isSameScale(before, after)) return false
  return (was - is) * directionOf(after) > 0
}

/**
 * Whether the same values are further along the way from another baseline. A metric is when it starts farther off; a sum
 * counts from its baseline on, so that less is left to add when it starts nearer.
 */
export function isBaselineEasier(before: Measure, after: Measure): boolean {
  const [was, is] = [baselineOf(before), baselineOf(after)]
  if (was === null || is === null || !isSameScale(before, after)) return false
  const nearer = (is - was) * directionOf(after)
  return after.kind === 'metric' ? nearer < 0 : nearer > 0
}

/** Whether the numbers of both say the same thing: one kind and unit, one way to go. */
function isSameScale(before: Measure, after: Measure): boolean {
  return (
    before.kind === after.kind &&
    canonicalText(scaleOf(before)) === canonicalText(scaleOf(after)) &&
    directionOf(before) === directionOf(after)
  )
}

function scaleOf(measure: Measure): unknown {
  return {
    unit: 'unit' in measure ? measure.unit : null,
    field: 'field' in measure ? measure.field : null,
    size: 'size' in measure ? measure.size : null,
  }
}

function directionOf(measure: Measure): number {
  return Math.sign((targetOf(measure) ?? 0) - (baselineOf(measure) ?? 0))
}

/** Whether another way of measuring asks for less: a wider band, fewer or earlier steps, work that counts sooner. */
export function isRuleEasier(before: Measure, after: Measure): boolean {
  if (before.kind === 'range' && after.kind === 'range') {
    const isSameElse =
      canonicalText({ ...before, band: null, targetShare: null }) ===
      canonicalText({ ...after, band: null, targetShare: null })
    return isSameElse && isWider(before.band, after.band)
  }
  if (before.kind === 'milestones' && after.kind === 'milestones') return areStepsEasier(before, after)
  if (before.kind === 'delivery' && after.kind === 'delivery') {
    const isSameSize = canonicalText(before.size) === canonicalText(after.size)
    return isSameSize && countsSooner(weightsOf(before), weightsOf(after))
  }
  return false
}

/** What is in the one is in the other, and more. */
function isWider(before: Band, after: Band): boolean {
  const [low, lowAfter] = [before.atLeast ?? before.above, after.atLeast ?? after.above]
  const [high, highAfter] = [before.atMost ?? before.below, after.atMost ?? after.below]
  const lower =
    compareBounds(lowAfter, low, -1) || Number(before.above !== undefined) - Number(after.above !== undefined)
  const higher =
    compareBounds(highAfter, high, 1) ||
    Number(before.below !== undefined) - Number(after.below !== undefined)
  return lower >= 0 && higher >= 0 && lower + higher > 0
}

/** Above 0 where the first bound lets in more; `outward` is the side without an end. */
function compareBounds(a: number | undefined, b: number | undefined, outward: 1 | -1): number {
  const open = outward * Number.POSITIVE_INFINITY
  const [one, other] = [a ?? open, b ?? open]
  return one === other ? 0 : one > other === outward > 0 ? 1 : -1
}

function areStepsEasier(before: MilestonesMeasure, after: MilestonesMeasure): boolean {
  const names = new Map(renamedSteps(before, after).map(({ from, to }) => [from, to]))
  const left = new Map(after.steps.map(({ title, percent }) => [title, percent]))
  const kept = before.steps.flatMap(({ title, percent }) => {
    const now = left.get(names.get(title) ?? title)
    return now === undefined ? [] : [now - percent]
  })
  const isAnyAdded = after.steps.length > kept.length
  const isAnyRemoved = before.steps.length > kept.length
  const isNoneLess = kept.every((more) => more >= 0)
  return !isAnyAdded && isNoneLess && (isAnyRemoved || kept.some((more) => more > 0))
}

function weightsOf({ statusWeights }: DeliveryMeasure): readonly [number, number] {
  return statusWeights === undefined ? [0, 0] : [statusWeights.toDo, statusWeights.inProgress]
}

function countsSooner(before: readonly [number, number], after: readonly [number, number]): boolean {
  const gains = [after[0] - before[0], after[1] - before[1]]
  return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0)
}
