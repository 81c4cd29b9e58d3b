import type { z } from 'zod'
import type { DocumentPath } from '../../domain/okrs/okr-document.ts'
import { problemsFound } from '../problem-text.ts'

/** Something wrong in a file, and how to put it right. */
export interface DocumentProblem {
  /** 1 is the first; null: of the file as a whole, or of one that has no lines. */
  readonly line: number | null
  /** `objectives.0.keyResults.2.measure.target` */
  readonly path: string
  readonly message: string
}

/** The line a part of a file begins on; that of what holds it for a property that was left out. */
export type LineOf = (path: DocumentPath) => number | null

/** What a schema finds wrong, each at its place and line. */
export function schemaProblems(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  lineOf: LineOf,
): DocumentProblem[] {
  return problemsFound(issues, value, 'yaml').map(({ path, message }) => ({
    line: lineOf(path),
    path: path.join('.'),
    message,
  }))
}

/** As somebody reads the file who puts it right: from its top. */
export function byLine(problems: readonly DocumentProblem[]): DocumentProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

/** Whether a problem stands where another one does, or inside of it. */
export function isInside(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`)
}
