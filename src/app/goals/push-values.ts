import type { CheckIn } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import { inTheWordsOf } from '../../domain/authorship.ts'
import type { InputProblem } from '../errors.ts'
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

export interface PushedValue {
  readonly value: number
  /** When it was so, in any order and as late as may be; null: now. */
  readonly at: EpochMs | null
  readonly note: string
  /** The sender's name for this value: sent again it is not stored again. */
  readonly id: string | null
  /** Where in the request it stands, for messages: `values.3`; empty for a value sent by itself. */
  readonly path: string
}

export interface Push {
  readonly key: KeyResultKey
  readonly values: readonly [PushedValue, ...PushedValue[]]
  /** The system that sends them. */
  readonly author: string
}

export interface Pushed {
  readonly checkIn: CheckIn
  /** False: it was known, and this is what is stored. */
  readonly isNew: boolean
}

/**
 * Takes the values another system measured, all of them or none. One push is one change: one audit entry, one entry of
 * the feed and one mark for recomputing, however many values it brings. Throws `OKR_KEY_RESULT_NOT_FOUND`,
 * `OKR_KEY_RESULT_ARCHIVED`, `OKR_CHECK_IN_NOT_POSSIBLE` for a key result that is not measured by values, and
 * `OKR_INPUT_INVALID` with every problem of every value.
 */
export function pushValues(deps: ChangeDeps, { key, values, author }: Push): Promise<Pushed[]> {
  const words = inTheWordsOf(deps, { by: author, reason: values[0].note })
  return changeGoals(words, async (records, now) => {
    const { keyResult } = await findLiveKeyResult(records, key)
    requireMeasuredByValues(keyResult)
    requireNoProblems(
      [
        ...values.flatMap(({ value, at, path }) => [
          problemOfValue(keyResult, value, fieldIn(path, 'value')),
          problemOfDate(at, now, fieldIn(path, 'at')),
        ]),
        ...repeatedIds(values),
      ],
      'The values cannot be kept',
    )
    const before = await records.goals.latestCheckIn(key, now)
    const pushed = await records.goals.addCheckIns(
      key,
      values.map(({ value, at, note, id }) => ({
        checkIn: { at: saidAt(at, now), value, confidence: null, note, author, source: 'system' },
        idempotencyKey: id,
      })),
    )
    requireSaidAgain(
      pushed.flatMap(({ checkIn, isNew }, index) => {
        const { path, value, at, note } = values[index]!
        const said = {
          field: fieldIn(path, 'value'),
          said: { value, at, note },
          stored: { ...checkIn, confidence: null },
        }
        return isNew ? [] : [said]
      }),
    )
    const added = pushed.filter(({ isNew }) => isNew).map(({ checkIn }) => checkIn)
    const [first, ...others] = added
    if (first === undefined) return { result: pushed, record: null }
    const last = others.at(-1) ?? first
    const after = (await records.goals.latestCheckIn(key, now)) ?? last
    return {
      result: pushed,
      record: {
        action: 'check_in.push',
        subject: key,
        before: before === null ? null : { checkIn: before.id, value: before.value },
        after: {
          ...{ checkIn: after.id, value: after.value, values: added.length },
          ...{ firstCheckIn: first.id, lastCheckIn: last.id, author },
        },
        feed: {
          kind: 'check_in.recorded',
          data: {
            checkIn: last.id,
            value: after.value,
            confidence: null,
            author,
            values: added.length,
          },
        },
      },
      movements: [
        movementOf(key, 'checked_in', after.at, { before: before?.value ?? null, after: after.value }),
      ],
      dirty: [{ keyResult: key, relink: false }],
    }
  })
}

function fieldIn(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Which of two values under one id is meant nobody can tell. */
function repeatedIds(values: readonly PushedValue[]): InputProblem[] {
  const firstWith = new Map<string, string>()
  return values.flatMap(({ id, path }) => {
    if (id === null) return []
    const first = firstWith.get(id)
    if (first !== undefined) return [{ field: fieldIn(path, 'id'), message: `repeats the id of ${first}` }]
    firstWith.set(id, path)
    return []
  })
}
