import type { AnchorIssue } from '../goals.ts'
import type {
  DocumentIssue,
  DocumentKeyResult,
  DocumentMeasure,
  DocumentPath,
  OkrDocument,
} from './okr-document.ts'

/** Looks one issue up; what is given back stands in its place. */
export type IssueLookup<From, To> = (issue: From, path: DocumentPath) => To | null

/** The document with each of its issues exchanged. */
export function withIssues<From, To>(
  document: OkrDocument<From>,
  lookup: IssueLookup<From, To>,
): OkrDocument<To> {
  const at = (issue: From | null, path: DocumentPath): To | null =>
    issue === null ? null : lookup(issue, path)
  const keyResult = (own: DocumentKeyResult<From>, path: DocumentPath): DocumentKeyResult<To> => ({
    ...own,
    measure: measureWith(own.measure, (issue, step) =>
      at(issue, [...path, 'measure', 'steps', step, 'issue']),
    ),
    anchorIssue: at(own.anchorIssue, [...path, 'anchorIssue']),
    initiatives: own.initiatives.map((initiative, index) => ({
      ...initiative,
      issue: at(initiative.issue, [...path, 'initiatives', index, 'issue']),
    })),
  })
  return {
    ...document,
    teams: document.teams.map((team, index) => ({
      ...team,
      anchorIssue: at(team.anchorIssue, ['teams', index, 'anchorIssue']),
    })),
    objectives: document.objectives.map((objective, index) => ({
      ...objective,
      keyResults: objective.keyResults.map((own, nth) =>
        keyResult(own, ['objectives', index, 'keyResults', nth]),
      ),
    })),
  }
}

function measureWith<From, To>(
  measure: DocumentMeasure<From>,
  lookup: (issue: From | null, step: number) => To | null,
): DocumentMeasure<To> {
  if (measure.kind !== 'milestones') return measure
  return {
    ...measure,
    steps: measure.steps.map((step, index) => ({ ...step, issue: lookup(step.issue, index) })),
  }
}

/** Every issue a document names, and where. */
export function issuesOf(
  document: OkrDocument,
): { readonly issue: DocumentIssue; readonly path: DocumentPath }[] {
  const found: { issue: DocumentIssue; path: DocumentPath }[] = []
  withIssues<DocumentIssue, AnchorIssue>(document, (issue, path) => {
    found.push({ issue, path })
    return null
  })
  return found
}
