import { meets, type Figure, type Target } from './benchmark.ts'
import { table } from '../src/cli/table.ts'

const HEADER = ['name', 'measured', 'baseline', 'unit', 'ratio', 'target', '']

/** Figures for people: one line each, and below what each one is. */
export function describe(figures: readonly Figure[]): string {
  const rows = figures.map((each) => [
    each.name,
    number(each.value),
    number(each.baseline),
    each.unit,
    number(each.ratio),
    targetText(each.target),
    each.target === null ? '' : meets(each) ? 'ok' : 'MISS',
  ])
  const details = figures.map(({ name, detail }) => `${name}: ${detail}`)
  return `${table(HEADER, rows)}\n\n${details.join('\n')}`
}

/** Figures for programs: one flat object by name. */
export function asJson(figures: readonly Figure[]): string {
  const byName = Object.fromEntries(
    figures.map(({ name, value, baseline, ratio }) => [name, { value, baseline, ratio }]),
  )
  return `${JSON.stringify(byName, null, 2)}\n`
}

function targetText(target: Target): string {
  if (target === null) return ''
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`
}

/** Three digits that count. */
function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
