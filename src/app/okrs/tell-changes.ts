import { timeBoxOf, type Cycle, type KeyResult, type Objective } from '../../domain/goals.ts'
import type { KeyResultKey, TeamKey } from '../../domain/ids.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import { subjectOf, type Goal } from '../../domain/okrs/goal-set.ts'
import type { PlannedChange } from '../../domain/okrs/plan.ts'
import type { EpochMs } from '../../domain/time.ts'
import { authorshipOf, type Author } from '../../domain/authorship.ts'
import type { ChangeRecord } from '../goals/change-goals.ts'
import { movementsOfEdit } from '../goals/key-result-movements.ts'
import { sizesDiffer } from '../goals/measure-input.ts'
import type { FeedKind } from '../ports/feed.ts'
import type { Records } from '../ports/records.ts'
import { cycleOf, objectiveOf, type Worlds } from './goal-problems.ts'
import type { WorkingPlan } from './plan-okrs.ts'

type Mark = Parameters<Records['progress']['markDirty']>[0][number]

/**
 * What a plan leaves behind beside the rows: audit entries, marks for recomputing, movements, comments that are no
 * longer wanted, and feed entries last. Marks come before comments, and what is archived has one too: a recomputation
 * holds its marks when it asks for comments, and without them the two would wait for each other.
 * @returns the marks
 */
export async function tellChanges(
  records: Records,
  { plan, worlds }: Pick<WorkingPlan, 'plan' | 'worlds'>,
  { now, author }: { readonly now: EpochMs; readonly author: Author },
): Promise<readonly Mark[]> {
  const told = plan.changes.map((change) => recordOf(change, worlds))
  await records.audit.append(
    told.map(({ action, subject, before, after }) => ({
      ...authorshipOf(author),
      ...{ at: now, action, subject, before, after },
    })),
  )
  const moved = movedKeyResults(worlds, plan.changes, await toldOtherwise(records, plan.changes))
  const archived = archivedKeyResults(plan.changes)
  const elsewhere = moved.flatMap(({ before, after }) =>
    before !== null && isElsewhere(before, after) ? [after.keyResult.key] : [],
  )
  const beside = [...archived, ...(await records.coverage.rivalsOf([...archived, ...elsewhere]))]
  const marks = [
    ...moved.map(({ mark }) => mark),
    ...beside.map((keyResult) => ({ keyResult, relink: false, day: null })),
  ]
  await records.progress.markDirty(marks)
  await records.contributions.addMovements(
    moved.flatMap(({ before, after }) => (before === null ? [] : movementsOfEdit(before, after, now))),
  )
  await records.okrSets.unwantComments(archived)
  await records.feed.append(told.map(({ feed, subject }) => ({ ...feed, subject, at: now })))
  return marks
}

function archivedKeyResults(changes: readonly PlannedChange[]): KeyResultKey[] {
  return changes.flatMap(({ action, after }) =>
    action === 'archive' && after.kind === 'key_result' ? [after.goal.key] : [],
  )
}

/** A key result that comes back, or has another objective or end: whoever shares an epic with it is looked at anew. */
function isElsewhere(was: InContext, is: InContext): boolean {
  const end = ({ keyResult, cycle }: InContext) =>
    `${timeBoxOf(keyResult, cycle).dueDay} ${cycle.calendar.timeZone}`
  return (
    was.keyResult.archivedAt !== null ||
    was.keyResult.objective !== is.keyResult.objective ||
    end(was) !== end(is)
  )
}

/** The same entries that a single change leaves. */
function recordOf(
  { kind, key, action, before, after, properties }: PlannedChange,
  worlds: Worlds,
): ChangeRecord {
  const verb = { create: 'create', change: 'update', archive: 'archive', restore: 'restore' }[action]
  const properName = (name: string) => (name.startsWith('measure.') ? 'measure' : name)
  const changed = [
    ...new Set([
      ...properties.map(({ name }) => properName(name)),
      ...(action === 'restore' ? ['archivedAt'] : []),
    ]),
  ]
  return {
    action: kind === 'team' ? 'team.save' : `${kind}.${verb}`,
    subject: key,
    before: before?.goal ?? null,
    after: after.goal,
    feed: {
      kind: kind === 'team' ? 'team.changed' : feedKind(kind, action),
      data: {
        ...dataOf(after, action === 'create', worlds),
        ...(verb === 'update' || verb === 'restore' ? { changed } : {}),
      },
    },
  }
}

function feedKind(kind: Exclude<Goal['kind'], 'team'>, action: PlannedChange['action']): FeedKind {
  if (action === 'create') return `${kind}.created`
  return action === 'archive' ? `${kind}.archived` : `${kind}.updated`
}

function dataOf(known: Goal, isCreated: boolean, { after }: Worlds): Record<string, unknown> {
  const { kind, goal } = known
  const { title } = goal
  switch (kind) {
    case 'team':
      return { title }
    case 'initiative':
      return isCreated ? { keyResult: goal.keyResult, title } : { keyResult: goal.keyResult }
    case 'cycle':
      return isCreated ? { title, startDay: goal.startDay, endDay: goal.endDay } : {}
    case 'objective':
      return isCreated ? { cycle: goal.cycle, title } : {}
    case 'key_result':
      return isCreated ? { objective: goal.objective, cycle: cycleOf(known, after)?.key, title } : {}
    case 'kpi':
      return isCreated ? { title } : {}
  }
}

interface InContext {
  readonly keyResult: KeyResult
  readonly objective: Objective
  readonly cycle: Cycle
}

/** Key results whose numbers follow from what changed, with the mark each gets. */
function movedKeyResults(
  { before, after }: Worlds,
  changes: readonly PlannedChange[],
  retold: ReadonlySet<string>,
): { before: InContext | null; after: InContext; mark: Mark }[] {
  const changed = new Map(changes.map((change) => [subjectOf(change.kind, change.key), change]))
  return [...after.values()].flatMap((known) => {
    if (known.kind !== 'key_result' || known.goal.archivedAt !== null) return []
    const is = contextOf(known.goal, after)
    const stored = before.get(known.goal.key)
    const was = stored?.kind === 'key_result' ? contextOf(stored.goal, before) : null
    if (is === null) return []
    const relink = was === null || was.keyResult.archivedAt !== null || linksDiffer(was, is)
    const isMoved =
      relink || changed.has(known.goal.key) || retold.has(known.goal.key) || contextDiffers(was, is)
    return isMoved ? [{ before: was, after: is, mark: { keyResult: known.goal.key, relink, day: null } }] : []
  })
}

function contextOf(keyResult: KeyResult, world: ReadonlyMap<string, Goal>): InContext | null {
  const objective = objectiveOf(keyResult, world)
  const cycle = cycleOf({ kind: 'key_result', goal: keyResult }, world)
  return objective === null || cycle === null ? null : { keyResult, objective, cycle }
}

function linksDiffer(was: InContext, is: InContext): boolean {
  return (
    sizesDiffer(was.keyResult, is.keyResult) ||
    was.cycle.key !== is.cycle.key ||
    was.cycle.calendar.timeZone !== is.cycle.calendar.timeZone
  )
}

/** What around a key result decides how it is judged and told. */
function contextDiffers(was: InContext, is: InContext): boolean {
  const text = ({ objective, cycle }: InContext) =>
    canonicalText([objective.healthPolicy, objective.team, cycle.startDay, cycle.endDay, cycle.calendar])
  return text(was) !== text(is)
}

/** Key results of teams that are told another way from now on. */
async function toldOtherwise(
  { digests }: Pick<Records, 'digests'>,
  changes: readonly PlannedChange[],
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  for (const { kind, key, properties } of changes) {
    if (kind !== 'team' || !properties.some(({ name }) => name === 'notify' || name === 'anchorIssue'))
      continue
    for (const keyResult of await digests.keyResultsOf(key as TeamKey)) keys.add(keyResult)
  }
  return keys
}
