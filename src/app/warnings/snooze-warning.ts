import type { EpochMs } from '../../domain/time.ts'
import { isSnoozed } from '../../domain/warnings/episode.ts'
import { inTheWordsOf } from '../../domain/authorship.ts'
import { ThroughlineError } from '../errors.ts'
import type { ChangeDeps } from '../goals/change-goals.ts'
import type { ListedEpisode } from '../ports/warnings.ts'
import { changeWarning } from './change-warning.ts'

/**
 * Keeps a warning quiet until an instant; what is to be told by then is told then, if it still stands. Throws
 * `OKR_INPUT_INVALID` for an instant that has passed, and what `changeWarning` throws.
 */
export function snoozeWarning(
  deps: ChangeDeps,
  snooze: { readonly id: number; readonly by: string; readonly note: string; readonly until: EpochMs },
): Promise<ListedEpisode> {
  const { id, by, note, until } = snooze
  return changeWarning(inTheWordsOf(deps, { by, reason: note }), id, (before, now) => {
    if (until <= now) {
      const message = 'has passed already; give an instant that is still to come'
      throw new ThroughlineError('OKR_INPUT_INVALID', `The end of the snooze ${message}.`, {
        problems: [{ field: 'until', message }],
      })
    }
    const known = before.snooze
    if (known?.until === until && known.by === by && known.note === note) return null
    return {
      after: { ...before, snooze: { by, note, at: now, until } },
      action: 'warning.snooze',
      feed: { kind: 'warning.snoozed', data: { by, note, until: new Date(until).toISOString() } },
    }
  })
}

/** Ends a snooze; of a warning that is not snoozed nothing changes. Throws what `changeWarning` throws. */
export function unsnoozeWarning(
  deps: ChangeDeps,
  { id, by }: { readonly id: number; readonly by: string },
): Promise<ListedEpisode> {
  return changeWarning(inTheWordsOf(deps, { by, reason: null }), id, (before, now) =>
    isSnoozed(before, now)
      ? {
          after: { ...before, snooze: null },
          action: 'warning.unsnooze',
          feed: { kind: 'warning.snoozed', data: { by, note: '', until: null } },
        }
      : null,
  )
}
