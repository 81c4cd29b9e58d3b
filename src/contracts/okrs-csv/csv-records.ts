/** A record of a CSV file, or what is in the way of reading it; lines count from 1. */
export type CsvRecord =
  | { readonly kind: 'read'; readonly line: number; readonly fields: readonly string[] }
  | {
      readonly kind: 'broken'
      readonly line: number
      readonly why: string
      /** What stands between the separators of its first line, as far as that tells anything. */
      readonly pieces: readonly string[]
    }

export type Separator = ',' | ';' | '\t' | '|'

/** A description may run over many lines, but a quote that was never closed must not swallow the file. */
const MOST_CHARACTERS_OF_A_RECORD = 100_000

/** What some spreadsheets write above the header. */
const SAID_SEPARATOR = /^sep=([,;\t|])\r?\n/i

/**
 * The separator of a file, and where its header begins. It is the one a line `sep=;` says, or the one that stands in
 * the header most often, outside of quotes.
 */
export function separatorOf(text: string): { readonly separator: Separator; readonly start: number } {
  const said = SAID_SEPARATOR.exec(text)
  if (said !== null) return { separator: said[1] as Separator, start: said[0].length }
  const header = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.trimStart())?.[0] ?? ''
  const bare = header.replace(/"(?:[^"]|"")*"/g, '')
  const count = (separator: Separator) => bare.split(separator).length
  const separator = ([';', '\t', '|'] as const).reduce<Separator>(
    (most, candidate) => (count(candidate) > count(most) ? candidate : most),
    ',',
  )
  return { separator, start: 0 }
}

/**
 * The records of CSV (RFC 4180, any line ends, line breaks inside quotes). Blank lines and lines of separators alone
 * are passed over. A record whose quotes do not close, or that goes on after they closed, costs its first line only.
 * A quote inside a field that does not begin with one is a character like any other: `5" screen`.
 */
export function* csvRecords(text: string, separator: Separator, from = 0): Generator<CsvRecord> {
  let line = 1 + breaksIn(text, 0, from)
  for (let start = from; start < text.length;) {
    const read = recordAt(text, start, separator)
    const end = read.kind === 'read' ? read.end : endOfLine(text, start)
    if (read.kind === 'broken')
      yield { kind: 'broken', line, why: read.why, pieces: piecesOf(text.slice(start, end), separator) }
    else if (read.fields.some((field) => field.trim() !== ''))
      yield { kind: 'read', line, fields: read.fields }
    line += breaksIn(text, start, end)
    start = end
  }
}

const UNCLOSED = `has a quote that is not closed within ${MOST_CHARACTERS_OF_A_RECORD} characters`

type RecordRead =
  | { readonly kind: 'read'; readonly fields: readonly string[]; readonly end: number }
  | { readonly kind: 'broken'; readonly why: string }

function recordAt(text: string, start: number, separator: Separator): RecordRead {
  const fields: string[] = []
  for (let at = start; ;) {
    const field = text[at] === '"' ? quotedAt(text, at, start) : plainAt(text, at, separator)
    if (field === null) return { kind: 'broken', why: UNCLOSED }
    fields.push(field.value)
    at = field.end
    if (text[at] === separator) {
      at++
      continue
    }
    if (at >= text.length) return { kind: 'read', fields, end: at }
    const breakLength = text.startsWith('\r\n', at) ? 2 : text[at] === '\n' || text[at] === '\r' ? 1 : 0
    if (breakLength > 0) return { kind: 'read', fields, end: at + breakLength }
    return {
      kind: 'broken',
      why: 'has a quote that is not closed, or goes on after one that is; a quote inside a quoted field is written twice',
    }
  }
}

const MOST_PIECES = 100
const MOST_OF_A_PIECE = 300

function piecesOf(line: string, separator: Separator): string[] {
  return line
    .slice(0, MOST_CHARACTERS_OF_A_RECORD)
    .split(separator, MOST_PIECES)
    .map((piece) => piece.replaceAll('"', '').trim())
    .filter((piece) => piece !== '' && piece.length <= MOST_OF_A_PIECE)
}

interface FieldRead {
  readonly value: string
  readonly end: number
}

function quotedAt(text: string, at: number, recordStart: number): FieldRead | null {
  for (let from = at + 1; ;) {
    const quote = text.indexOf('"', from)
    if (quote === -1 || quote - recordStart > MOST_CHARACTERS_OF_A_RECORD) return null
    if (text[quote + 1] !== '"') {
      const value = text.slice(at + 1, quote).replaceAll('""', '"')
      return { value, end: quote + 1 }
    }
    from = quote + 2
  }
}

function plainAt(text: string, at: number, separator: Separator): FieldRead {
  let end = at
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(at, end), end }
}

function endOfLine(text: string, start: number): number {
  const breakAt = /\r\n|\n|\r/g
  breakAt.lastIndex = start
  return breakAt.exec(text) === null ? text.length : breakAt.lastIndex
}

function breaksIn(text: string, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) {
    if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) count++
  }
  return count
}
