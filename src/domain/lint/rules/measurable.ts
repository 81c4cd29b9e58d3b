import type { Hit, KeyResultRead } from '../hit.ts'
import { ACTIVITY } from './activity.ts'
import { isLevelReached, levelReached } from './level.ts'
import { directionAlone } from './objective.ts'
import type { Amount } from '../amounts.ts'
import type { Reading } from '../reading.ts'
import { areAlike, goesFurther } from '../told-beside.ts'
import * as chinese from '../words/chinese.ts'
import * as english from '../words/english.ts'

/** Neither the text nor the measure says how much. */
export function noNumber({ title, description, numbers }: KeyResultRead): Hit | null {
  if (numbers.hasTarget || title.targets.length > 0 || description.targets.length > 0) return null
  if (title.hasBaseline || title.placeholder !== null) return null
  const saysWithinWhatTime = title.amounts.length > 0 && !isAboutWork(title) && vagueWords(title) === null
  return saysWithinWhatTime ? null : { rule: 'no-number' }
}

/** A direction without a distance: “improve satisfaction”. A measure beside it does not make the text clear. */
export function vagueVerb({ title, description, numbers: { hasTarget } }: KeyResultRead): Hit | null {
  if (title.targets.length > 0 || title.hasBaseline || title.placeholder !== null) return null
  if (description.targets.length > 0) return null
  const words = vagueWords(title) ?? (hasTarget ? null : directionAlone(title))
  return words === null ? null : { rule: 'vague-verb', words }
}

/** “Raise NPS to 55”, “reach an NPS of 55”: from where? To zero needs no start, it is the same from anywhere. */
export function baselineMissing({ keyResult, title, description, numbers }: KeyResultRead): Hit | null {
  if (
    title.placeholder !== null ||
    numbers.hasBaseline ||
    title.hasBaseline ||
    title.isRelative ||
    description.hasBaseline
  )
    return null
  const end =
    title.targets.find(
      (amount) => amount.kind !== 'zero' && amount.kind !== 'multiple' && endsChange(title, amount.start),
    ) ?? levelReached(title)
  if (end !== undefined && isBesideAnother(title, end)) return null
  if (end !== undefined)
    return { rule: 'baseline-missing', words: title.written.slice(end.start, end.endWithUnit) }
  const { measure } = keyResult
  const isDraft = measure?.kind === 'metric' && typeof measure.target === 'number'
  return isDraft ? { rule: 'baseline-missing', words: String(measure.target) } : null
}

/** Two numbers of one thing are start and end, however they are joined, unless either is an end of its own. */
function isBesideAnother(title: Reading, end: Amount): boolean {
  return title.targets.some(
    (other) =>
      other !== end &&
      areAlike(title.normal, other, end) &&
      !goesFurther(title.normal, other, end) &&
      !endsChange(title, other.start) &&
      !isLevelReached(title, other),
  )
}

/** “Raise NPS from 45”, “to X %”: to where? */
export function targetMissing({ keyResult, title, description, numbers }: KeyResultRead): Hit | null {
  if (numbers.hasTarget) return null
  const isOpen = title.hasBaseline && title.targets.length === 0 && description.targets.length === 0
  const isDraft = keyResult.measure?.kind === 'metric' && keyResult.measure.baseline !== undefined
  if (title.placeholder !== null) return { rule: 'target-missing', words: title.placeholder }
  return isOpen || (isDraft && title.targets.length === 0) ? { rule: 'target-missing' } : null
}

/** Whether a change ends at the number that stands at this place. */
export function endsChange({ normal, targets }: Reading, place: number): boolean {
  const before = normal.slice(Math.max(0, place - 160), place).replace(/(?<=\bto )[+-]$/, '')
  if (english.CHANGE_TO.test(before) || chinese.CHANGE_TO.test(before)) return true
  return targets.at(-1)?.start === place && english.CHANGE_PAST.test(before)
}

function vagueWords({ normal, written }: Reading): string | null {
  const found = english.VAGUE.exec(normal) ?? chinese.VAGUE.exec(normal)
  return found === null ? null : written.slice(found.index, found.index + found[0].length)
}

function isAboutWork(title: Reading): boolean {
  return ACTIVITY.some((pattern) => pattern.test(title.core))
}
