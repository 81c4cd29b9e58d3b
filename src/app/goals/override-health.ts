import type { HealthOverride } from '../../domain/health/assess-health.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { dayOf } from '../../domain/time.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import { ThroughlineError } from '../errors.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findLiveKeyResult } from './find-goals.ts'

export type NewHealthOverride = Omit<HealthOverride, 'at'>

/**
 * Puts a person's word on a key result's health over the computed one, which stays visible beside it, until the end
 * of its last day; null takes it back. Throws `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`, and
 * `OKR_INPUT_INVALID` for a last day that is over.
 */
export function overrideHealth(
  deps: ChangeDeps,
  { key, override }: { readonly key: KeyResultKey; readonly override: NewHealthOverride | null },
): Promise<KeyResultInContext> {
  return changeGoals(deps, async (records, now) => {
    const found = await findLiveKeyResult(records, key)
    const before = found.keyResult
    const today = dayOf(now, found.cycle.calendar.timeZone)
    if (override !== null && override.untilDay < today) throw isOver(override.untilDay, today)
    // What is said again keeps its instant.
    const at = before.healthOverride?.at ?? now
    const same = override === null ? null : { ...override, at }
    if (canonicalText(same) === canonicalText(before.healthOverride)) return { result: found, record: null }
    const after = { ...before, healthOverride: override === null ? null : { ...override, at: now } }
    await records.goals.updateKeyResult(after)
    return {
      result: { ...found, keyResult: after },
      record: {
        action: override === null ? 'key_result.follow_computed_health' : 'key_result.override_health',
        subject: key,
        before: before.healthOverride,
        after: after.healthOverride,
        feed: { kind: 'key_result.updated', data: { changed: ['healthOverride'] } },
      },
      dirty: [{ keyResult: key, relink: false }],
    }
  })
}

function isOver(untilDay: string, today: string): ThroughlineError {
  const message = `${untilDay} is over: in the time zone of its cycle today is ${today}`
  return new ThroughlineError('OKR_INPUT_INVALID', `${message}. Give today or a later day.`, {
    problems: [{ field: 'untilDay', message }],
  })
}
