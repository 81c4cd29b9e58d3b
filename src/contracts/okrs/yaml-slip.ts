import type { YAMLError } from 'yaml'
import { TOO_DEEP } from '../depth.ts'

type Slip = Pick<YAMLError, 'code' | 'message'>

/** Where the parser stumbled. */
interface Place {
  readonly line: string
  /** That line from there on. */
  readonly rest: string
  /** In the parser's words. */
  readonly message: string
}

/** What a merge leaves where it could not decide. */
export const CONFLICT_MARKER = /^(?:<{7}|={7}|>{7})(?:\s|$)/

/**
 * What an error of the YAML parser most likely comes from, and how to put it right, for somebody who wrote a text and
 * no YAML. The parser's own words for what is not known here.
 *
 * @param line the line of the error, without its end
 * @param column where in it, from 1
 */
export function slipText({ code, message }: Slip, line: string, column: number): string {
  if (CONFLICT_MARKER.test(line)) {
    return 'a merge left two versions here; keep one, and take out the lines with <<<<<<<, ======= and >>>>>>>'
  }
  return ADVICE[code]?.({ line, rest: line.slice(column - 1), message }) ?? message
}

const ADVICE: Readonly<Partial<Record<Slip['code'], (place: Place) => string | null>>> = {
  BAD_DQ_ESCAPE: () => `a backslash in "…" begins a special character; write it twice, or use '…'`,
  BAD_INDENT: ({ message }) => (message.startsWith('Flow') ? unclosedBracket(message) : OTHER_INDENT),
  BAD_SCALAR_START: ({ rest }) => beginningText(rest),
  BLOCK_AS_IMPLICIT_KEY: nestedText,
  BLOCK_IN_FLOW: nestedInBrackets,
  MISSING_CHAR: missingText,
  MULTILINE_IMPLICIT_KEY: nameWithoutValue,
  MULTIPLE_DOCS: () => 'a second document begins; put everything into one, without the line ---',
  RESOURCE_EXHAUSTION: () => `the text ${TOO_DEEP}`,
  TAB_AS_INDENT: () => 'the line is indented with a tab; indent it with spaces',
  UNEXPECTED_TOKEN: unexpectedText,
}

const OTHER_INDENT =
  'the line is indented unlike those it belongs to; begin the properties of one goal, and the entries (-) of one list, ' +
  'in the same column'

function nestedText({ rest }: Place): string {
  if (/^\s*-(?:\s|$)/.test(rest)) return OTHER_INDENT
  if (/^\?\s/.test(rest)) return beginningText(rest)
  if (/:(?:\s|$)/.test(rest)) return colonText(rest)
  return (
    'the line below is indented more, though the value stands here already; indent both alike, or put the text of ' +
    'both in quotes'
  )
}

/** Inside of `{ }` and `[ ]`, where a comma or a bracket ends a text. */
function nestedInBrackets({ rest }: Place): string {
  const [text = ''] = /^[^,{}[\]]*/.exec(rest) ?? []
  const [, name] = /\s["']?([\w-]+)["']?\s*:(?:\s|$)/.exec(text) ?? []
  return name === undefined ? colonText(text) : `put a comma before ${name}, or the whole text in quotes`
}

function colonText(text: string): string {
  return `a colon with a space after it makes a name of the words before it; ${inQuotes(text)}`
}

function beginningText(rest: string): string {
  return `a text cannot begin with ${rest.slice(0, 1)} here; ${inQuotes(rest)}`
}

const LONGEST_QUOTED = 80

function inQuotes(rest: string): string {
  const text = rest.replace(/\s#.*$/, '').trim()
  const isPlain = text !== '' && text.length <= LONGEST_QUOTED && !/["'\\]/.test(text)
  return isPlain ? `put the text in quotes: "${text}"` : 'put the text in quotes'
}

function missingText(place: Place): string | null {
  const { message } = place
  if (message.startsWith('Missing closing')) return 'the quote that begins here is not closed'
  if (message.startsWith('Flow')) return unclosedBracket(message)
  if (message.startsWith('Sequence item')) return OTHER_INDENT
  return message.startsWith('Implicit map keys') ? nameWithoutValue(place) : null
}

function unclosedBracket(message: string): string {
  const [opened, closed] = message.includes('}') ? ['{', '}'] : ['[', ']']
  return `a ${opened} further up, or in this line, is not closed with ${closed}`
}

function nameWithoutValue({ rest }: Place): string {
  const [, name] = /^([\w-]+):\S/.exec(rest) ?? []
  return name === undefined
    ? 'expected a name, a colon, a space and a value, such as title: New customers succeed'
    : `put a space after the colon of ${name}`
}

function unexpectedText({ line, rest, message }: Place): string | null {
  const [, value = ''] = /^\s*(?:-\s+)*(?:[\w-]+:\s+)?(.*)$/.exec(line) ?? []
  if (message.includes('block-seq-ind') || /^[*>|]/.test(value)) return beginningText(value)
  if (message.endsWith('at node end')) {
    return `the text goes on after a closing quote or bracket; put all of it in "…", and write \\" for a quote inside`
  }
  return /^[\]},]/.test(rest) ? `nothing is open that ${rest.slice(0, 1)} could close; take it out` : null
}
