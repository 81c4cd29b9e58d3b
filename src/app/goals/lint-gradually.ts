import type { Finding } from '../../domain/lint/finding.ts'
import { lintInSteps } from '../../domain/lint/lint.ts'
import type { LintedSet } from '../../domain/lint/linted-set.ts'
import type { Locale } from '../../domain/writeback/messages.ts'

export interface LintOptions {
  /** The language of messages. */
  readonly locale: Locale
  /** Lets others have their turn: resolves after them. */
  readonly pause: () => Promise<void>
}

/** Some milliseconds of work: what others wait for at most. */
const STEPS_BETWEEN_PAUSES = 50

/** Lints a set of any size without keeping others waiting for all of it. */
export async function lintGradually(set: LintedSet, { locale, pause }: LintOptions): Promise<Finding[]> {
  const steps = lintInSteps(set, { locale })
  for (let taken = 1; ; taken++) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (taken % STEPS_BETWEEN_PAUSES === 0) await pause()
  }
}
