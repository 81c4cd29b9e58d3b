import type { KeyResult } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { InputProblem } from '../errors.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { ChangeDeps } from './change-goals.ts'
import { changeOverride, type NewOverride } from './change-override.ts'
import { problemOfValue, requireNoProblems } from './reported-values.ts'

/**
 * Shows a person's value in the place of the measured one, which goes on being measured and stays visible beside it,
 * until the end of its last day; null takes it back. Throws `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`, and
 * `OKR_INPUT_INVALID` for a last day that is over and a value the measure cannot have.
 */
export function overrideValue(
  deps: ChangeDeps,
  said: { readonly key: KeyResultKey; readonly override: NewOverride<'valueOverride'> | null },
): Promise<KeyResultInContext> {
  return changeOverride(deps, {
    ...said,
    name: 'valueOverride',
    require: (keyResult, { untilDay, value }, today) => {
      requireNoProblems(
        [problemOfDay(untilDay, today), problemOfOverride(keyResult, value)],
        'The value cannot be shown',
      )
    },
    actions: { said: 'key_result.override_value', takenBack: 'key_result.follow_measured_value' },
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
