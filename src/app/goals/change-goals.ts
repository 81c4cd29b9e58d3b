import type { Movement } from '../../domain/explanation.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import type { EpochMs } from '../../domain/time.ts'
import { authorshipOf, type Author } from '../../domain/authorship.ts'
import { saveEvaluation, type Evaluation } from '../evaluate-issues.ts'
import type { Clock } from '../ports/clock.ts'
import type { Doorbell } from '../ports/doorbell.ts'
import type { FeedKind } from '../ports/feed.ts'
import type { Database, Records } from '../ports/records.ts'
import { ringFor } from './ring-for.ts'

/** With who makes the change, and why, for the audit log. */
export interface ChangeDeps extends Author {
  readonly database: Database
  readonly clock: Clock
  readonly doorbell: Pick<Doorbell, 'ring'>
}

/** What a change of goals leaves behind beside the changed rows themselves. */
export interface Change<T> {
  readonly result: T
  /** null: what was asked for already holds, so nothing is written anywhere. */
  readonly record: ChangeRecord | null
  /** What else was changed with it; told before it, in this order. */
  readonly also?: readonly ChangeRecord[]
  /** What happened to key results, for the explanation of their next snapshot. */
  readonly movements?: readonly (Movement & { readonly keyResult: KeyResultKey })[]
  /** Key results whose numbers follow from what changed; `relink` when their links do too. */
  readonly dirty?: readonly { readonly keyResult: KeyResultKey; readonly relink: boolean }[]
  /** What becomes of contributions; it is saved with the change, and its marks are set with the others. */
  readonly evaluation?: Evaluation
  /** Key results about which no comment is to be written any more. Each of them has a mark as well. */
  readonly unwanted?: readonly KeyResultKey[]
}

export interface ChangeRecord {
  /** `key_result.create` */
  readonly action: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
  readonly feed: { readonly kind: FeedKind; readonly data: Readonly<Record<string, unknown>> }
}

/**
 * Runs one change of goals: the rows, the audit entry, the marks for recomputing and the feed entry commit together,
 * and the doorbell rings after the commit. A refusal thrown by `work` leaves nothing behind.
 */
export async function changeGoals<T>(
  { database, clock, doorbell, ...author }: ChangeDeps,
  work: (records: Records, now: EpochMs) => Promise<Change<T>>,
): Promise<T> {
  const { result, marks } = await database.transaction(async (records) => {
    await records.goals.lockForChange()
    const now = clock.now()
    const done = await work(records, now)
    if (done.record === null) return { result: done.result, marks: [] }
    const told = [...(done.also ?? []), done.record]
    await records.audit.append(
      told.map(({ action, subject, before, after }) => ({
        ...authorshipOf(author),
        ...{ at: now, action, subject, before, after },
      })),
    )
    // The marks lock their key results first: movements are numbered in the order they commit.
    const marks = [
      ...(done.dirty ?? []).map((mark) => ({ ...mark, day: null })),
      ...(done.evaluation?.marks ?? []),
    ]
    await records.progress.markDirty(marks)
    if (done.evaluation !== undefined) await saveEvaluation(records, done.evaluation)
    await records.contributions.addMovements(done.movements ?? [])
    // After the marks: a recomputation holds its marks when it asks for comments, and may not ask for these later.
    await records.okrSets.unwantComments(done.unwanted ?? [])
    await records.feed.append(told.map(({ feed, subject }) => ({ ...feed, subject, at: now })))
    return { result: done.result, marks }
  })
  await ringFor(
    doorbell,
    marks.map(({ keyResult }) => keyResult),
  )
  return result
}

/** A partial update: properties that are absent or undefined keep their value. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined }

export function withChanges<T extends object>(before: T, changes: Changes<NoInfer<T>>): T {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  return { ...before, ...Object.fromEntries(given) }
}

/** Names of the properties whose value differs, in the order of the object. */
export function changedProperties<T extends object>(before: T, after: T): (keyof T & string)[] {
  return (Object.keys(after) as (keyof T & string)[]).filter(
    (name) => canonicalText(before[name]) !== canonicalText(after[name]),
  )
}
