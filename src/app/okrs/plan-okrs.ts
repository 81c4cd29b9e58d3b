import type { AppliedGoals, Origin } from '../../domain/okrs/applied.ts'
import { compareGoals, toldChange } from '../../domain/okrs/compare-goals.ts'
import { goalsOfDocument, type PlacedGoal } from '../../domain/okrs/document-goals.ts'
import { goalsOf, subjectOf, type Goal } from '../../domain/okrs/goal-set.ts'
import type { OkrDocument } from '../../domain/okrs/okr-document.ts'
import {
  fingerprintOf,
  type OkrPlan,
  type Planned,
  type PlanOptions,
  type PlanProblem,
} from '../../domain/okrs/plan.ts'
import { brokenReferences, repeatedGoals } from '../../domain/okrs/references.ts'
import { ALL_READ, type Unread } from '../../domain/okrs/unread.ts'
import type { EpochMs } from '../../domain/time.ts'
import { listHealthPolicies } from '../goals/health-policy.ts'
import type { Records } from '../ports/records.ts'
import { goalProblems, type Worlds } from './goal-problems.ts'
import { loadGoals } from './load-goals.ts'
import { lookUpIssues } from './look-up-issues.ts'
import { objectivesMoved, withEffects } from './progress-effects.ts'

export type PlanRecords = Pick<Records, 'okrSets' | 'goals' | 'sites' | 'mirror' | 'progress' | 'alignment'>

/** A plan with everything it takes to carry it out. */
export interface WorkingPlan {
  readonly plan: OkrPlan
  readonly worlds: Worlds
  readonly placed: readonly PlacedGoal[]
  readonly applied: AppliedGoals
}

type Refused = Extract<Planned, { kind: 'refused' }>

/**
 * What applying a document would do, goal by goal and property by property, or every reason why it cannot be applied.
 * Writes nothing.
 */
export async function planOkrs(
  records: PlanRecords,
  document: OkrDocument,
  options: PlanOptions,
  now: EpochMs,
): Promise<Planned> {
  const working = await workOut(records, document, options, now)
  return 'plan' in working ? { kind: 'plan', plan: working.plan } : working
}

/**
 * What else is wrong with a file of which only a part could be read. What somebody changed meanwhile is told once the
 * file can be read.
 */
export async function problemsOfPart(
  records: PlanRecords,
  { document, unread }: { readonly document: OkrDocument; readonly unread: Unread },
  now: EpochMs,
): Promise<readonly PlanProblem[]> {
  const compared = await compare(records, document, { archiveMissing: false, overwrite: true }, now)
  return problemsOf(records, compared, { unread, now })
}

/** @param now when goals are archived, and by which cycles are over */
export async function workOut(
  records: PlanRecords,
  document: OkrDocument,
  options: PlanOptions,
  now: EpochMs,
): Promise<WorkingPlan | Refused> {
  const compared = await compare(records, document, options, now)
  const problems = [
    ...(await problemsOf(records, compared, { unread: ALL_READ, now })),
    ...compared.conflicts,
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  const { worlds, placed, applied, leftAlone } = compared
  const changes = await withEffects(records, compared.changes)
  const objectives = await objectivesMoved(records, changes, worlds)
  const plan = { changes, objectives, leftAlone, fingerprint: fingerprintOf(changes) }
  return { plan, worlds, placed, applied }
}

type ComparedDocument = Awaited<ReturnType<typeof compare>>

async function compare(records: PlanRecords, document: OkrDocument, options: PlanOptions, now: EpochMs) {
  const before = bySubject(goalsOf(await loadGoals(records, document)))
  const looked = await lookUpIssues(records, document, before.values())
  const placed = goalsOfDocument(looked.document, (subject) => before.get(subject))
  const subjects = new Set([...before.keys(), ...placed.map(({ known }) => subjectOfGoal(known))])
  const applied = await records.okrSets.applied([...subjects])
  const { changes, conflicts, leftAlone } = compareGoals({
    placed,
    stored: before,
    applied,
    origins: options.overwrite ? new Map() : await originsOf(records, placed, before, applied),
    cycles: new Set(document.cycles.map(({ key }) => key)),
    options,
    now,
  })
  const after = new Map(before)
  for (const change of changes) after.set(subjectOf(change.kind, change.key), change.after)
  return {
    placed,
    applied,
    conflicts,
    leftAlone,
    changes: changes.map(toldChange),
    worlds: { before, after },
    misread: [...looked.problems, ...repeatedGoals(placed)],
  }
}

async function problemsOf(
  records: PlanRecords,
  { changes, worlds, misread }: ComparedDocument,
  { unread, now }: { readonly unread: Unread; readonly now: EpochMs },
): Promise<PlanProblem[]> {
  const policies = new Set((await listHealthPolicies(records)).map(({ name }) => name))
  return [
    ...misread,
    ...brokenReferences(changes, { goals: worlds.after, policies, unread }),
    ...goalProblems(changes, worlds, { unread, now }),
  ]
}

/** Who made the goals that a document names and no file was ever applied to. */
async function originsOf(
  { okrSets }: PlanRecords,
  placed: readonly PlacedGoal[],
  stored: ReadonlyMap<string, Goal>,
  applied: AppliedGoals,
): Promise<ReadonlyMap<string, Origin>> {
  const found = new Map<string, Origin>()
  const unknown = placed.filter(({ known }) => {
    const subject = subjectOfGoal(known)
    return stored.has(subject) && !applied.has(subject)
  })
  for (const [kind, goals] of Map.groupBy(unknown, ({ known }) => known.kind)) {
    const keys = goals.map(({ known }) => known.goal.key)
    for (const [key, origin] of await okrSets.origins(kind, keys)) found.set(subjectOf(kind, key), origin)
  }
  return found
}

function subjectOfGoal({ kind, goal }: Goal): string {
  return subjectOf(kind, goal.key)
}

function bySubject(goals: readonly Goal[]): Map<string, Goal> {
  return new Map(goals.map((known) => [subjectOfGoal(known), known]))
}
