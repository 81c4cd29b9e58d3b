import type { OkrDocument } from '../../domain/okrs/okr-document.ts'
import type { PlanProblem } from '../../domain/okrs/plan.ts'
import { toldOnce } from '../../domain/okrs/told-once.ts'
import type { Unread } from '../../domain/okrs/unread.ts'
import { isTooDeep, TOO_DEEP } from '../depth.ts'
import { byLine, isInside, schemaProblems, type DocumentProblem, type LineOf } from './document-problem.ts'
import { okrDocument } from './document-schema.ts'
import { createReadablePart } from './readable-part.ts'
import { parseYaml } from './yaml-text.ts'

/** A file that has to be put right, as far as it could be read. */
export interface FaultyFile {
  readonly kind: 'problems'
  /** By line. */
  readonly problems: readonly DocumentProblem[]
  /** What could be read, to look further for what is wrong; null: nothing. It is never applied. */
  readonly part: { readonly document: OkrDocument; readonly unread: Unread } | null
  readonly lineOf: LineOf
}

export type ReadDocument =
  { readonly kind: 'document'; readonly document: OkrDocument; readonly lineOf: LineOf } | FaultyFile

/**
 * Reads a file of OKRs, YAML or JSON. Every problem of the file is told at once, each with its line; what was left out
 * has its default in the document.
 */
export function readOkrDocument(text: string): ReadDocument {
  const parsed = parseYaml(text)
  if (parsed.kind === 'value') return readOkrValue(parsed.value, parsed.lineOf)
  return { ...parsed, part: null, lineOf: () => null }
}

/** Each reading finds what the last one could not get to; a document is a few levels deep. */
const MOST_READINGS = 6

/** The same for a file that is taken apart already. */
export function readOkrValue(value: unknown, lineOf: LineOf = () => null): ReadDocument {
  if (isTooDeep(value)) {
    return { kind: 'problems', problems: [{ line: null, path: '', message: TOO_DEEP }], part: null, lineOf }
  }
  const whole = okrDocument.safeParse(value)
  if (whole.success) return { kind: 'document', document: whole.data, lineOf }
  const readable = createReadablePart(value)
  const problems: DocumentProblem[] = []
  let { issues } = whole.error
  for (let reading = 1; reading < MOST_READINGS; reading++) {
    problems.push(...schemaProblems(issues, readable.value, lineOf))
    if (!readable.putAside(issues)) break
    const again = okrDocument.safeParse(readable.value)
    if (again.success) {
      const part = { document: again.data, unread: readable.unread(again.data) }
      return { kind: 'problems', problems: byLine(problems), part, lineOf }
    }
    issues = again.error.issues
  }
  return { kind: 'problems', problems: byLine(problems), part: null, lineOf }
}

/** The problems of a file that is read but not applied, by line; those beside the file first. */
export function placedProblems(problems: readonly PlanProblem[], lineOf: LineOf): DocumentProblem[] {
  return byLine(
    toldOnce(problems).map(({ path, message }) =>
      path === null
        ? { line: null, path: '', message }
        : { line: lineOf(path), path: path.join('.'), message },
    ),
  )
}

/** All that is wrong with a faulty file. A place that could not be read is one problem, whatever follows from it. */
export function allProblems(file: FaultyFile, ofPart: readonly PlanProblem[]): DocumentProblem[] {
  const further = placedProblems(ofPart, file.lineOf).filter(
    ({ path }) => !file.problems.some((problem) => isInside(path, problem.path)),
  )
  return byLine([...file.problems, ...further])
}
