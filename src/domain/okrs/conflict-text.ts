import { canonicalText } from '../mirror/facts.ts'
import { dayOf } from '../time.ts'
import { plainText } from '../writeback/plain-text.ts'
import type { Origin } from './applied.ts'
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

/** Of a goal that was made beside all files. */
export function existsText(
  subject: string,
  { name, before, after }: PropertyChange,
  origin: Origin | undefined,
): string {
  return (
    `${subject} exists already, ${originText(origin)}, with ${wordsOf(name)} ${valueText(before)} where the file says ` +
    `${valueText(after)}: take a key that is free, export and edit that, or pass --overwrite to take it over`
  )
}

/** Likewise, and archived. */
export function existsArchivedText(subject: string, origin: Origin | undefined): string {
  return (
    `${subject} exists already, ${originText(origin)}, and is archived: take a key that is free, or pass --overwrite to ` +
    'restore it as the file has it'
  )
}

export function restoredSinceText(subject: string, { name, before, after }: PropertyChange): string {
  return (
    `${subject} was restored after a file archived it, with ${wordsOf(name)} ${valueText(before)} where the file says ` +
    `${valueText(after)}: export again, or pass --overwrite`
  )
}

export function archivedSinceText(subject: string): string {
  return `${subject} was archived after the file was applied; take it out of the file, or pass --overwrite to restore it`
}

/** Of a goal that was changed, and that the file no longer names. */
export function changedSinceText(subject: string, names: readonly string[]): string {
  return (
    `${subject} was changed (${names.join(', ')}) after the file was applied, and the file no longer names it: ` +
    'name it in the file (export again), or pass --overwrite to archive it'
  )
}

/** Of an objective that the file no longer names, with key results that were made beside it. */
export function heldText(subject: string, keyResults: readonly string[]): string {
  return (
    `${subject} is no longer in the file, but ${keyResults.join(', ')} under it never was: name what is to stay (export ` +
    'again), or pass --overwrite to archive all of it'
  )
}

function originText(origin: Origin | undefined): string {
  if (origin === undefined) return 'made elsewhere'
  const { at, actor, by } = origin
  const who = by === null ? actor : `${plainText(by, LONGEST_SHOWN)} (${actor})`
  return `made on ${dayOf(at, 'UTC')} by ${who}`
}

/** `target` for `measure.target`: people know what it is the target of. */
function wordsOf(name: string): string {
  return name.startsWith('measure.') ? name.slice('measure.'.length) : name
}
