import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml'
import type { DocumentPath } from '../../domain/okrs/okr-document.ts'
import { DEEPEST, TOO_DEEP } from '../depth.ts'
import { byLine, type DocumentProblem, type LineOf } from './document-problem.ts'
import { CONFLICT_MARKER, slipText } from './yaml-slip.ts'

const LARGEST_CHARACTERS = 10 * 1024 * 1024

type LineAt = (node: unknown) => number | null

export type ParsedYaml =
  | { readonly kind: 'value'; readonly value: unknown; readonly lineOf: LineOf }
  | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] }

/** Reads YAML, and JSON with it, so that places in it can be told by their lines. */
export function parseYaml(text: string): ParsedYaml {
  if (text.length > LARGEST_CHARACTERS) {
    const message = `is ${text.length} characters long; at most ${LARGEST_CHARACTERS} are read: split the file by cycle`
    return { kind: 'problems', problems: [{ line: null, path: '', message }] }
  }
  const lines = new LineCounter()
  // Keys are compared below, each once: the parser would compare each with all before it.
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const errors = syntaxProblems(parsed, text, lines)
  const lineAt: LineAt = (node) => {
    const range = (node as Node | null)?.range
    return range === undefined || range === null ? null : lines.linePos(range[0]).line
  }
  const problems = errors.length > 0 ? errors : structureProblems(parsed, lineAt)
  if (problems.length > 0) return { kind: 'problems', problems }
  return {
    kind: 'value',
    value: parsed.toJS() as unknown,
    lineOf: (path) => lineOf(parsed, path, lineAt),
  }
}

/** One for each line: the parser tells of one mistake in several ways. */
function syntaxProblems(parsed: Document.Parsed, text: string, lines: LineCounter): DocumentProblem[] {
  const first = new Map<number, DocumentProblem>()
  let isMerged = false
  for (const error of parsed.errors) {
    const { line, col } = lines.linePos(placeOf(error, parsed))
    const [start = 0, end = text.length] = lines.lineStarts.slice(line - 1, line + 1)
    const content = text.slice(start, end).trimEnd()
    const isMarker = CONFLICT_MARKER.test(content)
    if (!first.has(line) && !(isMerged && isMarker)) {
      const message = `is not YAML at column ${col}: ${slipText(error, content, col)}`
      first.set(line, { line, path: '', message })
    }
    isMerged ||= isMarker
  }
  return [...first.values()]
}

/** Of a quote that is not closed the parser tells the end of the text; people look for its beginning. */
function placeOf({ pos, message }: YAMLError, { contents }: Document.Parsed): number {
  if (!message.startsWith('Missing closing')) return pos[0]
  let last = -1
  for (const { node } of partsOf(contents)) {
    const isQuoted = isScalar(node) && node.type?.startsWith('QUOTE_') === true
    if (isQuoted) last = Math.max(last, node.range?.[0] ?? -1)
  }
  return last === -1 ? pos[0] : last
}

/** Every list, map, name and value. Walks without recursion: depth is the text's choice. */
function* partsOf(contents: unknown): Generator<{ readonly node: unknown; readonly depth: number }> {
  const open = [{ node: contents, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next
    const { node, depth } = next
    const inside = isSeq(node)
      ? node.items
      : isMap(node)
        ? node.items.flatMap(({ key, value }) => [key, value])
        : []
    for (const item of inside) open.push({ node: item, depth: depth + 1 })
  }
}

/**
 * What the parser lets pass and a document of goals never has. Aliases are refused: a small file could become a large
 * one, or hold itself.
 */
function structureProblems(parsed: Document.Parsed, lineAt: LineAt): DocumentProblem[] {
  const problems: DocumentProblem[] = []
  const found = (node: unknown, message: string) => problems.push({ line: lineAt(node), path: '', message })
  for (const { node, depth } of partsOf(parsed.contents)) {
    if (depth > DEEPEST) {
      found(node, TOO_DEEP)
      break
    }
    if (isAlias(node)) found(node, aliasText(node.source))
    if (!isMap(node)) continue
    const keys = new Map<string, number | null>()
    for (const { key } of node.items) {
      if (!isScalar(key)) {
        if (!isAlias(key)) found(key ?? node, 'has a key that is not a plain name')
        continue
      }
      const name = String(key.value)
      const before = keys.get(name)
      if (before !== undefined)
        found(key, `says ${name} again; it stands on line ${before} already: keep one of them`)
      else keys.set(name, lineAt(key))
    }
  }
  return byLine(problems)
}

function aliasText(name: string): string {
  return `refers to another place by *${name}; write it out here, or put it in quotes if it is text`
}

/** The line of a place: of its key, else of the nearest thing that holds it. */
function lineOf(parsed: Document.Parsed, path: DocumentPath, lineAt: LineAt): number | null {
  let node: unknown = parsed.contents
  let line = lineAt(node)
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (pair === undefined) return line
      line = lineAt(pair.key) ?? line
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      if (node === undefined) return line
      line = lineAt(node) ?? line
    } else return line
  }
  return line
}
