import type { AnchorIssue, Cycle, Initiative, KeyResult, Objective } from '../goals.ts'
import type { KeyResultKey, ObjectiveKey } from '../ids.ts'
import type { Kpi } from '../kpi.ts'
import type { Team } from '../team.ts'
import type {
  DocumentCycle,
  DocumentInitiative,
  DocumentKeyResult,
  DocumentKpi,
  DocumentObjective,
  DocumentPath,
  DocumentTeam,
  ResolvedDocument,
} from './okr-document.ts'
import { isArchived, subjectOf, type Goal } from './goal-set.ts'
import { without } from './without.ts'

/** A goal as a document has it, and where. */
export interface PlacedGoal {
  readonly path: DocumentPath
  readonly known: Goal
}

/**
 * Every goal of a document as it would be stored: what a document does not say of a goal is as it was before.
 * @param before the stored goal of this subject
 */
export function goalsOfDocument(
  document: ResolvedDocument,
  before: (subject: string) => Goal | undefined,
): PlacedGoal[] {
  const was = <Kind extends Goal['kind']>(kind: Kind, key: string) =>
    before(subjectOf(kind, key))?.goal as Extract<Goal, { kind: Kind }>['goal'] | undefined
  const placed: PlacedGoal[] = []
  const put = (path: DocumentPath, known: Goal) => placed.push({ path, known })
  document.teams.forEach((team, index) => put(['teams', index], { kind: 'team', goal: teamOf(team) }))
  document.cycles.forEach((cycle, index) => {
    put(['cycles', index], { kind: 'cycle', goal: cycleOf(cycle, was('cycle', cycle.key)) })
  })
  const inside: PlacedGoal[] = []
  document.objectives.forEach((objective, index) => {
    const path = ['objectives', index]
    put(path, { kind: 'objective', goal: objectiveOf(objective) })
    objective.keyResults.forEach((keyResult, nth) => {
      const place = [...path, 'keyResults', nth]
      const goal = keyResultOf(keyResult, objective.key, was('key_result', keyResult.key))
      put(place, { kind: 'key_result', goal })
      keyResult.initiatives.forEach((initiative, last) => {
        inside.push({
          path: [...place, 'initiatives', last],
          known: { kind: 'initiative', goal: initiativeOf(initiative, keyResult.key) },
        })
      })
    })
  })
  // Objectives before key results before initiatives: each may refer to any of those before it.
  const order = ['team', 'cycle', 'objective', 'key_result']
  placed.sort((a, b) => order.indexOf(a.known.kind) - order.indexOf(b.known.kind))
  placed.push(...inside)
  document.kpis.forEach((kpi, index) => put(['kpis', index], { kind: 'kpi', goal: kpiOf(kpi) }))
  return placed
}

function cycleOf({ timeZone, workingDays, holidays, ...own }: DocumentCycle, before?: Cycle): Cycle {
  const calendar = { timeZone, workingDays, holidays }
  return { ...own, calendar, closedAt: before?.closedAt ?? null, archivedAt: null }
}

function teamOf({ timeZone, workingDays, holidays, ...own }: DocumentTeam<AnchorIssue>): Team {
  return { ...own, calendar: { timeZone, workingDays, holidays } }
}

function objectiveOf(said: DocumentObjective<AnchorIssue>): Objective {
  return { ...without(said, 'keyResults'), archivedAt: null }
}

function keyResultOf(
  said: DocumentKeyResult<AnchorIssue>,
  objective: ObjectiveKey,
  before?: KeyResult,
): KeyResult {
  return {
    ...without(said, 'initiatives'),
    objective,
    healthOverride: before?.healthOverride ?? null,
    valueOverride: before?.valueOverride ?? null,
    rolledFrom: before?.rolledFrom ?? null,
    archivedAt: null,
  }
}

function initiativeOf(own: DocumentInitiative<AnchorIssue>, keyResult: KeyResultKey): Initiative {
  return { ...own, keyResult, archivedAt: null }
}

function kpiOf(own: DocumentKpi): Kpi {
  return { ...own, archivedAt: null }
}

/** The goal put aside. */
export function archived(known: Goal, at: number): Goal {
  return isArchived(known) || known.kind === 'team'
    ? known
    : ({ ...known, goal: { ...known.goal, archivedAt: at } } as Goal)
}
