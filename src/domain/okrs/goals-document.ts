import type { AnchorIssue, Cycle, Initiative, KeyResult, Objective } from '../goals.ts'
import { numberOf } from '../ids.ts'
import type { Team } from '../team.ts'
import { NOT_IN_FILES, type GoalSet } from './goal-set.ts'
import type {
  DocumentCycle,
  DocumentInitiative,
  DocumentKeyResult,
  DocumentObjective,
  DocumentTeam,
  ResolvedDocument,
} from './okr-document.ts'
import { without } from './without.ts'

/**
 * Live goals as a document: each where it belongs, in the order people count them, objectives by their cycle first.
 * Applying it changes nothing.
 */
export function documentOfGoals(set: GoalSet): ResolvedDocument {
  const initiatives = Map.groupBy(set.initiatives.filter(isLive), ({ keyResult }) => keyResult)
  const keyResults = Map.groupBy(set.keyResults.filter(isLive), ({ objective }) => objective)
  const cycles = set.cycles.filter(isLive).toSorted(byText)
  const live = new Set(cycles.map(({ key }) => key))
  return {
    version: 1,
    cycles: cycles.map(documentCycle),
    teams: set.teams.toSorted(byText).map(documentTeam),
    objectives: set.objectives
      .filter((objective) => isLive(objective) && live.has(objective.cycle))
      .toSorted((a, b) => compareText(a.cycle, b.cycle) || byNumber(a, b))
      .map((objective) =>
        documentObjective(
          objective,
          (keyResults.get(objective.key) ?? [])
            .toSorted(byNumber)
            .map((own) => documentKeyResult(own, (initiatives.get(own.key) ?? []).toSorted(byNumber))),
        ),
      ),
    kpis: set.kpis
      .filter(isLive)
      .toSorted(byNumber)
      .map((kpi) => without(kpi, 'archivedAt')),
  }
}

function documentCycle(cycle: Cycle): DocumentCycle {
  return { ...without(cycle, 'calendar', 'closedAt', 'archivedAt'), ...cycle.calendar }
}

function documentTeam({ calendar, ...own }: Team): DocumentTeam<AnchorIssue> {
  return { ...own, ...calendar }
}

function documentObjective(
  objective: Objective,
  keyResults: readonly DocumentKeyResult<AnchorIssue>[],
): DocumentObjective<AnchorIssue> {
  return { ...without(objective, 'archivedAt'), keyResults }
}

function documentKeyResult(
  known: KeyResult,
  initiatives: readonly Initiative[],
): DocumentKeyResult<AnchorIssue> {
  const said = without(known, 'objective', ...NOT_IN_FILES)
  return { ...said, initiatives: initiatives.map(documentInitiative) }
}

function documentInitiative(known: Initiative): DocumentInitiative<AnchorIssue> {
  return without(known, 'keyResult', 'archivedAt')
}

function isLive({ archivedAt }: { readonly archivedAt: number | null }): boolean {
  return archivedAt === null
}

type Numbered = Parameters<typeof numberOf>[0]

function byNumber(a: { readonly key: Numbered }, b: { readonly key: Numbered }): number {
  return numberOf(a.key) - numberOf(b.key)
}

function byText(a: { readonly key: string }, b: { readonly key: string }): number {
  return compareText(a.key, b.key)
}

/** By code units: the same order on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
