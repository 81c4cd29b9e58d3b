import type { RuleId } from '../../src/domain/lint/finding.ts'

/** A key result's text, and the rule a careful reader would name first; `good` when there is none. */
export type Case = readonly [text: string, verdict: RuleId | 'good']
