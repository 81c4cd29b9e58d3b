import { problemOfBand, type Band } from '../measures/band.ts'
import { isMeasuredByValues, type DeliveryMeasure, type Measure } from '../measures/measure.ts'
import { hasDirection, SHORTEST_WAY } from '../measures/progress.ts'
import type { DocumentMeasure } from '../okrs/okr-document.ts'
import type { RowCells, RowStep } from './import-row.ts'

export type RowMeasure =
  | { readonly kind: 'measure'; readonly measure: DocumentMeasure; readonly notes: readonly string[] }
  | { readonly kind: 'problem'; readonly message: string }

const CUSTOM_FIELD = /^customfield_[1-9]\d{0,9}$/

/**
 * How a line wants its key result measured. Cells that a line leaves blank keep what there is; a new key result without
 * a kind is a metric when it has a target or a progress, and else a matter of done or not done.
 * @param before its measure so far; null: it is new
 */
export function measureOfRow(
  cells: RowCells,
  unitSeen: string | null,
  before: DocumentMeasure | null,
): RowMeasure {
  const kind = cells.measure ?? before?.kind ?? assumedKind(cells)
  if (before !== null && cells.measure === undefined && !isNumeric(before)) return keeping(before, cells)
  switch (kind) {
    case 'metric':
      return metric(cells, unitSeen, before?.kind === 'metric' ? before : null)
    case 'field_sum':
      return fieldSum(cells, unitSeen, before?.kind === 'field_sum' ? before : null)
    case 'range':
      return range(cells, unitSeen, before?.kind === 'range' ? before : null)
    case 'milestones':
      return milestones(cells.steps ?? (before?.kind === 'milestones' ? stepsOf(before) : null))
    case 'delivery':
      return delivery(cells, before?.kind === 'delivery' ? before : null)
    case 'binary':
      return { kind: 'measure', measure: { kind: 'binary' }, notes: [] }
  }
}

/** Whether values can be reported for it. */
export function takesValues(measure: DocumentMeasure): boolean {
  return measure.kind !== 'milestones' && isMeasuredByValues(measure)
}

function isNumeric(measure: DocumentMeasure): boolean {
  return measure.kind === 'metric' || measure.kind === 'field_sum'
}

function keeping(before: DocumentMeasure, cells: RowCells): RowMeasure {
  const isAsked = cells.target !== undefined || cells.baseline !== undefined
  const notes = isAsked
    ? [`it stays measured by ${before.kind}; say measure = metric to have it measured by baseline and target`]
    : []
  return { kind: 'measure', measure: before, notes }
}

function assumedKind({
  target,
  baseline,
  progress,
  at_least,
  above,
  at_most,
  below,
  steps,
}: RowCells): Measure['kind'] {
  if (steps !== undefined) return 'milestones'
  if ((target ?? baseline) !== undefined) return 'metric'
  if ((at_least ?? above ?? at_most ?? below) !== undefined) return 'range'
  return progress === undefined ? 'binary' : 'metric'
}

type Numeric = Extract<Measure, { kind: 'metric' | 'field_sum' }>

function metric(cells: RowCells, unitSeen: string | null, before: Numeric | null): RowMeasure {
  const isOfProgress = before === null && cells.target === undefined && cells.progress !== undefined
  if (isOfProgress) {
    const measure = { kind: 'metric', unit: '%', baseline: 0, target: 100 } as const
    return { kind: 'measure', measure, notes: ['it has no target, so its progress is measured, 0 to 100 %'] }
  }
  return numeric({ kind: 'metric' }, cells, unitSeen, before)
}

function fieldSum(cells: RowCells, unitSeen: string | null, before: Numeric | null): RowMeasure {
  const field = cells.field ?? (before?.kind === 'field_sum' ? before.field : undefined)
  if (field === undefined || !CUSTOM_FIELD.test(field)) return problem(noField('field', field))
  return numeric({ kind: 'field_sum', field }, cells, unitSeen, before)
}

function numeric(
  kind: { readonly kind: 'metric' } | { readonly kind: 'field_sum'; readonly field: string },
  cells: RowCells,
  unitSeen: string | null,
  before: Numeric | null,
): RowMeasure {
  const target = cells.target ?? before?.target
  const baseline = cells.baseline ?? before?.baseline ?? 0
  if (target === undefined) {
    return problem(
      'There is no target. Give the number it should reach, or measure = binary for done or not done.',
    )
  }
  if (!hasDirection(baseline, target)) {
    return problem(
      `Baseline and target are both ${target}, so no progress can be made. Give two different numbers` +
        `${cells.baseline === undefined && before === null ? '; a baseline that is left out is 0' : ''}.`,
    )
  }
  const unit = cells.unit ?? unitSeen ?? before?.unit ?? 'count'
  const isAssumed = cells.baseline === undefined && before === null
  return {
    kind: 'measure',
    measure: { ...kind, unit, baseline, target },
    notes: isAssumed ? ['it has no baseline, so 0 is taken'] : [],
  }
}

function range(
  cells: RowCells,
  unitSeen: string | null,
  before: Extract<Measure, { kind: 'range' }> | null,
): RowMeasure {
  const band = bandOf(cells) ?? before?.band
  if (band === undefined) {
    return problem('There is no band to stay in. Give at_least, above, at_most or below.')
  }
  const wrong = problemOfBand(band)
  if (wrong !== null) return problem(`The band ${wrong}.`)
  const measure = {
    kind: 'range',
    unit: cells.unit ?? unitSeen ?? before?.unit ?? 'count',
    band,
    period: cells.period ?? before?.period ?? 'month',
    valueOfPeriod: cells.value_of_period ?? before?.valueOfPeriod ?? 'latest',
    targetShare: cells.target_share ?? before?.targetShare ?? 1,
  } as const
  return { kind: 'measure', measure, notes: [] }
}

/** The band that cells say; undefined when none of them does. */
export function bandOf({ at_least: atLeast, above, at_most: atMost, below }: RowCells): Band | undefined {
  const bounds = { atLeast, above, atMost, below }
  const given = Object.entries(bounds).filter(([, bound]) => bound !== undefined)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

function milestones(steps: readonly RowStep[] | null): RowMeasure {
  if (steps === null) return problem('There are no steps. Give a line for each: percent and title.')
  const titles = new Set<string>()
  let before = -1
  for (const { title, percent } of steps) {
    if (titles.has(title)) return problem(`Two steps are called ${title}; a step is told by its title.`)
    if (percent <= before)
      return problem(`The step ${title} is at ${percent} %, not above the one before it.`)
    titles.add(title)
    before = percent
  }
  if (before !== 100) return problem(`The last step is at ${before} %; it reaches 100 %.`)
  return { kind: 'measure', measure: { kind: 'milestones', steps }, notes: [] }
}

function stepsOf({ steps }: Extract<DocumentMeasure, { kind: 'milestones' }>): readonly RowStep[] {
  return steps
}

function delivery(cells: RowCells, before: DeliveryMeasure | null): RowMeasure {
  const size = cells.size === undefined ? (before?.size ?? 'count') : sizeNamed(cells.size)
  if (size === null) return problem(noField('size', cells.size))
  const target =
    cells.target === undefined
      ? (before?.target ?? { kind: 'scope' as const })
      : { kind: 'fixed' as const, amount: cells.target }
  if (target.kind === 'fixed' && !(target.amount >= SHORTEST_WAY && target.amount <= 1e9)) {
    return problem(`The target is ${target.amount}; give an amount above 0, or none for all linked work.`)
  }
  const weights = cells.status_weights
  if (weights !== undefined && !(weights.toDo <= weights.inProgress && weights.inProgress <= 100)) {
    return problem('The status weights are not ascending percentages; expected something like 0/50.')
  }
  const statusWeights =
    weights === undefined ? before?.statusWeights : { ...weights, delivered: 100 as const }
  const measure = {
    kind: 'delivery',
    size,
    target,
    ...(statusWeights === undefined ? {} : { statusWeights }),
  } as const
  return { kind: 'measure', measure, notes: [] }
}

function sizeNamed(text: string): DeliveryMeasure['size'] | null {
  if (text === 'count' || text === 'points') return text
  return CUSTOM_FIELD.test(text) ? { field: text } : null
}

function noField(column: string, seen: string | undefined): string {
  const expected =
    column === 'size' ? 'count, points or a field such as customfield_10050' : 'customfield_10050 or another'
  return `${column} is ${seen ?? 'missing'}; expected ${expected}.`
}

function problem(message: string): RowMeasure {
  return { kind: 'problem', message }
}
