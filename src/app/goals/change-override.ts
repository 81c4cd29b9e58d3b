import type { KeyResult } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import { dayOf, type CalendarDay } from '../../domain/time.ts'
import { inTheWordsOf } from '../../domain/authorship.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findLiveKeyResult } from './find-goals.ts'

type OverrideName = 'healthOverride' | 'valueOverride'

/** What a person says; when it was said is noted here. */
export type NewOverride<Name extends OverrideName> = Omit<NonNullable<KeyResult[Name]>, 'at'>

export interface OverrideChange<Name extends OverrideName> {
  readonly key: KeyResultKey
  readonly name: Name
  /** null takes it back. */
  readonly override: NewOverride<Name> | null
  /** Throws for what cannot be said. */
  readonly require: (keyResult: KeyResult, override: NewOverride<Name>, today: CalendarDay) => void
  /** What the audit log calls it. */
  readonly actions: { readonly said: string; readonly takenBack: string }
}

/**
 * Puts a person's word over what is computed, or takes it back. Throws `OKR_KEY_RESULT_NOT_FOUND`,
 * `OKR_KEY_RESULT_ARCHIVED`, and what `require` throws.
 */
export function changeOverride<Name extends OverrideName>(
  deps: ChangeDeps,
  { key, name, override, require, actions }: OverrideChange<Name>,
): Promise<KeyResultInContext> {
  const words = override === null ? deps : inTheWordsOf(deps, override)
  return changeGoals(words, async (records, now) => {
    const found = await findLiveKeyResult(records, key)
    const before = found.keyResult
    if (override !== null) require(before, override, dayOf(now, found.cycle.calendar.timeZone))
    // What is said again keeps its instant.
    const same = override === null ? null : { ...override, at: before[name]?.at ?? now }
    if (canonicalText(same) === canonicalText(before[name])) return { result: found, record: null }
    const after: KeyResult = { ...before, [name]: override === null ? null : { ...override, at: now } }
    await records.goals.updateKeyResult(after)
    return {
      result: { ...found, keyResult: after },
      record: {
        action: override === null ? actions.takenBack : actions.said,
        subject: key,
        before: before[name],
        after: after[name],
        feed: { kind: 'key_result.updated', data: { changed: [name] } },
      },
      dirty: [{ keyResult: key, relink: false }],
    }
  })
}
