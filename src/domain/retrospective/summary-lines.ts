import type { DeliveredWork } from './investment.ts'
import { amountText, countText, listText, scoreText } from './markdown-text.ts'
import type { RetrospectiveSummary } from './retrospective.ts'
import type { Telling } from './telling.ts'

/** What a cycle came to as a whole, one fact a line. */
export function factLines(summary: RetrospectiveSummary, telling: Telling): string[] {
  const { changes, warnings, withoutData } = summary
  return [
    sizeText(summary),
    ...(withoutData.length === 0 ? [] : [`Without data, and so counted as 0: ${namedText(withoutData)}.`]),
    changesText(changes, telling),
    ...(changes.late === 0
      ? []
      : [
          `${countText(changes.late, 'change')} came after the end of the cycle; nothing is graded by ` +
            `${changes.late === 1 ? 'it' : 'them'}.`,
        ]),
    warningsText(warnings, telling),
    forecastsText(summary.forecasts, telling),
    deliveredText(summary.delivered),
  ]
}

function sizeText({ objectives, keyResults, meanScore }: RetrospectiveSummary): string {
  const held = keyResults === 0 ? 'no key results' : countText(keyResults, 'key result')
  const size = `${countText(objectives, 'objective')} with ${held}`
  if (meanScore === null) return `${size}; there is nothing to grade.`
  return `${size}; ${objectives === 1 ? 'grade' : 'mean grade'} ${scoreText(meanScore)}.`
}

/** More than these are not named one by one. */
const MAX_NAMED = 12

function namedText(keys: readonly string[]): string {
  const more = keys.length - MAX_NAMED
  return listText(more > 0 ? [...keys.slice(0, MAX_NAMED), `${amountText(more)} more`] : keys)
}

/** What was delivered of linked work, in a sentence. */
export function deliveredText({ issues, points, unestimated }: DeliveredWork): string {
  if (issues === 0) return 'No linked work was delivered.'
  const work = `Delivered: ${countText(issues, 'issue')}`
  if (points === 0) return `${work}${unestimated === issues ? ', without estimates' : ''}.`
  const rest = unestimated === 0 ? '' : ` (${countText(unestimated, 'issue')} without an estimate)`
  return `${work}, ${countText(points, 'point')}${rest}.`
}

function warningsText(
  { raised, standing }: RetrospectiveSummary['warnings'],
  { tense, lastly }: Telling,
): string {
  if (raised === 0) return 'Nothing was warned of.'
  const stood = (one: boolean) => tense(one ? 'still stands' : 'still stand', `still stood ${lastly}`)
  if (raised === 1)
    return standing === 1 ? `1 warning was raised; it ${stood(true)}.` : '1 warning was raised, and is over.'
  if (standing === 0) return `${amountText(raised)} warnings were raised; none ${stood(true)}.`
  return `${amountText(raised)} warnings were raised; ${standing === raised ? 'all' : amountText(standing)} ${stood(standing === 1)}.`
}

/** A Brier score up to each of these, in words. */
const FORECAST_WORTH: readonly (readonly [number, string])[] = [
  [0.1, 'were good'],
  [0.2, 'were fair'],
  [0.3, 'were about as good as a coin'],
  [1, 'were worse than a coin'],
]

function forecastsText({ forecasts, brier }: RetrospectiveSummary['forecasts'], { tense }: Telling): string {
  if (brier === null) return `No forecast can${tense(' yet', '')} be held against what came of it.`
  const worth = FORECAST_WORTH.find(([limit]) => brier <= limit)?.[1] ?? 'were worse than a coin'
  const over = `over ${countText(forecasts, 'forecast')}`
  return `Forecasts ${worth}: Brier score ${brier.toFixed(2)} ${over} (0 is perfect, a coin gets 0.25).`
}

function changesText(changes: RetrospectiveSummary['changes'], { tense }: Telling): string {
  const { targets, baselines, dueDates, weights, rules, scope, easier } = changes
  const moved = [
    ...(targets === 0 ? [] : [countText(targets, 'target')]),
    ...(baselines === 0 ? [] : [countText(baselines, 'baseline')]),
    ...(rules === 0 ? [] : [countText(rules, 'way of measuring', 'ways of measuring')]),
    ...(dueDates === 0 ? [] : [countText(dueDates, 'due day')]),
    ...(weights === 0 ? [] : [countText(weights, 'weight')]),
    ...(scope === 0 ? [] : [`the scope by ${countText(scope, 'issue')}`]),
  ]
  if (moved.length === 0) return `No goal and no scope ${tense('has been', 'was')} changed on the way.`
  const goals = easier === 1 ? 'a goal' : 'goals'
  const less = easier === 0 ? '' : `; ${amountText(easier)} of these changes made ${goals} easier`
  return `Changed on the way: ${listText(moved)}${less}.`
}
