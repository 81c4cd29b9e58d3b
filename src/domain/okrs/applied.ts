import type { EpochMs } from '../time.ts'
import type { Properties } from './goal-set.ts'

/** What files last said of goals, by subject: what has changed since, somebody else changed. */
export type AppliedGoals = ReadonlyMap<string, Properties>

/** Kept of a goal that a file put aside, or agreed to have put aside: named again, it comes back. */
export const PUT_ASIDE: Properties = { isPutAside: true }

/**
 * What a file left of a goal.
 * - `never`: no file was ever applied to it.
 * - `put_aside`: a file archived it, or took it out when somebody had.
 * - `said`: it was made what the file says.
 */
export type Base =
  | { readonly kind: 'never' }
  | { readonly kind: 'put_aside' }
  | { readonly kind: 'said'; readonly properties: Properties }

export function baseOf(applied: AppliedGoals, subject: string): Base {
  const properties = applied.get(subject)
  if (properties === undefined) return { kind: 'never' }
  return properties.isPutAside === true ? { kind: 'put_aside' } : { kind: 'said', properties }
}

/** Who made a goal, and when, by the audit log. */
export interface Origin {
  readonly at: EpochMs
  /** `api`, `cli` … */
  readonly actor: string
  /** Who said so, in their own words; null: nobody was named. */
  readonly by: string | null
}
