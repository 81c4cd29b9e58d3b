import type { z } from 'zod'
import { isTooDeep } from './depth.ts'

/** What is wrong at a place of some input, in the same words wherever that came from: a file, a request, a command. */
export interface PlacedProblem {
  readonly path: readonly (string | number)[]
  /** What was expected, what was found, what to do. */
  readonly message: string
}

/** `yaml`: somebody wrote it where quotes may be left out. */
export type InputFormat = 'yaml' | 'values'

/** What a schema finds wrong with some input, each at its place. A value that is wrong in two ways needs one correction. */
export function problemsFound(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  format: InputFormat = 'values',
): PlacedProblem[] {
  const first = new Map<string, PlacedProblem>()
  for (const problem of issues.flatMap((issue) => problemsOf(issue, input, format))) {
    const place = problem.path.join('.')
    if (!first.has(place)) first.set(place, problem)
  }
  return [...first.values()]
}

/** The same as an error carries them. */
export function inputProblems(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  format: InputFormat = 'values',
): { readonly field: string; readonly message: string }[] {
  return problemsFound(issues, input, format).map(({ path, message }) => ({
    field: path.join('.') || '(whole)',
    message,
  }))
}

function problemsOf(issue: z.core.$ZodIssue, input: unknown, format: InputFormat): PlacedProblem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      path: [...path, name],
      message: 'is not a property here; check its spelling, or take it out',
    }))
  }
  const seen = valueAt(input, path)
  if (seen === undefined) return [{ path, message: missing(issue) }]
  const wantsQuotes = format === 'yaml' && typeof seen === 'number' && isAboutText(issue)
  const expected = `${issueText(issue)}${wantsQuotes ? ' (in quotes, if it looks like a number)' : ''}`
  return [{ path, message: `${expected}; found ${shown(seen)}` }]
}

function isAboutText(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'string'
}

function missing(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is missing; give ${expectedType(issue.expected)}`
    case 'custom':
      return issue.message
    default:
      return `is missing: ${issueText(issue)}`
  }
}

function issueText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return hasWordsOfItsOwn(issue) ? issue.message : `expected ${expectedType(issue.expected)}`
    case 'invalid_value':
      return `expected ${issue.values.map((value) => (value === '' ? 'empty text' : String(value))).join(', ')}`
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'expected text that is not empty'
      return `expected ${amountText(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}`
    case 'too_big':
      return `expected ${amountText(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}`
    case 'invalid_format':
      return FORMATS[issue.format] ?? issue.message
    case 'invalid_union':
      return unionText(issue)
    case 'invalid_key':
      return issue.issues.map(issueText).join(', or ')
    default:
      return issue.message
  }
}

/** Whether a schema says itself what it expects of a type. */
function hasWordsOfItsOwn({ message }: z.core.$ZodIssueInvalidType): boolean {
  return !message.startsWith('Invalid input')
}

const FORMATS: Readonly<Record<string, string>> = {
  date: 'expected a day such as 2026-12-31',
  datetime: 'expected an instant with its offset, such as 2026-12-31T09:00:00Z',
}

/** What a union could be is told by its discriminator, or by the plain values among its members. */
function unionText({ message, errors }: z.core.$ZodIssueInvalidUnion): string {
  const kinds = /Expected (.+)$/.exec(message)?.[1]
  if (kinds !== undefined) return `expected ${kinds.replaceAll(' | ', ', ').replaceAll("'", '')}`
  const members = errors.flatMap((member) => member.filter(({ path }) => path.length === 0).map(issueText))
  return members.length === 0 ? 'is none of what can stand here' : members.join(', or ')
}

const UNITS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
}

function amountText(origin: string, bound: string, limit: number | bigint): string {
  const unit = UNITS[origin]?.[Number(limit) === 1 ? 0 : 1]
  return unit === undefined ? `${bound} ${limit}` : `${bound} ${limit} ${unit}`
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
  if (isTooDeep(value)) return 'something nested far deeper than anything here'
  const text =
    NO_NUMBERS.get(value) ?? JSON.stringify(value, (_, held: unknown) => NO_NUMBERS.get(held) ?? held)
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`
}

/** What JSON has no word for and would tell as null. */
const NO_NUMBERS: ReadonlyMap<unknown, string> = new Map([
  [Number.NaN, 'NaN, which is no number'],
  [Number.POSITIVE_INFINITY, 'infinity, or a number too large to keep'],
  [Number.NEGATIVE_INFINITY, 'minus infinity, or a number too large to keep'],
])

/** undefined: there is nothing at this place. */
export function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  let value = document
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string | number, unknown>)[step]
  }
  return value
}
