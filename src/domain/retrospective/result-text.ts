import { amountWords, unitWords } from './amount-words.ts'
import { amountText, countText, markdownText, whyText } from './markdown-text.ts'
import type { KeyResultRetrospective } from './retrospective.ts'
import type { Telling } from './telling.ts'

/** What a key result came to, in the words of its measure. */
export function resultText(keyResult: KeyResultRetrospective, telling: Telling): string {
  const { baseline, target, current, rawProgress, measure } = keyResult
  const { tense } = telling
  if (current === null || rawProgress === null)
    return `${tense('There is nothing to measure yet', 'There was nothing to measure')}: it counts as 0.`
  switch (measure) {
    case 'binary':
      return current >= 1 ? 'It is done.' : `It ${tense('is', 'was')} not done.`
    case 'range':
    case 'milestones':
      return partsText(keyResult, { current, rawProgress }, telling)
    case 'delivery':
    case 'field_sum':
      if (target === null || baseline !== 0) return metricText(keyResult, { current, rawProgress }, telling)
      return (
        `It ${tense('stands at', 'came to')} ${amountText(current)} of ` +
        `${amountWords(keyResult, target, markdownText)}: ${wayText(rawProgress)} %.`
      )
    case 'metric':
      return metricText(keyResult, { current, rawProgress }, telling)
  }
}

interface Standing {
  readonly current: number
  readonly rawProgress: number
}

function metricText(
  keyResult: KeyResultRetrospective,
  { current, rawProgress }: Standing,
  { tense }: Telling,
): string {
  const { baseline, target } = keyResult
  const ended = `It ${tense('stands at', 'ended at')} ${amountWords(keyResult, current, markdownText)}`
  if (target === null) return `${ended}.`
  const way = `from ${amountText(baseline)} to ${amountText(target)}`
  const unit = unitWords(keyResult, target, markdownText)
  if (rawProgress < 0) return `${ended}, behind where it began: it ${tense('is', 'was')} to go ${way}${unit}.`
  return `${ended}: ${wayText(rawProgress)} % of the way ${way}${unit}.`
}

function partsText(
  keyResult: KeyResultRetrospective,
  { current, rawProgress }: Standing,
  { tense }: Telling,
): string {
  const { parts, target, measure, automatic } = keyResult
  const way = `${wayText(rawProgress)} % of the way`
  if (parts === null || automatic !== null)
    return `It ${tense('stands at', 'ended at')} ${amountWords(keyResult, current, markdownText)}: ${way}.`
  const { kind, good, all } = parts
  if (measure === 'milestones') return `${good} of ${countText(all, kind)} done: ${way}.`
  const were = `${good} of ${countText(all, kind)}${tense(' so far', '')} ${good === 1 ? 'was' : 'were'} inside the band`
  if (target !== null && target < 1)
    return `${were}; ${amountText(target * 100)} % of them ${tense('are', 'were')} meant to be.`
  return `${were}; ${all === 1 ? `it ${tense('is', 'was')}` : `all of them ${tense('are', 'were')}`} meant to be.`
}

/** 99.6 % is not all of the way; more than all of it is told. */
function wayText(rawProgress: number): string {
  const percent = Math.round(rawProgress * 100)
  return amountText(rawProgress < 1 ? Math.min(99, percent) : percent)
}

/** What has to be known beside the result. */
export function asideTexts(keyResult: KeyResultRetrospective, telling: Telling): string[] {
  const { automatic, dueDay, rolledFrom } = keyResult
  const { cycle, asOfDay, day, tense } = telling
  const isDue = tense(dueDay >= asOfDay ? 'is' : 'was', 'was')
  return [
    ...(automatic === null
      ? []
      : [
          `That is a person’s value; the measured one ${tense('is', 'was')} ${amountWords(keyResult, automatic, markdownText)}.`,
        ]),
    ...(dueDay === cycle.endDay ? [] : [`It ${isDue} due on ${day(dueDay)}.`]),
    ...(rolledFrom === null ? [] : [`It was carried over from ${rolledFrom}.`]),
    ...entryTexts(keyResult, telling),
  ]
}

/** What is made while the cycle is being planned, or is carried over into it, is nothing to be told. */
function entryTexts({ entered, rolledFrom }: KeyResultRetrospective, { asOf, dayAt }: Telling): string[] {
  if (entered === null) return []
  const { at, from, isLate } = entered
  if (from !== null) return [`It came from ${from} on ${dayAt(at)}.${whyText(entered)}`]
  if (!isLate || rolledFrom !== null) return []
  return [at > asOf ? `It was entered afterwards, on ${dayAt(at)}.` : `It was added on ${dayAt(at)}.`]
}
