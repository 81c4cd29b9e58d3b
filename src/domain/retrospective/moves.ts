import type { CalendarDay, EpochMs } from '../time.ts'

/** A change of the goal itself. It is drawn on the chart and never counts as progress. */
export type GoalMove =
  | {
      readonly kind: 'target_moved'
      readonly at: EpochMs
      readonly before: number | null
      readonly after: number | null
      /** The new target is nearer to where it started. */
      readonly isEasier: boolean
    }
  | {
      readonly kind: 'due_date_moved'
      readonly at: EpochMs
      /** null: not known, or the end of the cycle. */
      readonly before: CalendarDay | null
      readonly after: CalendarDay | null
    }
  | { readonly kind: 'rule_changed'; readonly at: EpochMs }

/** What the record says of a change of the goal. */
export interface RecordedMove {
  readonly kind: GoalMove['kind']
  readonly at: EpochMs
  readonly targets: { readonly before: number | null; readonly after: number | null }
  readonly dueDays: { readonly before: CalendarDay | null; readonly after: CalendarDay | null }
}

/** The moves in order of time, each target told as harder or easier than the one before it. */
export function movesOf(recorded: readonly RecordedMove[], baseline: number): GoalMove[] {
  return recorded
    .toSorted((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0))
    .map(({ kind, at, targets, dueDays }): GoalMove => {
      switch (kind) {
        case 'target_moved':
          return { kind, at, ...targets, isEasier: isNearer(targets, baseline) }
        case 'due_date_moved':
          return { kind, at, ...dueDays }
        case 'rule_changed':
          return { kind, at }
      }
    })
}

/** Less of the way: 55 → 50 from 45, and 30 → 60 from 120. A target that came or went cannot be compared. */
function isNearer({ before, after }: RecordedMove['targets'], baseline: number): boolean {
  if (before === null || after === null) return false
  return Math.abs(after - baseline) < Math.abs(before - baseline)
}

/** What happened to the linked work after the first tenth of the cycle, in which it was still being planned. */
export interface ScopeChange {
  /** In the size of the measure. */
  readonly atStart: number
  readonly atEnd: number
  readonly added: number
  readonly removed: number
  readonly reEstimated: number
  readonly reopened: number
}
