import type { RuleId } from './finding.ts'
import type { LintedKeyResult, LintedObjective } from './linted-set.ts'
import type { MeasuredNumbers, Reading } from './reading.ts'

/** A rule that applies, with what its sentence needs. */
export interface Hit {
  readonly rule: RuleId
  /** The words that gave it away, as they were written. */
  readonly words?: string
  readonly count?: number
  /** What it is a duplicate of. */
  readonly other?: string
}

/** A key result, read once for all the rules. */
export interface KeyResultRead {
  readonly keyResult: LintedKeyResult
  readonly objective: LintedObjective
  readonly title: Reading
  /** Of its description: a number that stands there is given as well. */
  readonly description: Reading
  readonly numbers: MeasuredNumbers
}

export type KeyResultRule = (read: KeyResultRead) => Hit | null
