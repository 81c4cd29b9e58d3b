import { counted } from '../counted.ts'
import { bandText } from '../measures/band.ts'
import type { DeliveryEvidence } from '../measures/delivery.ts'
import { sizeUnitName, type DeliveryMeasure, type Measure, type RangeMeasure } from '../measures/measure.ts'
import type { RangeDetail } from '../measures/measured.ts'
import type { Numbers } from '../snapshot.ts'
import { dayOf } from '../time.ts'
import { figure, healthWords, percentFigure } from './figures.ts'

interface Explained {
  readonly measure: Measure
  readonly numbers: Numbers
  readonly timeZone: string
}

/** `(48.5 − 45) ÷ (55 − 45) = 0.35`; null while there is nothing to measure. */
export function progressFormula({ current, baseline, target, rawProgress }: Numbers): string | null {
  if (current === null || target === null || rawProgress === null) return null
  return `(${figure(current)} − ${operand(baseline)}) ÷ (${figure(target)} − ${operand(baseline)}) = ${figure(rawProgress)}`
}

/** Subtracting −10 reads as − (−10). */
function operand(value: number): string {
  return value < 0 ? `(${figure(value)})` : figure(value)
}

/** Why a key result stands as it does, in sentences: its value, its progress, its pace, its health. */
export function keyResultSentences(explained: Explained): string[] {
  const { numbers } = explained
  return [
    valueSentence(explained),
    ...overrideSentences(numbers),
    ...progressSentences(numbers),
    ...paceSentences(numbers),
    healthSentence(numbers),
  ]
}

function overrideSentences({ valueOverride }: Numbers): string[] {
  if (valueOverride === null) return []
  const { value, by, reason, untilDay } = valueOverride
  return [`${by} has ${figure(value)} shown in its place until ${untilDay} (${reason}).`]
}

function valueSentence({ measure, numbers, timeZone }: Explained): string {
  const { delivery, detail, latestCheckIn } = numbers
  const current = numbers.automatic === null ? numbers.current : numbers.automatic.current
  switch (measure.kind) {
    case 'delivery':
      return delivery.scope.issues === 0 ? 'No work is linked.' : deliveryText(measure, delivery)
    case 'field_sum': {
      const issues = counted(delivery.delivered.issues, 'delivered issue')
      const start = measure.baseline === 0 ? '' : `, from ${figure(measure.baseline)} on`
      return `${measure.field} of ${issues} comes to ${figure(delivery.delivered.size)} ${measure.unit}${start}.`
    }
    case 'metric':
      return current === null
        ? 'No value was reported yet.'
        : `The latest value is ${figure(current)} ${measure.unit}`.trim() +
            reportedText(latestCheckIn, timeZone)
    case 'range':
      return rangeText(measure, detail?.kind === 'range' ? detail : { periods: [] })
    case 'milestones': {
      const steps = detail?.kind === 'milestones' ? detail.steps : []
      const counting = steps.filter(({ counts }) => counts).length
      const early = steps.filter(({ counts, doneAt }) => doneAt !== null && !counts).length
      const verb = early === 1 ? 'does' : 'do'
      const beside = early === 0 ? '' : `; ${early} more, done out of order, ${verb} not count yet`
      return `${counting} of ${counted(steps.length, 'step')} done in order${beside}.`
    }
    case 'binary':
      return current === null
        ? 'Nobody has said yet whether it is done.'
        : `It is ${current >= 1 ? 'done' : 'not done'}.`
  }
}

function rangeText({ band }: RangeMeasure, { periods, open = null }: RangeDetail): string {
  const inside = periods.filter(({ isInside }) => isInside).length
  const reported = counted(periods.length, 'reported period')
  const share = `${inside} of ${reported} ${inside === 1 ? 'is' : 'are'} inside ${bandText(band)}.`
  if (open === null) return periods.length === 0 ? 'No period has a value yet.' : share
  const { value, toDay, verdict } = open
  const soFar = verdict === 'slipping' ? 'is outside so far' : 'has not got there yet'
  return `${periods.length === 0 ? 'No period counts yet.' : share} The one until ${toDay} ${soFar}, at ${figure(value)}.`
}

function deliveryText(measure: DeliveryMeasure, { delivered, scope, unestimated }: DeliveryEvidence): string {
  const unit = measure.size === 'count' ? 'issues' : sizeUnitName(measure.size)
  const issues = measure.size === 'count' ? '' : ` (${delivered.issues} of ${scope.issues} issues)`
  const weights = measure.statusWeights
  const weighted =
    weights === undefined
      ? ''
      : ` Work to do counts ${weights.toDo} %, work in progress ${weights.inProgress} %.`
  const guessed =
    unestimated.issues === 0 || measure.size === 'count'
      ? ''
      : ` ${counted(unestimated.issues, 'issue')} without an estimate ${unestimated.issues === 1 ? 'counts' : 'count'} ${figure(unestimated.countedAs)} each, the median of the others.`
  return `${figure(delivered.size)} of ${figure(scope.size)} ${unit} are delivered${issues}.${weighted}${guessed}`
}

function reportedText(latest: Numbers['latestCheckIn'], timeZone: string): string {
  return latest === null ? '.' : `, of ${dayOf(latest.at, timeZone)}.`
}

function progressSentences(numbers: Numbers): string[] {
  const { rawProgress, progress, baseline, target } = numbers
  if (rawProgress === null || progress === null || target === null) return ['There is no progress yet.']
  const way = `From ${figure(baseline)} to ${figure(target)} that is ${percentFigure(rawProgress)}`
  return [rawProgress === progress ? `${way}.` : `${way}, shown as ${percentFigure(progress)}.`]
}

function paceSentences({ assessment }: Numbers): string[] {
  const { expected, paceRatio } = assessment
  if (expected === null) return ['Nothing is expected before the end.']
  const pace = paceRatio === null ? '' : `: its pace is ${figure(Math.round(paceRatio * 100) / 100)} of that`
  return [`By now ${percentFigure(expected)} is expected${pace}.`]
}

function healthSentence({ assessment }: Numbers): string {
  const { health, computed, rule, policy, override } = assessment
  const judged = `${healthWords(computed)} by the rule ${rule.replaceAll('_', ' ')} of policy ${policy}`
  if (override === null) return `Its health is ${judged}.`
  return `Its health is ${healthWords(health)}, says ${override.by} until ${override.untilDay} (${override.reason}); computed it is ${judged}.`
}
