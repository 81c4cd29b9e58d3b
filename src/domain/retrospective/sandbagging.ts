import type { Ambition } from '../goals.ts'
import type { CycleKey, TeamKey } from '../ids.ts'
import type { CalendarDay } from '../time.ts'

/** What an earlier cycle came to, as far as later ones are compared with it. Nobody is named. */
export interface EarlierCycle {
  readonly cycle: CycleKey
  readonly endDay: CalendarDay
  readonly objectives: readonly GradedObjective[]
}

export interface GradedObjective {
  readonly title: string
  readonly team: TeamKey | null
  readonly ambition: Ambition
  readonly score: number | null
}

/** An aspirational goal that is reached in full time after time was no stretch. */
const TOO_GOOD = 0.9
/** This cycle and one before it. */
const IN_A_ROW = 2

/**
 * The cycles in a row, the latest first and this one among them, in which the aspirational objectives of a lineage were
 * graded above 0.9 on average; empty for fewer than two. Cycles without such an objective are passed over.
 *
 * @param belongs whether an objective is of the lineage: of the same team, or the same objective carried on
 */
export function tooGoodInARow(
  present: EarlierCycle,
  earlier: readonly EarlierCycle[],
  belongs: (objective: GradedObjective) => boolean,
): CycleKey[] {
  const row: CycleKey[] = []
  const before = earlier
    .filter(({ cycle }) => cycle !== present.cycle)
    .toSorted((a, b) => (a.endDay === b.endDay ? compare(b.cycle, a.cycle) : compare(b.endDay, a.endDay)))
  for (const { cycle, objectives } of [present, ...before]) {
    const scores = objectives
      .filter((objective) => objective.ambition === 'aspirational' && belongs(objective))
      .flatMap(({ score }) => (score === null ? [] : [score]))
    if (scores.length === 0) continue
    const ascending = scores.sort((a, b) => a - b)
    if (ascending.reduce((sum, score) => sum + score, 0) / scores.length <= TOO_GOOD) break
    row.push(cycle)
  }
  return row.length >= IN_A_ROW ? row : []
}

/** An objective that is copied into the next cycle keeps its title and its team: that is what it is known again by. */
export function isSameLineage(a: GradedObjective, b: GradedObjective): boolean {
  return a.team === b.team && normalised(a.title) === normalised(b.title)
}

function normalised(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
