import type { KeyResult } from '../../domain/goals.ts'
import { isMeasuredByValues } from '../../domain/measures/measure.ts'
import type { EpochMs } from '../../domain/time.ts'
import { ThroughlineError, type InputProblem } from '../errors.ts'

/** Clocks of other systems run ahead a little. */
const CLOCK_SKEW_MS = 60_000

/** When it was so. Kept ahead of now it would be left out of the recompute that it causes. */
export function saidAt(at: EpochMs | null, now: EpochMs): EpochMs {
  return Math.min(at ?? now, now)
}

/** Throws `OKR_CHECK_IN_NOT_POSSIBLE` for a key result whose value comes from work or from steps. */
export function requireMeasuredByValues({ key, measure }: KeyResult): void {
  if (isMeasuredByValues(measure)) return
  const source = measure.kind === 'milestones' ? 'its steps' : 'its linked work'
  throw new ThroughlineError(
    'OKR_CHECK_IN_NOT_POSSIBLE',
    `${key} is measured by ${source} (${measure.kind}), so a value cannot be reported for it. Leave the value out and ` +
      `give a confidence or a note${measure.kind === 'milestones' ? ', tick a step' : ''}, or put a value over the ` +
      `automatic one: PUT /api/v1/key-results/${key}/value-override.`,
  )
}

/** Why a date cannot be taken; null when it can. */
export function problemOfDate(at: EpochMs | null, now: EpochMs, field: string): InputProblem | null {
  if (at === null || at <= now + CLOCK_SKEW_MS) return null
  return { field, message: 'lies in the future; a check-in says what was so, not what is hoped for' }
}

/** Why a value cannot be taken; null when it can. */
export function problemOfValue(
  { key, measure }: KeyResult,
  value: number,
  field: string,
): InputProblem | null {
  if (measure.kind !== 'binary' || value === 0 || value === 1) return null
  return { field, message: `is ${value}; ${key} is done or not done: 1 says done, 0 says not done` }
}

/** Throws `OKR_INPUT_INVALID` with every problem there is. */
export function requireNoProblems(problems: readonly (InputProblem | null)[], what: string): void {
  const found = problems.filter((problem) => problem !== null)
  const [first] = found
  if (first === undefined) return
  throw new ThroughlineError('OKR_INPUT_INVALID', `${what}: ${first.field} ${first.message}.`, {
    problems: found,
  })
}
