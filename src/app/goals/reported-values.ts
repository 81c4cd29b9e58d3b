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
  return { field, message: 'lies in the future; a value says what was so, not what is hoped for' }
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

/** What can be told of a value, of a key result or of a KPI. */
interface Told {
  readonly value: number | null
  readonly confidence?: number | null
  readonly note: string
}

/** Something said under an id that is known, beside what is stored under it. */
export interface SaidAgain {
  /** Where in the request it stands. */
  readonly field: string
  /** `at` null: now, which is another instant each time. */
  readonly said: Told & { readonly at: EpochMs | null }
  readonly stored: Told & { readonly at: EpochMs }
}

/**
 * Lets pass what is only said again. Throws `OKR_VALUE_ID_TAKEN` with each one that says something else under an id that
 * is taken: to keep the first silently would lose a correction.
 */
export function requireSaidAgain(known: readonly SaidAgain[]): void {
  const problems = known.flatMap(({ field, said, stored }): InputProblem[] => {
    const others = [
      said.value === stored.value ? null : `the value ${stored.value ?? 'none'}, not ${said.value ?? 'none'}`,
      (said.confidence ?? null) === (stored.confidence ?? null)
        ? null
        : `the confidence ${stored.confidence ?? 'none'}, not ${said.confidence ?? 'none'}`,
      said.at === null || Math.abs(said.at - stored.at) <= CLOCK_SKEW_MS
        ? null
        : `the date ${isoOf(stored.at)}, not ${isoOf(said.at)}`,
      said.note === stored.note ? null : 'another note',
    ].filter((other) => other !== null)
    const message = `is sent under an id that is taken: under it ${others.join(', and ')} is stored`
    return others.length === 0 ? [] : [{ field, message }]
  })
  const [first] = problems
  if (first === undefined) return
  throw new ThroughlineError(
    'OKR_VALUE_ID_TAKEN',
    `Nothing was stored: ${first.field} ${first.message}. Send a correction under an id of its own.`,
    { problems },
  )
}

function isoOf(at: EpochMs): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString()
}
