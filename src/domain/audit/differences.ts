import { canonicalText } from '../mirror/facts.ts'

/** A property that a change gave another value. */
export interface Difference {
  /** Its path: `measure.target`. */
  readonly name: string
  /** undefined: there was no such property. */
  readonly before: unknown
  readonly after: unknown
}

/**
 * What differs between two states of the same thing, property by property, in the order of the later one. Lists are one
 * value. What was made or removed as a whole differs in every property that says something.
 */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const was = properties(before)
  const is = properties(after)
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((name) => {
    const difference = { name, before: was.get(name), after: is.get(name) }
    return textOf(difference.before) === textOf(difference.after) ? [] : [difference]
  })
}

/** What says nothing is as good as not there. */
function textOf(value: unknown): string {
  const isNothing = value === undefined || value === null || value === ''
  return isNothing || (Array.isArray(value) && value.length === 0) ? '' : canonicalText(value)
}

function properties(state: unknown, path: readonly string[] = []): Map<string, unknown> {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) {
    return new Map(path.length === 0 && !Array.isArray(state) ? [] : [[path.join('.') || '(all)', state]])
  }
  return new Map(Object.entries(state).flatMap(([name, value]) => [...properties(value, [...path, name])]))
}
