import { isKnown } from '../../domain/warnings/episode.ts'
import { inTheWordsOf } from '../../domain/authorship.ts'
import type { ChangeDeps } from '../goals/change-goals.ts'
import type { ListedEpisode } from '../ports/warnings.ts'
import { changeWarning } from './change-warning.ts'

/**
 * Notes that somebody knows of a warning: nobody is told of it again unless it becomes worse. Saying the same twice
 * changes nothing. Throws what `changeWarning` throws.
 */
export function acknowledgeWarning(
  deps: ChangeDeps,
  { id, by, note }: { readonly id: number; readonly by: string; readonly note: string },
): Promise<ListedEpisode> {
  return changeWarning(inTheWordsOf(deps, { by, reason: note }), id, (before, now) => {
    const { acknowledgement } = before
    if (isKnown(before) && acknowledgement?.by === by && acknowledgement.note === note) return null
    return {
      after: { ...before, acknowledgement: { by, note, at: now, level: before.level } },
      action: 'warning.acknowledge',
      feed: { kind: 'warning.acknowledged', data: { by, note } },
    }
  })
}
