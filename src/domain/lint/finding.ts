/** What the linter looks for. The ids are stable: people write them into scripts. */
export const RULE_IDS = [
  'no-number',
  'vague-verb',
  'activity',
  'binary-key-result',
  'baseline-missing',
  'target-missing',
  'several-results-in-one',
  'no-owner',
  'no-due-date',
  'duplicate',
  'too-long',
  'objective-with-number',
  'too-few-key-results',
  'too-many-key-results',
  'all-key-results-are-output',
  'reverse-check',
] as const

export type RuleId = (typeof RULE_IDS)[number]

/** Where a finding stands in the set, by place and, where it has one, by key. */
export interface FindingSubject {
  /** The place of the objective in the set, from 0; null: it is about the whole set. */
  readonly objective: number | null
  readonly objectiveKey: string | null
  /** The place of the key result in its objective, from 0; null: it is about the objective. */
  readonly keyResult: number | null
  readonly keyResultKey: string | null
}

/** Something a careful reader would say. Nothing is ever refused for it. */
export interface Finding {
  readonly rule: RuleId
  /** A question is for the authors to answer: it says nothing against the goal. */
  readonly severity: 'hint' | 'question'
  readonly subject: FindingSubject
  /** What was seen and why it matters, in the language that was asked for. */
  readonly message: string
  /** A way to write it, in the language of the text it is about. */
  readonly suggestion: string
}
