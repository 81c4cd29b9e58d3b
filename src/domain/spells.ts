import type { EpochMs } from './time.ts'

/** A time in which something was so without a break. */
export interface Spell {
  /** -Infinity: for as long as anything is known. */
  readonly since: EpochMs
  /** The first instant of which it is no more so; Infinity: it still is. */
  readonly until: EpochMs
}

/** The spells in which something was so. @param turns what it was from each instant on, ascending; the last of one counts */
export function spellsOf(turns: readonly { readonly since: EpochMs; readonly isSo: boolean }[]): Spell[] {
  return joined(
    turns.flatMap(({ since, isSo }, index) => {
      const until = turns[index + 1]?.since ?? Infinity
      return isSo && since < until ? [{ since, until }] : []
    }),
  )
}

/** When any of these was so, ascending, those that touch as one. */
export function joined(spells: readonly Spell[]): Spell[] {
  const all: Spell[] = []
  for (const spell of [...spells].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))) {
    const last = all.at(-1)
    if (last === undefined || spell.since > last.until) all.push(spell)
    else if (spell.until > last.until) all[all.length - 1] = { since: last.since, until: spell.until }
  }
  return all
}

/** When both were so. Each ascending and without overlap. */
export function common(a: readonly Spell[], b: readonly Spell[]): Spell[] {
  const both: Spell[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [one, other] = [a[i]!, b[j]!]
    const since = Math.max(one.since, other.since)
    const until = Math.min(one.until, other.until)
    if (since < until) both.push({ since, until })
    if (one.until <= other.until) i++
    else j++
  }
  return both
}

/** The spell that an instant falls into; null when there is none. */
export function spellAt(spells: readonly Spell[], at: EpochMs): Spell | null {
  return spells.find(({ since, until }) => since <= at && at < until) ?? null
}
