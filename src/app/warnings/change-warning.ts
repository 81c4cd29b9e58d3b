import type { EpochMs } from '../../domain/time.ts'
import type { Episode } from '../../domain/warnings/episode.ts'
import { ThroughlineError } from '../errors.ts'
import { authorshipOf } from '../../domain/authorship.ts'
import type { ChangeDeps } from '../goals/change-goals.ts'
import { findLiveKeyResult } from '../goals/find-goals.ts'
import type { Records } from '../ports/records.ts'
import type { ListedEpisode } from '../ports/warnings.ts'
import { retellWarning } from './want-warning-comment.ts'

export interface WarningChange {
  readonly after: Episode
  /** `warning.acknowledge` */
  readonly action: string
  readonly feed: {
    readonly kind: 'warning.acknowledged' | 'warning.snoozed'
    readonly data: Readonly<Record<string, unknown>>
  }
}

/** The warning of this number, open or past. Throws `OKR_WARNING_NOT_FOUND`. */
export async function findWarning(
  { warnings }: Pick<Records, 'warnings'>,
  id: number,
): Promise<ListedEpisode> {
  return (await warnings.one(id)) ?? notFound(id)
}

/**
 * Lets a person say something about an open warning: the warning itself, whom its comment still tells, audit log and
 * feed commit together. `change` gives null when what was asked for already holds. Throws `OKR_WARNING_NOT_FOUND`,
 * `OKR_WARNING_RESOLVED`, `OKR_KEY_RESULT_ARCHIVED`, and what `change` throws.
 */
export async function changeWarning(
  { database, clock, doorbell, ...author }: ChangeDeps,
  id: number,
  change: (before: Episode, now: EpochMs) => WarningChange | null,
): Promise<ListedEpisode> {
  const hasChanged = await database.transaction(async (records) => {
    const before = (await records.warnings.lockOne(id)) ?? notFound(id)
    const goal = await findLiveKeyResult(records, before.keyResult)
    if (before.resolvedAt !== null) {
      throw new ThroughlineError(
        'OKR_WARNING_RESOLVED',
        `Warning ${id} of ${before.keyResult} is over since ${new Date(before.resolvedAt).toISOString()}: nobody ` +
          'is told of it any more. Nothing needs to be done.',
      )
    }
    const now = clock.now()
    const done = change(before, now)
    if (done === null) return false
    const { after, action, feed } = done
    await records.warnings.update(after)
    await retellWarning(records, goal, after, now)
    const entry = { at: now, action, subject: after.keyResult, before, after }
    await records.audit.append([{ ...authorshipOf(author), ...entry }])
    await records.feed.append([
      {
        kind: feed.kind,
        subject: after.keyResult,
        at: now,
        data: { warning: id, kind: after.kind, level: after.level, ...feed.data },
      },
    ])
    return true
  })
  if (hasChanged) await doorbell.ring('comments', 'due')
  return findWarning(database.records, id)
}

function notFound(id: number): never {
  throw new ThroughlineError('OKR_WARNING_NOT_FOUND', `There is no warning ${id}.`)
}
