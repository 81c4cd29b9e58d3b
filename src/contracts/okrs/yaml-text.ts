import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type { DocumentPath } from '../../domain/okrs/okr-document.ts'
import { DEEPEST, TOO_DEEP } from './depth.ts'
import { byLine, type DocumentProblem, type LineOf } from './document-problem.ts'

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
  const errors = parsed.errors.map(({ pos, message }) => ({
    line: lines.linePos(pos[0]).line,
    path: '',
    message: `is not YAML: ${message}`,
  }))
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

/**
 * What the parser lets pass and a document of goals never has. Aliases are refused: a small file could become a large
 * one, or hold itself. Walks without recursion: depth is the text's choice.
 */
function structureProblems(parsed: Document.Parsed, lineAt: LineAt): DocumentProblem[] {
  const problems: DocumentProblem[] = []
  const found = (node: unknown, message: string) => problems.push({ line: lineAt(node), path: '', message })
  const open: { node: unknown; depth: number }[] = [{ node: parsed.contents, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next
    if (depth > DEEPEST) {
      found(node, TOO_DEEP)
      break
    }
    if (isAlias(node)) found(node, `refers to another place by *${node.source}; write it out here`)
    if (isSeq(node)) for (const item of node.items) open.push({ node: item, depth: depth + 1 })
    if (!isMap(node)) continue
    const keys = new Map<string, number | null>()
    for (const { key, value } of node.items) {
      open.push({ node: value, depth: depth + 1 })
      if (!isScalar(key)) {
        found(key ?? node, 'has a key that is not a plain name')
        continue
      }
      const name = String(key.value)
      const before = keys.get(name)
      if (before !== undefined) found(key, `says ${name} again; it stands on line ${before} already`)
      else keys.set(name, lineAt(key))
    }
  }
  return byLine(problems)
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
