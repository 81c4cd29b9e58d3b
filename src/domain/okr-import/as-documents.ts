import type { AnchorIssue, Initiative, KeyResult } from '../goals.ts'
import type { Measure } from '../measures/measure.ts'
import type {
  DocumentInitiative,
  DocumentIssue,
  DocumentKeyResult,
  DocumentMeasure,
} from '../okrs/okr-document.ts'

/** Goals as they are stored, in the words of a document: what a line leaves blank stays as it is. */

export function keyResultAsDocument(keyResult: KeyResult): Omit<DocumentKeyResult, 'initiatives'> {
  const { key, title, description, owner, ownerAccountId, weight, dueDay, plan, healthPolicy } = keyResult
  const { dependsOn, intendedSharePercent, externalId } = keyResult
  return {
    ...{ key, title, description, owner, ownerAccountId, weight, dueDay, plan, healthPolicy },
    ...{ dependsOn, intendedSharePercent, externalId },
    measure: measureAsDocument(keyResult.measure),
    anchorIssue: issueAsDocument(keyResult.anchorIssue),
  }
}

export function initiativeAsDocument({ key, title, owner, issue }: Initiative): DocumentInitiative {
  return { key, title, owner, issue: issueAsDocument(issue) }
}

function measureAsDocument(measure: Measure): DocumentMeasure {
  if (measure.kind !== 'milestones') return measure
  const steps = measure.steps.map((step) => ({ ...step, issue: issueAsDocument(step.issue) }))
  return { kind: 'milestones', steps }
}

function issueAsDocument(issue: AnchorIssue | null): DocumentIssue | null {
  return issue === null ? null : { site: issue.siteId, issue: issue.issueId }
}
