import type { KeyResultKey } from '../../domain/ids.ts'
import { ThroughlineError } from '../errors.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { ChangeDeps } from './change-goals.ts'
import { changeOverride, type NewOverride } from './change-override.ts'

/**
 * Puts a person's word on a key result's health over the computed one, which stays visible beside it, until the end
 * of its last day; null takes it back. Throws `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`, and
 * `OKR_INPUT_INVALID` for a last day that is over.
 */
export function overrideHealth(
  deps: ChangeDeps,
  said: { readonly key: KeyResultKey; readonly override: NewOverride<'healthOverride'> | null },
): Promise<KeyResultInContext> {
  return changeOverride(deps, {
    ...said,
    name: 'healthOverride',
    require: (_, { untilDay }, today) => {
      if (untilDay < today) throw isOver(untilDay, today)
    },
    actions: { said: 'key_result.override_health', takenBack: 'key_result.follow_computed_health' },
  })
}

function isOver(untilDay: string, today: string): ThroughlineError {
  const message = `${untilDay} is over: in the time zone of its cycle today is ${today}`
  return new ThroughlineError('OKR_INPUT_INVALID', `${message}. Give today or a later day.`, {
    problems: [{ field: 'untilDay', message }],
  })
}
