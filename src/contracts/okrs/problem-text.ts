import type { z } from 'zod'

interface PlacedProblem {
  readonly path: (string | number)[]
  readonly message: string
}

/** What is wrong at each place of a document, with what was seen and what to write instead. */
export function problemsOf(issue: z.core.$ZodIssue, document: unknown): PlacedProblem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      path: [...path, name],
      message: 'is not a property here; check its spelling, or take it out',
    }))
  }
  const seen = valueAt(document, path)
  return [
    { path, message: seen === undefined ? missing(issue) : `${issueText(issue)}; found ${shown(seen)}` },
  ]
}

function missing(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type'
    ? `is missing; give ${expectedType(issue.expected)}`
    : `is missing: ${issueText(issue)}`
}

function issueText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${expectedType(issue.expected)}${issue.expected === 'string' ? ' (in quotes, if it looks like a number)' : ''}`
    case 'invalid_value':
      return `expected ${issue.values.map((value) => String(value)).join(', ')}`
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'expected text that is not empty'
      return `expected ${amountText(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}`
    case 'too_big':
      return `expected ${amountText(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}`
    case 'invalid_format':
      return issue.format === 'date' ? 'expected a day such as 2026-12-31' : issue.message
    case 'invalid_union':
      return unionText(issue)
    default:
      return issue.message
  }
}

/** What a union could be is told by its discriminator, or by the plain values among its members. */
function unionText({ message, errors }: z.core.$ZodIssueInvalidUnion): string {
  const kinds = /Expected (.+)$/.exec(message)?.[1]
  if (kinds !== undefined) return `expected ${kinds.replaceAll(' | ', ', ').replaceAll("'", '')}`
  const members = errors.flatMap((member) => member.filter(({ path }) => path.length === 0).map(issueText))
  return members.length === 0 ? 'is none of what can stand here' : members.join(', or ')
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' }

function amountText(origin: string, bound: string, limit: number | bigint): string {
  return `${bound} ${limit}${UNITS[origin] ?? ''}`
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'properties with their values',
}

function expectedType(type: string): string {
  return TYPES[type] ?? type
}

const LONGEST_SHOWN = 60

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`
}

/** undefined: there is nothing at this place. */
export function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  let value = document
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string | number, unknown>)[step]
  }
  return value
}
