import type { Contribution } from '../../src/domain/contributions/contribution.ts'
import {
  evaluateContributions,
  type EvaluationInput,
  type EvaluationRules,
} from '../../src/domain/contributions/evaluate.ts'
import type { ManualLink } from '../../src/domain/links/manual-link.ts'
import type { IssueHistory } from '../../src/domain/mirror/issue.ts'
import { RULES } from './issues.ts'

/** Some issues of one site that may stand above each other, with the hand-made links of them all. */
export interface Family {
  readonly issues: readonly IssueHistory[]
  readonly manualLinks?: readonly ManualLink[]
}

/** What the first issue of a family depends on, looked up among the others as the record would. */
export function evaluationInput({ issues, manualLinks = [] }: Family, issue = issues[0]!): EvaluationInput {
  return {
    siteId: 'main',
    issue,
    ancestorOf: ({ parentId, parentKey }) =>
      issues.find(({ issueId, current }) =>
        parentId === null ? parentKey !== null && current.key === parentKey : issueId === parentId,
      ) ?? null,
    manualLinksOf: (issueId) => manualLinks.filter((link) => link.issueId === issueId),
  }
}

/** The contributions of a family's first issue. */
export function contributionsOf(family: Family, rules: EvaluationRules = RULES): Contribution[] {
  return evaluateContributions(evaluationInput(family), rules)
}

/** The contributions of every issue of a family. */
export function allContributions(family: Family, rules: EvaluationRules = RULES): Contribution[] {
  return family.issues.flatMap((issue) => evaluateContributions(evaluationInput(family, issue), rules))
}
