import { problemsOfPlan, type ExpectedPlan } from '../calendar/expected-plan.ts'
import type { TimeBox } from '../calendar/expected-progress.ts'
import type { Cycle, KeyResult, Objective } from '../goals.ts'
import { numberOf, type ObjectiveKey } from '../ids.ts'
import type { Measure } from '../measures/measure.ts'
import type { CalendarDay, EpochMs } from '../time.ts'

/** A set of objectives without a time of its own: its days are shares of whatever cycle is started from it. */
export interface GoalTemplate {
  readonly name: string
  readonly title: string
  readonly savedAt: EpochMs
  readonly objectives: readonly TemplateObjective[]
}

export type TemplateObjective = Pick<
  Objective,
  | 'title'
  | 'description'
  | 'parent'
  | 'contributionWeight'
  | 'healthRollUp'
  | 'level'
  | 'ambition'
  | 'owner'
  | 'team'
  | 'healthPolicy'
> & {
  /** The key it had where it was saved; within the template, parents name it by this. */
  readonly key: ObjectiveKey
  readonly keyResults: readonly TemplateKeyResult[]
}

export type TemplateKeyResult = Pick<
  KeyResult,
  | 'key'
  | 'title'
  | 'description'
  | 'owner'
  | 'ownerAccountId'
  | 'measure'
  | 'weight'
  | 'healthPolicy'
  | 'dependsOn'
  | 'intendedSharePercent'
> & {
  /** How far into the cycle it is due, 0 to 1; null: at its end. */
  readonly dueShare: number | null
  readonly plan: TemplatePlan
}

export type TemplatePlan =
  | Exclude<ExpectedPlan, { readonly kind: 'targets' }>
  | {
      readonly kind: 'targets'
      readonly targets: readonly { readonly share: number; readonly progress: number }[]
    }

export interface GoalSet {
  readonly objective: Objective
  readonly keyResults: readonly KeyResult[]
}

/**
 * The set as a template. Parents and dependencies outside the set are left out, as are issues of Jira: they belong to
 * the work of one cycle.
 * @param keepsOwners false leaves out who answered for what
 */
export function templateOf(
  sets: readonly GoalSet[],
  cycle: Pick<Cycle, 'startDay' | 'endDay'>,
  keepsOwners: boolean,
): TemplateObjective[] {
  const inside = new Set<string>(
    sets.flatMap((set) => [set.objective.key, ...set.keyResults.map(({ key }) => key)]),
  )
  const owned = <T>(owner: T): T | null => (keepsOwners ? owner : null)
  return sets
    .toSorted((a, b) => numberOf(a.objective.key) - numberOf(b.objective.key))
    .map(({ objective, keyResults }) => {
      const { key, title, description, parent, contributionWeight, healthRollUp } = objective
      const { level, ambition, team, healthPolicy } = objective
      const keepsParent = parent !== null && inside.has(parent)
      return {
        key,
        title,
        description,
        parent: keepsParent ? parent : null,
        contributionWeight: keepsParent ? contributionWeight : null,
        healthRollUp,
        level,
        ambition,
        owner: owned(objective.owner),
        team,
        healthPolicy,
        keyResults: keyResults
          .toSorted((a, b) => numberOf(a.key) - numberOf(b.key))
          .map((keyResult) => ({
            key: keyResult.key,
            title: keyResult.title,
            description: keyResult.description,
            owner: owned(keyResult.owner),
            ownerAccountId: owned(keyResult.ownerAccountId),
            measure: withoutIssues(keyResult.measure),
            weight: keyResult.weight,
            healthPolicy: keyResult.healthPolicy,
            dependsOn: keyResult.dependsOn.filter((needed) => inside.has(needed)),
            intendedSharePercent: keyResult.intendedSharePercent,
            dueShare: keyResult.dueDay === null ? null : shareOf(keyResult.dueDay, cycle),
            plan: sharedPlan(keyResult.plan, cycle),
          })),
      }
    })
}

function withoutIssues(measure: Measure): Measure {
  if (measure.kind !== 'milestones') return measure
  return { kind: 'milestones', steps: measure.steps.map((step) => ({ ...step, issue: null })) }
}

function sharedPlan(plan: ExpectedPlan, cycle: Pick<Cycle, 'startDay' | 'endDay'>): TemplatePlan {
  if (plan.kind !== 'targets') return plan
  const targets = plan.targets.map(({ day, progress }) => ({ share: shareOf(day, cycle), progress }))
  return { kind: 'targets', targets }
}

/** How far into the cycle a day lies: 0 on its first day, 1 on its last. */
function shareOf(day: CalendarDay, { startDay, endDay }: Pick<Cycle, 'startDay' | 'endDay'>): number {
  const length = daysBetween(startDay, endDay)
  return length === 0 ? 1 : daysBetween(startDay, day) / length
}

/** The day that lies this far into a cycle. */
export function dayAt(share: number, { startDay, endDay }: Pick<Cycle, 'startDay' | 'endDay'>): CalendarDay {
  const days = Math.round(share * daysBetween(startDay, endDay))
  return Temporal.PlainDate.from(startDay).add({ days }).toString()
}

/** A template's plan in the time of a key result. */
export function planIn(plan: TemplatePlan, cycle: Cycle, box: TimeBox): ExpectedPlan {
  if (plan.kind !== 'targets') return plan
  const targets = plan.targets.map(({ share, progress }) => ({ day: dayAt(share, cycle), progress }))
  return fittingPlan({ kind: 'targets', targets }, box).plan
}

/** A plan without the targets that do not fit a key result's time; without any it is linear. */
export function fittingPlan(plan: ExpectedPlan, box: TimeBox): { plan: ExpectedPlan; cleared: number } {
  if (plan.kind !== 'targets') return { plan, cleared: 0 }
  let targets = plan.targets
  for (;;) {
    const [problem] = problemsOfPlan({ kind: 'targets', targets }, box)
    if (problem === undefined) break
    targets = targets.filter((_, index) => index !== problem.index)
  }
  const cleared = plan.targets.length - targets.length
  return { plan: targets.length === 0 ? { kind: 'linear' } : { kind: 'targets', targets }, cleared }
}

function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days
}
