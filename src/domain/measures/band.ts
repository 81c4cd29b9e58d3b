/** Where a number should stay: at most one lower and one upper bound, each with or without the bound itself. */
export interface Band {
  /** `≥` */
  readonly atLeast?: number | undefined
  /** `>` */
  readonly above?: number | undefined
  /** `≤` */
  readonly atMost?: number | undefined
  /** `<` */
  readonly below?: number | undefined
}

/** The bound that keeps a value out of the band; null for one that is inside: 5.0 is not below 5. */
export function missedBound(
  value: number,
  { atLeast, above, atMost, below }: Band,
): 'lower' | 'upper' | null {
  if ((atLeast !== undefined && value < atLeast) || (above !== undefined && value <= above)) return 'lower'
  if ((atMost !== undefined && value > atMost) || (below !== undefined && value >= below)) return 'upper'
  return null
}

/** What keeps a band from being used; null when it can be. */
export function problemOfBand({ atLeast, above, atMost, below }: Band): string | null {
  if (atLeast !== undefined && above !== undefined) return 'has two lower bounds; give atLeast or above'
  if (atMost !== undefined && below !== undefined) return 'has two upper bounds; give atMost or below'
  const low = atLeast ?? above
  const high = atMost ?? below
  if (low === undefined && high === undefined)
    return 'has no bound; give one of atLeast, above, atMost, below, or a lower and an upper one'
  if (low === undefined || high === undefined) return null
  const isEmpty = low > high || (low === high && (above !== undefined || below !== undefined))
  return isEmpty ? `holds no number: its lower bound is ${low}, its upper bound ${high}` : null
}

/** `≥ 3 and < 5`, for people. */
export function bandText({ atLeast, above, atMost, below }: Band, and = ' and '): string {
  const bounds = [
    atLeast === undefined ? null : `≥ ${atLeast}`,
    above === undefined ? null : `> ${above}`,
    atMost === undefined ? null : `≤ ${atMost}`,
    below === undefined ? null : `< ${below}`,
  ]
  return bounds.filter((bound) => bound !== null).join(and)
}
