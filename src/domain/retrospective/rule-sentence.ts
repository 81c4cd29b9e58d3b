import type { Band } from '../measures/band.ts'
import type { DeliveryMeasure, Measure, MilestonesMeasure, RangeMeasure } from '../measures/measure.ts'
import { renamedSteps } from '../measures/milestones.ts'
import { amountText, listText } from './markdown-text.ts'
import type { Writing } from './writing.ts'

/** What changed of the way a key result is measured, as a person reads it; without a full stop. */
export function ruleSentence(
  before: Measure | null,
  after: Measure | null,
  { text }: Pick<Writing, 'text'>,
): string {
  const parts = before === null || after === null ? [] : partsOf(before, after, text)
  return parts.length === 0 ? 'The way it is measured changed' : parts.join('; ')
}

type Write = Writing['text']

function partsOf(before: Measure, after: Measure, write: Write): string[] {
  if (before.kind !== after.kind)
    return [`From then on it was measured by ${NAMES[after.kind]}, not by ${NAMES[before.kind]}`]
  if (before.kind === 'range' && after.kind === 'range') return rangeParts(before, after, write)
  if (before.kind === 'milestones' && after.kind === 'milestones') return stepParts(before, after, write)
  if (before.kind === 'delivery' && after.kind === 'delivery') return deliveryParts(before, after)
  if ('unit' in before && 'unit' in after && before.unit !== after.unit)
    return [`Its unit became “${write(after.unit)}”, from “${write(before.unit)}”`]
  return []
}

const NAMES: Readonly<Record<Measure['kind'], string>> = {
  delivery: 'the linked work',
  field_sum: 'a sum over the linked work',
  metric: 'a reported number',
  range: 'a number that stays in a band',
  milestones: 'steps',
  binary: 'whether it is done',
}

function rangeParts(before: RangeMeasure, after: RangeMeasure, write: Write): string[] {
  const unit = after.unit === '' ? '' : ` ${write(after.unit)}`
  const [was, is] = [bandWords(before.band), bandWords(after.band)]
  return [
    ...(was === is ? [] : [`The band moved from “${was}” to “${is}”${unit}`]),
    ...(before.period === after.period
      ? []
      : [`It was judged by the ${after.period} from then on, not by the ${before.period}`]),
  ]
}

/** `at least 3 and below 5` */
function bandWords({ atLeast, above, atMost, below }: Band): string {
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${amountText(atLeast)}`]),
    ...(above === undefined ? [] : [`above ${amountText(above)}`]),
    ...(atMost === undefined ? [] : [`at most ${amountText(atMost)}`]),
    ...(below === undefined ? [] : [`below ${amountText(below)}`]),
  ]
  return listText(bounds)
}

function stepParts(before: MilestonesMeasure, after: MilestonesMeasure, write: Write): string[] {
  const names = new Map(renamedSteps(before, after).map(({ from, to }) => [from, to]))
  const left = new Map(after.steps.map(({ title, percent }) => [title, percent]))
  const known = new Set(before.steps.map(({ title }) => names.get(title) ?? title))
  const quoted = (title: string) => `“${write(title)}”`
  const changes = [
    ...before.steps.flatMap(({ title, percent }) => {
      const name = names.get(title) ?? title
      const now = left.get(name)
      if (now === undefined) return [`${quoted(title)} was taken out`]
      const renamed = name === title ? [] : [`${quoted(title)} became ${quoted(name)}`]
      return now === percent
        ? renamed
        : [...renamed, `${quoted(name)} counts ${amountText(now)} %, not ${amountText(percent)} %`]
    }),
    ...after.steps.flatMap(({ title }) => (known.has(title) ? [] : [`${quoted(title)} was added`])),
  ]
  return changes.length === 0 ? [] : [`The steps changed: ${listText(changes)}`]
}

function deliveryParts(before: DeliveryMeasure, after: DeliveryMeasure): string[] {
  const [was, is] = [weightsOf(before), weightsOf(after)]
  return [
    ...(JSON.stringify(before.size) === JSON.stringify(after.size)
      ? []
      : [`Work was counted by ${sizeWords(after)} from then on, not by ${sizeWords(before)}`]),
    ...(was.inProgress === is.inProgress
      ? []
      : [`Work in progress counts ${is.inProgress} %, not ${was.inProgress} %`]),
    ...(was.toDo === is.toDo ? [] : [`Work that has not begun counts ${is.toDo} %, not ${was.toDo} %`]),
  ]
}

function weightsOf({ statusWeights }: DeliveryMeasure): { toDo: number; inProgress: number } {
  return statusWeights ?? { toDo: 0, inProgress: 0 }
}

function sizeWords({ size }: DeliveryMeasure): string {
  if (typeof size !== 'string') return 'a numeric field'
  return size === 'count' ? 'issues' : 'points'
}
