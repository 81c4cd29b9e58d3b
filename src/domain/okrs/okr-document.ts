import type { ExpectedPlan } from '../calendar/expected-plan.ts'
import type { AnchorIssue, Objective } from '../goals.ts'
import type { CycleKey, InitiativeKey, KeyResultKey, KpiKey, SiteId, TeamKey } from '../ids.ts'
import type { Kpi } from '../kpi.ts'
import type { Measure, MilestonesMeasure, MilestoneStep } from '../measures/measure.ts'
import type { Team } from '../team.ts'
import type { CalendarDay } from '../time.ts'

/** An issue as people write it: by its key, one it has or had, or by Jira's numeric id. */
export interface DocumentIssue {
  readonly site: SiteId
  readonly issue: string
}

/**
 * OKRs as a file has them. What a file leaves out is its default here: every property is given.
 * `Issue` is how issues are named: as people do, or, once they are looked up, by their ids.
 */
export interface OkrDocument<Issue = DocumentIssue> {
  readonly version: 1
  /** Cycles the file speaks for as a whole: what a file made there and it no longer names is archived. */
  readonly cycles: readonly DocumentCycle[]
  readonly teams: readonly DocumentTeam<Issue>[]
  readonly objectives: readonly DocumentObjective<Issue>[]
  readonly kpis: readonly DocumentKpi[]
}

interface DocumentCalendar {
  readonly timeZone: string
  readonly workingDays: readonly number[]
  readonly holidays: readonly CalendarDay[]
}

export interface DocumentCycle extends DocumentCalendar {
  readonly key: CycleKey
  readonly title: string
  readonly startDay: CalendarDay
  readonly endDay: CalendarDay
}

export interface DocumentTeam<Issue = DocumentIssue>
  extends DocumentCalendar, Pick<Team, 'title' | 'notify' | 'checkIns' | 'endOfDay'> {
  readonly key: TeamKey
  readonly anchorIssue: Issue | null
}

export interface DocumentObjective<Issue = DocumentIssue> extends Omit<Objective, 'archivedAt'> {
  readonly keyResults: readonly DocumentKeyResult<Issue>[]
}

/** A measure whose steps name their issues as the document does. */
export type DocumentMeasure<Issue = DocumentIssue> =
  | Exclude<Measure, MilestonesMeasure>
  | {
      readonly kind: 'milestones'
      readonly steps: readonly (Omit<MilestoneStep, 'issue'> & { readonly issue: Issue | null })[]
    }

export interface DocumentKeyResult<Issue = DocumentIssue> {
  readonly key: KeyResultKey
  readonly title: string
  readonly description: string
  readonly owner: string | null
  readonly ownerAccountId: string | null
  readonly measure: DocumentMeasure<Issue>
  readonly weight: number
  readonly dueDay: CalendarDay | null
  readonly plan: ExpectedPlan
  readonly healthPolicy: string | null
  readonly anchorIssue: Issue | null
  readonly dependsOn: readonly KeyResultKey[]
  readonly intendedSharePercent: number | null
  readonly externalId: string | null
  readonly initiatives: readonly DocumentInitiative<Issue>[]
}

export interface DocumentInitiative<Issue = DocumentIssue> {
  readonly key: InitiativeKey
  readonly title: string
  readonly owner: string | null
  readonly issue: Issue | null
}

export interface DocumentKpi extends Omit<Kpi, 'archivedAt'> {
  readonly key: KpiKey
}

/** A place in a document: `['objectives', 0, 'keyResults', 2, 'title']`. */
export type DocumentPath = readonly (string | number)[]

/** A document whose issues were looked up: how it is compared with what is stored. */
export type ResolvedDocument = OkrDocument<AnchorIssue>
