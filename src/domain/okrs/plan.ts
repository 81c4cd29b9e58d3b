import { canonicalText } from '../mirror/facts.ts'
import type { Goal, GoalKind } from './goal-set.ts'
import type { DocumentPath } from './okr-document.ts'
import type { ObjectiveEffect, ProgressEffect } from './progress-effect.ts'

/** A property before and after; an issue is told by its ids. */
export interface PropertyChange {
  /** `title`, `measure.target` */
  readonly name: string
  readonly before: unknown
  readonly after: unknown
}

/** One goal that a file changes. */
export interface PlannedChange {
  readonly kind: GoalKind
  readonly key: string
  readonly title: string
  readonly action: 'create' | 'change' | 'archive' | 'restore'
  /** Where the file says so; null for an archived goal, which it does not name. */
  readonly path: DocumentPath | null
  /** Of a creation: none, for all is new. */
  readonly properties: readonly PropertyChange[]
  /** What a change of a key result does to its progress; null: nothing. */
  readonly progress: ProgressEffect | null
  readonly before: Goal | null
  readonly after: Goal
}

/** What applying a file would do. */
export interface OkrPlan {
  /** In the order in which it is done. */
  readonly changes: readonly PlannedChange[]
  /** Stored objectives whose progress the changes move. */
  readonly objectives: readonly ObjectiveEffect[]
  /** Goals of the file's cycles that neither it nor any file before ever named: they stay. */
  readonly leftAlone: readonly Goal[]
  /** Of the same plan, the same: to apply nothing else than what was shown. */
  readonly fingerprint: string
}

/** Why a file cannot be applied. */
export interface PlanProblem {
  /** `conflict`: somebody changed what the file also speaks of. */
  readonly kind: 'problem' | 'conflict'
  /** Where in the file; null: nowhere, the goal is not in it. */
  readonly path: DocumentPath | null
  readonly subject: string
  /** The property; empty: the goal as a whole. */
  readonly field: string
  readonly message: string
}

export type Planned =
  | { readonly kind: 'plan'; readonly plan: OkrPlan }
  | { readonly kind: 'refused'; readonly problems: readonly PlanProblem[] }

export interface PlanOptions {
  /**
   * The document is the record of its cycles: what it no longer names of them is archived, and what it says is
   * remembered, so that a change by somebody else is told from a change of the document.
   */
  readonly archiveMissing: boolean
  /** The document wins over what somebody changed since it was applied, and over what was made beside it. */
  readonly overwrite: boolean
}

const FNV_PRIME = 0x0100_0193
const FNV_OFFSET = 0x811c_9dc5

/** 16 hexadecimal digits (FNV-1a, then FNV-1) over what a plan writes; numbers that move meanwhile leave it as it is. */
export function fingerprintOf(changes: readonly PlannedChange[]): string {
  let one = FNV_OFFSET
  let other = FNV_OFFSET
  for (const { kind, key, action, properties, after } of changes) {
    const written = action === 'archive' ? null : after
    const text = canonicalText([kind, key, action, properties, written])
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      one = Math.imul(one ^ unit, FNV_PRIME)
      other = Math.imul(other, FNV_PRIME) ^ unit
    }
  }
  return [one, other].map((hash) => (hash >>> 0).toString(16).padStart(8, '0')).join('')
}
