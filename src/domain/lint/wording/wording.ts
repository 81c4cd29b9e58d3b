import type { RuleId } from '../finding.ts'
import type { Hit } from '../hit.ts'

/** What a finding is about. */
export type Told = 'set' | 'objective' | 'key-result'

/** Why a rule applies, in one language: what was seen, and why it matters. */
export type Messages = Readonly<Record<RuleId, (hit: Hit, told: Told) => string>>

/** A change as it can be written: what is not known yet is null. */
export interface Change {
  readonly metric: string | null
  readonly from: string | null
  readonly to: string | null
  readonly direction: 'up' | 'down' | 'unknown'
  readonly due: Due
}

/** By when: a day, the end of a quarter, half a year or a year, that of a cycle not at hand, or nothing said. */
export type Due =
  | { readonly kind: 'quarter' | 'half' | 'year' | 'cycle' | 'none' }
  | { readonly kind: 'day'; readonly day: string }

/** How suggestions are written in one language. */
export interface Phrases {
  /** “Raise NPS from 45 to 55 by the end of the quarter”. */
  readonly change: (change: Change) => string
  /** A number to keep: `band` is symbols and numbers alone. */
  readonly keep: (kept: { metric: string | null; band: string; period: string; due: Due }) => string
  readonly initiative: (title: string, result: string) => string
  readonly ladder: (title: string, result: string) => string
  /** The text itself, with the place of its start after it. */
  readonly startingAt: (title: string) => string
  readonly now: string
  readonly goal: string
  readonly apart: (results: readonly string[]) => string
  readonly owner: string
  readonly dueDay: string
  readonly merge: (other: string) => string
  readonly shorten: string
  readonly words: string
  readonly fewer: (most: number) => string
  readonly another: string
  readonly outcome: string
  readonly reverse: (objective: string) => string
  readonly reverseEach: string
}
