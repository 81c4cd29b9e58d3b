import type { HealthRollUp } from '../goals.ts'
import { figure, healthWords, listed, percentFigure } from './figures.ts'
import type { RollUp, RollUpPart, RollUpTerm } from './terms.ts'
import { totalWeight } from './weighted-mean.ts'

/** `(2 × 0.6 + 1 × 0.5) ÷ (2 + 1) = 0.566667`; null while nothing counts. */
export function rollUpFormula({ terms, progress }: RollUp): string | null {
  const counting = terms.filter(({ leftOut }) => leftOut === null)
  if (progress === null || counting.length === 0) return null
  const products = counting.map((term) => `${figure(term.weight)} × ${figure(term.progress ?? 0)}`)
  const weights = counting.map(({ weight }) => figure(weight))
  return `(${products.join(' + ')}) ÷ (${weights.join(' + ')}) = ${figure(progress)}`
}

/** Why an objective stands as it does, in sentences: its progress, its health, what is missing. */
export function objectiveSentences(standing: RollUp, healthRollUp: HealthRollUp): string[] {
  const { objective, terms, progress, health, missing } = standing
  const counting = terms.filter(({ leftOut }) => leftOut === null)
  const sentences = [
    progress === null
      ? `${objective} has no progress yet: ${terms.length === 0 ? 'it has no key results' : 'nothing that counts for it is measured'}.`
      : `${objective} is at ${percentFigure(progress)}: the weighted mean of ${listed(counting.map(({ key }) => key))}.`,
    healthSentence(standing, healthRollUp, health),
  ]
  if (missing.length > 0) {
    sentences.push(
      `${listed(missing)} ${missing.length === 1 ? 'has' : 'have'} no data yet and ${missing.length === 1 ? 'is' : 'are'} left out of the mean.`,
    )
  }
  return sentences
}

function healthSentence({ terms }: RollUp, healthRollUp: HealthRollUp, health: RollUp['health']): string {
  const judged = terms.filter(({ leftOut }) => leftOut === null || leftOut === 'no_data')
  if (judged.length === 0) return 'Its health is no data: nothing counts for it.'
  const words = healthWords(health)
  if (healthRollUp === 'median') return `Its health is ${words}: the one in the middle by weight.`
  const those = judged.filter((term) => term.health === health).map(({ key }) => key)
  return `Its health is ${words}: the worst of what counts for it, that of ${listed(those)}.`
}

/** What a term adds to the progress of its objective, or why it adds nothing. */
export function termSentence(term: RollUpTerm, among: readonly RollUpTerm[]): string {
  const { key, weight, weightShare, adds, progress, health, parts } = term
  if (term.leftOut !== null) return leftOutSentence(term)
  const total = totalWeight(among.filter(({ leftOut }) => leftOut === null))
  const at = `${key} is at ${percentFigure(progress ?? 0)}${parts.length === 0 ? '' : `, ${partsText(parts)}`}`
  const share = `with weight ${figure(weight)} of ${figure(total)} (${percentFigure(weightShare ?? 0)})`
  return `${at}; ${share} it adds ${percentFigure(adds ?? 0)}. It is ${healthWords(health)}.`
}

function partsText(parts: readonly RollUpPart[]): string {
  const each = parts
    .filter(({ leftOut }) => leftOut === null)
    .map(({ key, weight, progress }, index) => {
      const whose = index === 0 && key.startsWith('KR-') ? 'its own' : `${key}’s`
      return `${whose} ${percentFigure(progress ?? 0)} (weight ${figure(weight)})`
    })
  return each.length === 1 ? `that is ${each.join('')}` : `the weighted mean of ${listed(each)}`
}

/** What a part of a term brings into it, or why it brings nothing. */
export function partSentence(part: RollUpPart): string {
  if (part.leftOut !== null) return leftOutSentence(part)
  const { key, weight, weightShare, progress, adds } = part
  return (
    `${key} is at ${percentFigure(progress ?? 0)}; with weight ${figure(weight)} ` +
    `(${percentFigure(weightShare ?? 0)}) it adds ${percentFigure(adds ?? 0)}.`
  )
}

function leftOutSentence({ key, leftOut, health }: RollUpPart): string {
  switch (leftOut) {
    case 'archived':
      return `${key} is archived and does not count.`
    case 'supports_only':
      return `${key} supports it and has no contribution weight: it moves nothing.`
    case 'circular':
      return `${key} counts, over its parents, for itself: it is left out.`
    case 'no_data':
    case null:
      return `${key} has no data yet and is left out of the mean; its health, ${healthWords(health)}, counts.`
  }
}
