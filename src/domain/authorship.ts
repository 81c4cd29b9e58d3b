import { plainText } from './writeback/plain-text.ts'

/** Who changed something, and why, as the audit log keeps it. */
export interface Authorship {
  /** The way it came in: `api`, `cli`, `throughline`. */
  readonly actor: string
  /** Who says that they did it, which nobody checks; null: nobody says. */
  readonly by: string | null
  /** In one line; null: nobody says. */
  readonly reason: string | null
}

/** The same as it is told to what makes the change: what is left out nobody says. */
export type Author = Pick<Authorship, 'actor'> & Partial<Authorship>

export const LONGEST_REASON = 500

export function authorshipOf({ actor, by = null, reason = null }: Author): Authorship {
  return { actor, by, reason }
}

/**
 * A change that says itself who makes it and why, as a check-in does by its author and its note: that is kept where
 * nothing else is said. Of a note that is long or runs over lines the beginning is kept.
 */
export function inTheWordsOf<Deps extends Author>(
  deps: Deps,
  said: { readonly by: string | null; readonly reason: string | null },
): Deps {
  const reason = plainText(said.reason ?? '', LONGEST_REASON)
  return { ...deps, by: deps.by ?? said.by, reason: deps.reason ?? (reason === '' ? null : reason) }
}
