import type { KeyResult, ValueOverride } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import { dayOf } from '../../domain/time.ts'
import type { InputProblem } from '../errors.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findLiveKeyResult } from './find-goals.ts'
import { problemOfValue, requireNoProblems } from './reported-values.ts'

export type NewValueOverride = Omit<ValueOverride, 'at'>

/**
 * Shows a person's value in the place of the measured one, which goes on being measured and stays visible beside it,
 * until the end of its last day; null takes it back. Throws `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`, and
 * `OKR_INPUT_INVALID` for a last day that is over and a value the measure cannot have.
 */
export function overrideValue(
  deps: ChangeDeps,
  { key, override }: { readonly key: KeyResultKey; readonly override: NewValueOverride | null },
): Promise<KeyResultInContext> {
  return changeGoals(deps, async (records, now) => {
    const found = await findLiveKeyResult(records, key)
    const before = found.keyResult
    const today = dayOf(now, found.cycle.calendar.timeZone)
    if (override !== null) {
      requireNoProblems(
        [problemOfDay(override.untilDay, today), problemOfOverride(before, override.value)],
        'The value cannot be shown',
      )
    }
    // What is said again keeps its instant.
    const at = before.valueOverride?.at ?? now
    const same = override === null ? null : { ...override, at }
    if (canonicalText(same) === canonicalText(before.valueOverride)) return { result: found, record: null }
    const after = { ...before, valueOverride: override === null ? null : { ...override, at: now } }
    await records.goals.updateKeyResult(after)
    return {
      result: { ...found, keyResult: after },
      record: {
        action: override === null ? 'key_result.follow_measured_value' : 'key_result.override_value',
        subject: key,
        before: before.valueOverride,
        after: after.valueOverride,
        feed: { kind: 'key_result.updated', data: { changed: ['valueOverride'] } },
      },
      dirty: [{ keyResult: key, relink: false }],
    }
  })
}

function problemOfDay(untilDay: string, today: string): InputProblem | null {
  if (untilDay >= today) return null
  return {
    field: 'untilDay',
    message: `is over: ${untilDay} lies before today, which is ${today} in the time zone of its cycle`,
  }
}

function problemOfOverride(keyResult: KeyResult, value: number): InputProblem | null {
  const between = (low: number, high: number, what: string): InputProblem | null =>
    value >= low && value <= high
      ? null
      : { field: 'value', message: `is ${value}; ${what} is between ${low} and ${high}` }
  switch (keyResult.measure.kind) {
    case 'range':
      return between(0, 1, 'the share of periods inside the band')
    case 'milestones':
      return between(0, 100, 'the percent of the highest step reached')
    default:
      return problemOfValue(keyResult, value, 'value')
  }
}
