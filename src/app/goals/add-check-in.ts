import type { CheckIn } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import { inTheWordsOf } from '../../domain/authorship.ts'
import { ThroughlineError } from '../errors.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findLiveKeyResult } from './find-goals.ts'
import { movementOf } from './key-result-movements.ts'
import {
  problemOfDate,
  problemOfValue,
  requireMeasuredByValues,
  requireNoProblems,
  requireSaidAgain,
  saidAt,
} from './reported-values.ts'

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

/**
 * Records a dated value, confidence or note. Throws `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`,
 * `OKR_CHECK_IN_NOT_POSSIBLE` for a value of a key result that is not measured by values, `OKR_VALUE_ID_TAKEN` for
 * another one under a known idempotency key, and `OKR_INPUT_INVALID`.
 */
export function addCheckIn(
  deps: ChangeDeps,
  { key, at, idempotencyKey, ...said }: NewCheckIn,
): Promise<{ checkIn: CheckIn; isNew: boolean }> {
  const words = inTheWordsOf(deps, { by: said.author, reason: said.note })
  return changeGoals(words, async (records, now) => {
    const { keyResult } = await findLiveKeyResult(records, key)
    requireSomethingSaid(said)
    const { value } = said
    if (value !== null) requireMeasuredByValues(keyResult)
    requireNoProblems(
      [problemOfDate(at, now, 'at'), value === null ? null : problemOfValue(keyResult, value, 'value')],
      'The check-in cannot be kept',
    )
    const wasAt = saidAt(at, now)
    const before = await records.goals.latestCheckIn(key, wasAt)
    const added = await records.goals.addCheckIn({ keyResult: key, at: wasAt, ...said }, idempotencyKey)
    if (!added.isNew) {
      requireSaidAgain([{ field: 'value', said: { ...said, at }, stored: added.checkIn }])
      return { result: added, record: null }
    }
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
        movementOf(key, 'checked_in', wasAt, { before: before?.value ?? null, after: checkIn.value }),
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
