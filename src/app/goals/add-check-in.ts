import type { CheckIn, KeyResult } from '../../domain/goals.ts'
import { isMeasuredByValues } from '../../domain/measures/measure.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findLiveKeyResult } from './find-goals.ts'
import { movementOf } from './key-result-movements.ts'

export interface NewCheckIn {
  readonly key: KeyResultKey
  /** When it was so; null: now. An instant slightly ahead of our clock counts as now. */
  readonly at: EpochMs | null
  readonly value: number | null
  readonly confidence: number | null
  readonly note: string
  readonly author: string
  readonly source: CheckIn['source']
  /** The same key again returns the first check-in and stores nothing. */
  readonly idempotencyKey: string | null
}

/** Clocks of other systems run ahead a little. */
const CLOCK_SKEW_MS = 60_000

/**
 * Records a dated value, confidence or note. Throws `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`,
 * `OKR_CHECK_IN_NOT_POSSIBLE` for a value of a key result that is not measured by values, and `OKR_INPUT_INVALID`.
 */
export function addCheckIn(
  deps: ChangeDeps,
  { key, at, idempotencyKey, ...said }: NewCheckIn,
): Promise<{ checkIn: CheckIn; isNew: boolean }> {
  return changeGoals(deps, async (records, now) => {
    const { keyResult } = await findLiveKeyResult(records, key)
    requireSomethingSaid(said)
    requireValuePossible(keyResult, said.value)
    requirePast(at ?? now, now)
    // Kept ahead of now it would be left out of the recompute that it causes.
    const saidAt = Math.min(at ?? now, now)
    const before = await records.goals.latestCheckIn(key, saidAt)
    const added = await records.goals.addCheckIn({ keyResult: key, at: saidAt, ...said }, idempotencyKey)
    if (!added.isNew) return { result: added, record: null }
    const { checkIn } = added
    return {
      result: added,
      record: {
        action: 'check_in.create',
        subject: key,
        before: null,
        after: checkIn,
        feed: {
          kind: 'check_in.recorded',
          data: {
            checkIn: checkIn.id,
            value: checkIn.value,
            confidence: checkIn.confidence,
            author: checkIn.author,
          },
        },
      },
      movements: [
        movementOf(key, 'checked_in', saidAt, { before: before?.value ?? null, after: checkIn.value }),
      ],
      dirty: [{ keyResult: key, relink: false }],
    }
  })
}

function requireSomethingSaid({ value, confidence, note }: Pick<CheckIn, 'value' | 'confidence' | 'note'>) {
  if (value !== null || confidence !== null || note !== '') return
  const message = 'a check-in says something: give a value, a confidence or a note'
  throw new ThroughlineError(
    'OKR_INPUT_INVALID',
    'The check-in is empty. Give a value, a confidence or a note.',
    {
      problems: [{ field: 'value', message }],
    },
  )
}

function requireValuePossible({ key, measure }: KeyResult, value: number | null): void {
  if (value === null) return
  if (measure.kind === 'binary' && value !== 0 && value !== 1) throw isNeither(key, value)
  if (isMeasuredByValues(measure)) return
  throw new ThroughlineError(
    'OKR_CHECK_IN_NOT_POSSIBLE',
    `${key} is measured by ${measure.kind === 'milestones' ? 'its steps' : 'its linked work'} (${measure.kind}), so a ` +
      'value cannot be reported for it. Leave the value out and give a confidence or a note, tick a step, or put a ' +
      'value over the automatic one with value-override.',
  )
}

function requirePast(at: EpochMs, now: EpochMs): void {
  if (at <= now + CLOCK_SKEW_MS) return
  const message = 'lies in the future; a check-in says what was so, not what is hoped for'
  throw new ThroughlineError('OKR_INPUT_INVALID', `The check-in's date ${message}.`, {
    problems: [{ field: 'at', message }],
  })
}

function isNeither(key: KeyResultKey, value: number): ThroughlineError {
  const message = `is ${value}; ${key} is done or not done: 1 says done, 0 says not done`
  return new ThroughlineError('OKR_INPUT_INVALID', `The value ${message}.`, {
    problems: [{ field: 'value', message }],
  })
}
