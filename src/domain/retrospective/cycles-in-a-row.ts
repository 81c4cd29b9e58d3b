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
  /** null: nothing of it was measured, so it says nothing about how high it aimed. */
  readonly score: number | null
}

/** An aspirational goal that is reached in full time after time was no stretch. */
const TOO_GOOD = 0.9
/** One that is missed by far time after time was out of reach. Grades that were added up may be off by the slack. */
const TOO_BAD = 0.4
const SLACK = 1e-9
/** This cycle and one before it. */
const IN_A_ROW = 2

/** What several cycles in a row have in common. */
export interface Row {
  readonly kind: 'sandbagging' | 'too_ambitious'
  /** The latest first, this one among them. */
  readonly cycles: readonly CycleKey[]
}

/** Rows of cycles, of teams and of objectives that were carried on. */
export interface Rows {
  ofTeam(team: TeamKey): Row | null
  ofLineage(objective: GradedObjective): Row | null
}

/**
 * Finds what aspirational objectives have in common over cycles in a row: graded above 0.9 on average, or below 0.4, in
 * this cycle and at least the one before it. Cycles without such an objective are passed over.
 */
export function rowsOf(present: EarlierCycle, earlier: readonly EarlierCycle[]): Rows {
  const cycles = [
    present,
    ...earlier
      .filter(({ cycle }) => cycle !== present.cycle)
      .toSorted((a, b) => compare(b.endDay, a.endDay) || compare(b.cycle, a.cycle)),
  ].map(({ cycle, objectives }) => {
    const stretches = objectives.filter(({ ambition }) => ambition === 'aspirational')
    return {
      cycle,
      byTeam: meansBy(stretches, ({ team }) => team ?? ''),
      byLineage: meansBy(stretches, lineageOf),
    }
  })
  return {
    ofTeam: (team) => rowOf(cycles.map(({ cycle, byTeam }) => ({ cycle, mean: byTeam.get(team) }))),
    ofLineage: (objective) =>
      objective.ambition === 'aspirational'
        ? rowOf(cycles.map(({ cycle, byLineage }) => ({ cycle, mean: byLineage.get(lineageOf(objective)) })))
        : null,
  }
}

function meansBy(
  objectives: readonly GradedObjective[],
  nameOf: (objective: GradedObjective) => string,
): ReadonlyMap<string, number> {
  const groups = Map.groupBy(
    objectives.filter(({ score }) => score !== null),
    nameOf,
  )
  return new Map([...groups].map(([name, group]) => [name, meanScore(group)]))
}

/** Added up in one order, whatever order they come in. */
function meanScore(objectives: readonly GradedObjective[]): number {
  const ascending = objectives.flatMap(({ score }) => score ?? []).sort((a, b) => a - b)
  return ascending.reduce((sum, score) => sum + score, 0) / ascending.length
}

function rowOf(
  graded: readonly { readonly cycle: CycleKey; readonly mean: number | undefined }[],
): Row | null {
  const [first] = graded
  if (first?.mean === undefined) return null
  const kind = kindOf(first.mean)
  if (kind === null) return null
  const cycles: CycleKey[] = []
  for (const { cycle, mean } of graded) {
    if (mean === undefined) continue
    if (kindOf(mean) !== kind) break
    cycles.push(cycle)
  }
  return cycles.length >= IN_A_ROW ? { kind, cycles } : null
}

function kindOf(mean: number): Row['kind'] | null {
  if (mean > TOO_GOOD) return 'sandbagging'
  return mean < TOO_BAD - SLACK ? 'too_ambitious' : null
}

/** An objective that is copied into the next cycle keeps its title and its team: that is what it is known again by. */
function lineageOf({ team, title }: GradedObjective): string {
  return `${team ?? ''}\n${title.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
