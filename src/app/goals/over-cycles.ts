import { endOf } from '../../domain/calendar/expected-progress.ts'
import type { Cycle, KeyResult } from '../../domain/goals.ts'
import type { KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import { sizesDiffer } from './measure-input.ts'

/**
 * Refuses to take a goal out of a cycle whose last day is over, or to put one into it: it would be missing from the
 * grades of the one cycle, or count in those of the other. Throws `OKR_INPUT_INVALID` at `field`.
 */
export function requireMoveBeforeEnd(
  { key, from, to }: { readonly key: ObjectiveKey | KeyResultKey; readonly from: Cycle; readonly to: Cycle },
  field: string,
  now: EpochMs,
): void {
  if (from.key === to.key) return
  const over = [from, to].find((cycle) => isOver(cycle, now))
  if (over === undefined) return
  const instead =
    over === from ? 'close it and roll over what is unfinished' : 'take a cycle whose last day is not over'
  refuse(
    field,
    `${key} cannot go from the cycle ${from.key} to ${to.key}: ${over.key} ended on ${over.endDay} and is graded by the ` +
      `goals it had then; ${instead}`,
  )
}

/**
 * Refuses another kind or size of measure once the last day of the cycle is over: linked work is sized by it, also
 * that of the past by which the cycle is graded. Throws `OKR_INPUT_INVALID` at `measure`.
 */
export function requireSameSizeAfterEnd(
  before: KeyResult,
  after: KeyResult,
  cycle: Cycle,
  now: EpochMs,
): void {
  if (!sizesDiffer(before, after) || !isOver(cycle, now)) return
  refuse(
    'measure',
    `${after.key} keeps the kind and size of its measure: the cycle ${cycle.key} ended on ${cycle.endDay} and is graded ` +
      'by them; change them after it is rolled over into the next cycle',
  )
}

function isOver({ startDay, endDay, calendar }: Cycle, now: EpochMs): boolean {
  return now >= endOf({ startDay, dueDay: endDay, calendar })
}

function refuse(field: string, message: string): never {
  throw new ThroughlineError('OKR_INPUT_INVALID', `Cannot use ${field}: ${message}.`, {
    problems: [{ field, message }],
  })
}
