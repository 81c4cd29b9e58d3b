import type { CommentRecords } from './ports/comments.ts'
import type { InboxRecords } from './ports/inbox.ts'
import type { ProgressRecords } from './ports/progress.ts'

export interface Readiness {
  readonly ready: boolean
  readonly checks: readonly ReadinessCheck[]
}

export interface ReadinessCheck {
  readonly name: 'database' | 'deliveries' | 'recompute' | 'comments'
  readonly ready: boolean
  readonly detail: string
}

/** How long the oldest waiting piece of work of each kind may have waited. */
export interface ReadinessLimits {
  readonly deliveriesMs: number
  readonly recomputeMs: number
  readonly commentsMs: number
}

export interface ReadinessDeps {
  readonly records: {
    readonly inbox: Pick<InboxRecords, 'oldestUnprocessedAgeMs'>
    readonly progress: Pick<ProgressRecords, 'oldestDirtyAgeMs'>
    readonly comments: Pick<CommentRecords, 'oldestDueAgeMs'>
  }
  readonly limits: ReadinessLimits
}

/**
 * Whether work gets done: a process that answers while nothing is processed is not ready. Never throws: a database
 * that does not answer is a check that failed.
 */
export async function checkReadiness({ records, limits }: ReadinessDeps): Promise<Readiness> {
  const waiting = [
    ['deliveries', 'delivery', () => records.inbox.oldestUnprocessedAgeMs(), limits.deliveriesMs],
    ['recompute', 'key result to recompute', () => records.progress.oldestDirtyAgeMs(), limits.recomputeMs],
    ['comments', 'comment to write', () => records.comments.oldestDueAgeMs(), limits.commentsMs],
  ] as const
  const checks: ReadinessCheck[] = []
  for (const [name, what, oldestAgeMs, limitMs] of waiting) {
    try {
      checks.push(checkAge(name, what, await oldestAgeMs(), limitMs))
    } catch {
      const detail = 'The database does not answer.'
      return { ready: false, checks: [{ name: 'database', ready: false, detail }] }
    }
  }
  checks.unshift({ name: 'database', ready: true, detail: 'The database answers.' })
  return { ready: checks.every((check) => check.ready), checks }
}

function checkAge(
  name: ReadinessCheck['name'],
  what: string,
  ageMs: number | null,
  limitMs: number,
): ReadinessCheck {
  if (ageMs === null) return { name, ready: true, detail: `No ${what} is waiting.` }
  const detail = `The oldest waiting ${what} is ${seconds(ageMs)} old; the limit is ${seconds(limitMs)}.`
  return { name, ready: ageMs <= limitMs, detail }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`
}
