import { canonicalText } from '../mirror/facts.ts'
import type { PropertyChange } from './plan.ts'

const LONGEST_SHOWN = 80

/** A property's value for people; long text is cut. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  const text = typeof value === 'string' ? JSON.stringify(value) : canonicalText(value)
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`
}

/** @param base what the file said when it was applied */
export function conflictText(
  subject: string,
  { name, before, after }: PropertyChange,
  base: unknown,
): string {
  const stands = canonicalText(base) === canonicalText(after) ? 'still says' : 'says'
  return (
    `${subject} ${wordsOf(name)} was changed to ${valueText(before)} after the file was applied; ` +
    `the file ${stands} ${valueText(after)}: export again, or pass --overwrite`
  )
}

export function createdSinceText(subject: string, { name, before, after }: PropertyChange): string {
  return (
    `${subject} was made after the file was applied, with ${wordsOf(name)} ${valueText(before)} where the file says ` +
    `${valueText(after)}: take a key that is free, or pass --overwrite`
  )
}

/** `target` for `measure.target`: people know what it is the target of. */
function wordsOf(name: string): string {
  return name.startsWith('measure.') ? name.slice('measure.'.length) : name
}
