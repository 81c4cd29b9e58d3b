import type { Measure } from '../measures/measure.ts'
import { amountText } from './markdown-text.ts'

/** What an amount of a key result is an amount of. */
export interface Counted {
  readonly measure: Measure['kind']
  readonly unit: string
}

/** A unit as it is written behind a number; the words of people go through `write`. */
export function unitWords(
  { measure, unit }: Counted,
  value: number,
  write: (text: string) => string,
): string {
  switch (measure) {
    case 'delivery':
      return workUnit(unit, value)
    case 'field_sum':
    case 'metric':
      return unit === '' ? '' : ` ${write(unit)}`
    case 'range':
    case 'milestones':
      return ' %'
    case 'binary':
      return ''
  }
}

/** `19 issues`, `9.9 min`, and a share as percent. */
export function amountWords(counted: Counted, value: number, write: (text: string) => string): string {
  const shown = counted.measure === 'range' ? value * 100 : value
  return `${amountText(shown)}${unitWords(counted, shown, write)}`
}

/** Linked work is sized by the measure, and by its number where the measure has no size of its own. */
export function workWords(counted: Counted, value: number, write: (text: string) => string): string {
  if (counted.measure === 'delivery' || counted.measure === 'field_sum')
    return amountWords(counted, value, write)
  return `${amountText(value)}${workUnit('count', value)}`
}

/** A numeric field of Jira has a name only there. */
function workUnit(unit: string, value: number): string {
  if (unit === 'count') return value === 1 ? ' issue' : ' issues'
  if (unit === 'points') return value === 1 ? ' point' : ' points'
  return ''
}
