import type { Cycle, Initiative, KeyResult, Objective } from '../goals.ts'
import type { Kpi } from '../kpi.ts'
import type { Team } from '../team.ts'
import { without } from './without.ts'

/** Goals of every kind, archived ones too. */
export interface GoalSet {
  readonly cycles: readonly Cycle[]
  readonly teams: readonly Team[]
  readonly objectives: readonly Objective[]
  readonly keyResults: readonly KeyResult[]
  readonly initiatives: readonly Initiative[]
  readonly kpis: readonly Kpi[]
}

/** A goal with its kind. */
export type Goal =
  | { readonly kind: 'cycle'; readonly goal: Cycle }
  | { readonly kind: 'team'; readonly goal: Team }
  | { readonly kind: 'objective'; readonly goal: Objective }
  | { readonly kind: 'key_result'; readonly goal: KeyResult }
  | { readonly kind: 'initiative'; readonly goal: Initiative }
  | { readonly kind: 'kpi'; readonly goal: Kpi }

export type GoalKind = Goal['kind']

/** What a goal is called where goals of every kind are told apart: `KR-12`, `cycle 2026-Q4`, `team search`. */
export function subjectOf(kind: GoalKind, key: string): string {
  return kind === 'cycle' || kind === 'team' ? `${kind} ${key}` : key
}

/** A goal's properties by name: what a file says of it. What comes about otherwise is left out. */
export type Properties = Readonly<Record<string, unknown>>

/** What comes about with a key result, and is in no file. */
export const NOT_IN_FILES = ['healthOverride', 'valueOverride', 'rolledFrom', 'archivedAt'] as const

/** Every property a file says of a goal. A measure's are told apart: `measure.target`. */
export function propertiesOf(known: Goal): Properties {
  switch (known.kind) {
    case 'cycle': {
      const { title, startDay, endDay, calendar } = known.goal
      return { title, startDay, endDay, ...calendar }
    }
    case 'team': {
      const { title, anchorIssue, notify, calendar, endOfDay, checkIns } = known.goal
      return { title, anchorIssue, notify, ...calendar, endOfDay, checkIns }
    }
    case 'key_result': {
      const said = without(known.goal, 'key', 'measure', ...NOT_IN_FILES)
      const ofMeasure = Object.entries(known.goal.measure).map(
        ([name, value]) => [`measure.${name}`, value] as const,
      )
      return { ...said, ...Object.fromEntries(ofMeasure) }
    }
    case 'objective':
      return without(known.goal, 'key', 'archivedAt')
    case 'initiative':
      return without(known.goal, 'key', 'archivedAt')
    case 'kpi':
      return without(known.goal, 'key', 'archivedAt')
  }
}

/** When it was archived; null for what is live, and for teams, which always are. */
export function isArchived(known: Goal): boolean {
  return known.kind !== 'team' && known.goal.archivedAt !== null
}

/** The goals of a set, one by one, each kind after those it refers to. */
export function goalsOf(set: GoalSet): Goal[] {
  return [
    ...set.teams.map((goal) => ({ kind: 'team', goal }) as const),
    ...set.cycles.map((goal) => ({ kind: 'cycle', goal }) as const),
    ...set.objectives.map((goal) => ({ kind: 'objective', goal }) as const),
    ...set.keyResults.map((goal) => ({ kind: 'key_result', goal }) as const),
    ...set.initiatives.map((goal) => ({ kind: 'initiative', goal }) as const),
    ...set.kpis.map((goal) => ({ kind: 'kpi', goal }) as const),
  ]
}
