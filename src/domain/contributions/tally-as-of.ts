import { inScope, type ContributionStep } from './contribution.ts'
import { lineOf, sumTally, type Tally } from './tally.ts'

type Standing = Pick<ContributionStep, 'state' | 'size' | 'role' | 'sharePercent'>

/** What contributions turned from and to since a day began; those that turned alike are counted together. */
export interface Turn {
  /** null: it was not there when the day began. */
  readonly before: Standing | null
  readonly after: Standing
  readonly contributions: number
}

/**
 * The tally at an instant.
 *
 * @param opening the tally when the instant's day began
 * @param turns what turned since, the instant included
 */
export function tallyAsOf(opening: Tally, turns: readonly Turn[]): Tally {
  const lines = turns.flatMap(({ before, after, contributions }) => [
    ...(before !== null && inScope(before) ? [lineOf(before, -contributions)] : []),
    ...(inScope(after) ? [lineOf(after, contributions)] : []),
  ])
  return sumTally([...opening, ...lines])
}
