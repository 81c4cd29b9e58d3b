import type { KeyResultKey } from '../../domain/ids.ts'
import { compareGoals } from '../../domain/okrs/compare-goals.ts'
import { goalsOfDocument, type PlacedGoal } from '../../domain/okrs/document-goals.ts'
import { goalsOf, subjectOf, type Goal, type Properties } from '../../domain/okrs/goal-set.ts'
import type { OkrDocument } from '../../domain/okrs/okr-document.ts'
import { fingerprintOf, type OkrPlan, type Planned, type PlanOptions } from '../../domain/okrs/plan.ts'
import { brokenReferences, repeatedGoals } from '../../domain/okrs/references.ts'
import type { EpochMs } from '../../domain/time.ts'
import { listHealthPolicies } from '../goals/health-policy.ts'
import type { Records } from '../ports/records.ts'
import { goalProblems, type Worlds } from './goal-problems.ts'
import { loadGoals } from './load-goals.ts'
import { lookUpIssues } from './look-up-issues.ts'

export type PlanRecords = Pick<Records, 'okrSets' | 'goals' | 'sites' | 'mirror' | 'progress'>

/** A plan with everything it takes to carry it out. */
export interface WorkingPlan {
  readonly plan: OkrPlan
  readonly worlds: Worlds
  readonly placed: readonly PlacedGoal[]
  readonly applied: ReadonlyMap<string, Properties>
}

/**
 * What applying a document would do, goal by goal and property by property, or every reason why it cannot be applied.
 * Writes nothing.
 */
export async function planOkrs(
  records: PlanRecords,
  document: OkrDocument,
  options: PlanOptions,
): Promise<Planned> {
  const working = await workOut(records, document, options, 0)
  return 'plan' in working ? { kind: 'plan', plan: working.plan } : working
}

/** @param now when goals are archived */
export async function workOut(
  records: PlanRecords,
  document: OkrDocument,
  options: PlanOptions,
  now: EpochMs,
): Promise<WorkingPlan | Extract<Planned, { kind: 'refused' }>> {
  const before = bySubject(goalsOf(await loadGoals(records, document)))
  const { document: resolved, problems: unknownIssues } = await lookUpIssues(
    records,
    document,
    before.values(),
  )
  const placed = goalsOfDocument(resolved, (subject) => before.get(subject))
  const repeated = repeatedGoals(placed)
  const subjects = new Set([
    ...before.keys(),
    ...placed.map(({ known }) => subjectOf(known.kind, known.goal.key)),
  ])
  const applied = await records.okrSets.applied([...subjects])
  const { changes, conflicts } = compareGoals({
    placed,
    stored: before,
    applied,
    cycles: new Set(document.cycles.map(({ key }) => key)),
    numbers: await numbersOf(records, before),
    options,
    now,
  })
  const after = new Map(before)
  for (const change of changes) after.set(subjectOf(change.kind, change.key), change.after)
  const worlds = { before, after }
  const policies = new Set((await listHealthPolicies(records)).map(({ name }) => name))
  const problems = [
    ...unknownIssues,
    ...repeated,
    ...brokenReferences(changes, after, policies),
    ...goalProblems(changes, worlds),
    ...conflicts,
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  return { plan: { changes, fingerprint: fingerprintOf(changes) }, worlds, placed, applied }
}

async function numbersOf({ progress }: PlanRecords, stored: ReadonlyMap<string, Goal>) {
  const keys = [...stored.values()].flatMap(({ kind, goal }): KeyResultKey[] =>
    kind === 'key_result' ? [goal.key] : [],
  )
  const snapshots = await progress.latestSnapshots(keys)
  return new Map([...snapshots].map(([key, { numbers }]) => [key, numbers]))
}

function bySubject(goals: readonly Goal[]): Map<string, Goal> {
  return new Map(goals.map((known) => [subjectOf(known.kind, known.goal.key), known]))
}
