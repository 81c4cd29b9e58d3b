/** What a run of trials needs. Days are working days; the first one ahead has index 0. */
export interface ResamplingInput {
  /** The way to the target, above 0. */
  readonly remaining: number
  /** By how much each past day shortened the way; at least one. */
  readonly gains: Float64Array
  /** How many days ahead to look. */
  readonly horizonDays: number
  /** The part of the first day ahead that is still to come, 0 to 1. */
  readonly firstDayShare: number
  readonly trials: number
  readonly seed: string
}

/**
 * How many copies a drawn day leaves behind. One would treat days as strangers to each other; but they come in good and
 * bad weeks, and two past days tell about as much as one that stands alone. Figures in docs/decisions/0008.
 */
const COPIES = 2

/** What rounding leaves of a way that is gone. */
const NOTHING_LEFT = 1e-9

/**
 * Plays the days ahead many times and counts, by day, the trials that first reach the target at its end.
 *
 * A trial draws its days from an urn that holds the past ones. A drawn day goes back with two copies of itself, so a
 * trial that begins well tends to go on well: it has its own idea of how fast the team is, as far as the past leaves that
 * open (a Bayesian bootstrap by Pólya's urn). Drawing from the past alone would take a lucky fortnight for the truth.
 *
 * Draws are ranks among the past days, ordered by what they gained, and depend on the seed and the number of past days
 * alone. So no trial arrives earlier for more work, less time or a worse past, and a forecast moves because something
 * changed, not by chance.
 *
 * The inner loop runs up to trials × horizon times: indices come from the upper 16 bits of a linear congruential
 * generator, one multiplication each. An urn holds a few hundred days, so what that leaves uneven is far below the
 * noise of the trials.
 */
export function resampleArrivals(input: ResamplingInput): Int32Array {
  const { remaining, gains, horizonDays, trials } = input
  const arrivals = new Int32Array(horizonDays)
  const urn = new Float64Array(gains.length + COPIES * horizonDays)
  urn.set(gains.toSorted())
  const trialsWithFirstDay = Math.round(input.firstDayShare * trials)
  const seed = hashOf(input.seed)

  for (let trial = 0; trial < trials; trial++) {
    let state = mixed(seed + Math.imul(trial, 0x9e3779b1))
    let size = gains.length
    let left = remaining
    // Without the first day a trial loses its last draw, not its first: which one makes no difference to the odds.
    for (let day = trial < trialsWithFirstDay ? 0 : 1; day < horizonDays; day++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      const gain = urn[((state >>> 16) * size) >>> 16]!
      urn[size] = gain
      urn[size + 1] = gain
      size += COPIES
      left -= gain
      if (left > NOTHING_LEFT) continue
      arrivals[day]!++
      break
    }
  }
  return arrivals
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash
}

/** Spreads 32 bits: neighbouring numbers become unlike ones. */
function mixed(number: number): number {
  let value = number | 0
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97)
  return value ^ (value >>> 15)
}
