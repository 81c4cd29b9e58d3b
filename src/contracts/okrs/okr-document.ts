import type { DocumentPath, OkrDocument } from '../../domain/okrs/okr-document.ts'
import { okrDocument } from './document-schema.ts'
import { problemsOf } from './problem-text.ts'
import { parseYaml } from './yaml-text.ts'

/** Something wrong in a file, and how to put it right. */
export interface DocumentProblem {
  /** 1 is the first; null: of the file as a whole. */
  readonly line: number | null
  /** `objectives.0.keyResults.2.measure.target` */
  readonly path: string
  readonly message: string
}

export type ReadDocument =
  | {
      readonly kind: 'document'
      readonly document: OkrDocument
      /** The line a part of the document begins on; that of what holds it for a property that was left out. */
      readonly lineOf: (path: DocumentPath) => number | null
    }
  | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] }

/**
 * Reads a file of OKRs, YAML or JSON. Every problem of the file is told at once, each with its line; what was left out
 * has its default in the document.
 */
export function readOkrDocument(text: string): ReadDocument {
  const parsed = parseYaml(text)
  if (parsed.kind === 'problems') {
    return {
      kind: 'problems',
      problems: parsed.problems.map(({ line, message }) => ({ line, path: '', message })),
    }
  }
  const { value, lineOf } = parsed
  const result = okrDocument.safeParse(value)
  if (result.success) return { kind: 'document', document: result.data, lineOf }
  const problems = result.error.issues
    .flatMap((issue) => problemsOf(issue, value))
    .map(({ path, message }) => ({ line: lineOf(path), path: path.join('.'), message }))
  return { kind: 'problems', problems: oncePerPlace(problems).sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) }
}

/** A value that is wrong in two ways needs one correction. */
function oncePerPlace(problems: readonly DocumentProblem[]): DocumentProblem[] {
  const first = new Map<string, DocumentProblem>()
  for (const problem of problems) if (!first.has(problem.path)) first.set(problem.path, problem)
  return [...first.values()]
}
