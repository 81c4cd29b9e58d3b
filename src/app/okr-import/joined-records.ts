import type { KeyResultKey } from '../../domain/ids.ts'
import type { ContributionRecords, ProgressRecords } from '../ports/progress.ts'
import type { FeedRecords } from '../ports/feed.ts'
import type { Records } from '../ports/records.ts'

/** Records whose last steps wait, so that several changes can be one. */
export interface JoinedRecords {
  readonly records: Records
  /** Takes the steps that waited: marks, then movements, then the feed, each once. Gives the key results it marked. */
  finish(): Promise<KeyResultKey[]>
}

/**
 * A transaction marks key results once and moves the feed last: marks are locks taken in one order, and the feed's head
 * is held until the commit. Changes that run one after another in a transaction hand these steps in here.
 */
export function joinRecords(records: Records): JoinedRecords {
  const marks: Parameters<ProgressRecords['markDirty']>[0][number][] = []
  const movements: Parameters<ContributionRecords['addMovements']>[0][number][] = []
  const entries: Parameters<FeedRecords['append']>[0][number][] = []
  const later =
    <T>(list: T[]) =>
    (more: readonly T[]) => {
      for (const item of more) list.push(item)
      return Promise.resolve()
    }
  return {
    records: {
      ...records,
      progress: { ...records.progress, markDirty: later(marks) },
      contributions: { ...records.contributions, addMovements: later(movements) },
      feed: { ...records.feed, append: later(entries) },
    },
    async finish() {
      await records.progress.markDirty(marks)
      await records.contributions.addMovements(movements)
      await records.feed.append(entries)
      return [...new Set(marks.map(({ keyResult }) => keyResult))]
    },
  }
}
