import type { Cycle, Objective } from '../../domain/goals.ts'
import {
  arrivalOf,
  departureOf,
  passagesOf,
  type Changes,
  type Passage,
} from '../../domain/retrospective/passages.ts'
import type { Entry, MovedGoal } from '../../domain/retrospective/retrospective.ts'
import { keyResultAsOf, type Revision } from '../../domain/retrospective/revision.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Stretch } from '../ports/cycle-closings.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { deliveryAsOf, measureAsOf } from './measure-as-of.ts'

/** A key result that was in a cycle, as it was when it left it for another one. */
export interface GoalAway {
  readonly goal: KeyResultInContext
  readonly departure: Passage
}

/** How a key result of a cycle came into it since an instant; null: it was in it then. */
export function entryOf(
  { keyResult, cycle }: Pick<KeyResultInContext, 'keyResult' | 'cycle'>,
  { revisions, changes }: { readonly revisions: readonly Revision[]; readonly changes: Changes },
): Entry | null {
  const made = revisions.findLast(({ kind }) => kind === 'entered') ?? null
  const arrival = arrivalOf(passagesSince(keyResult, cycle, changes, made), cycle.key)
  if (arrival !== null) return { at: arrival.at, from: arrival.from, by: arrival.by, reason: arrival.reason }
  return made === null ? null : { at: made.at, from: null, by: null, reason: null }
}

/** What was made of a key result since it has been in the cycle: before that it had another time to be reached in. */
export function revisionsSince(entry: Entry | null, revisions: readonly Revision[]): readonly Revision[] {
  if (entry === null || entry.from === null) return revisions
  return [{ kind: 'entered', at: entry.at }, ...revisions.filter(({ at }) => at > entry.at)]
}

/** Key results that left a cycle since an instant, by themselves or with their objective, and are in another one. */
export async function goalsAway(
  { closings, goals }: Pick<Records, 'closings' | 'goals'>,
  cycle: Cycle,
  changes: Changes,
  { from }: Stretch,
): Promise<GoalAway[]> {
  const left = [...changes.cycles].flatMap(([objective, moves]) =>
    moves.some(({ before }) => before === cycle.key) ? [objective] : [],
  )
  const keys = new Set([...changes.objectives.keys(), ...(await closings.keysUnder(left))])
  const found = (await goals.keyResultsIn([...keys])).filter((goal) => goal.cycle.key !== cycle.key)
  const revisions = await closings.revisions(
    found.map(({ keyResult }) => keyResult.key),
    from,
  )
  return found.flatMap(({ keyResult, objective, cycle: now }): GoalAway[] => {
    const known = revisions.get(keyResult.key) ?? []
    const made = known.findLast(({ kind }) => kind === 'entered') ?? null
    const departure = departureOf(passagesSince(keyResult, now, changes, made), cycle.key)
    if (departure === null) return []
    const then = keyResultAsOf(keyResult, known, departure.at - 1)
    return [{ goal: { keyResult: { ...then, objective: departure.objective }, objective, cycle }, departure }]
  })
}

function passagesSince(
  { key, objective }: KeyResultInContext['keyResult'],
  cycle: Cycle,
  changes: Changes,
  made: { readonly at: EpochMs } | null,
): Passage[] {
  const passages = passagesOf(key, { objective, cycle: cycle.key }, changes)
  return made === null ? passages : passages.filter(({ at }) => at > made.at)
}

/** What is told of goals that left a cycle and were not given up before. */
export async function movedAway(
  records: Records,
  cycle: Cycle,
  { away, changes }: { readonly away: readonly GoalAway[]; readonly changes: Changes },
): Promise<MovedGoal[]> {
  const alive = away.filter(({ goal }) => goal.keyResult.archivedAt === null)
  const keyResults = alive.map(async ({ goal, departure }): Promise<MovedGoal> => {
    const { key, title, objective } = goal.keyResult
    const delivery = await deliveryAsOf(records, goal, departure.at)
    const { rawProgress } = await measureAsOf(records, goal, delivery, departure.at)
    const { at, into, by, reason } = departure
    return { key, title, objective, at, into, rawProgress, by, reason }
  })
  return [...(await movedObjectives(records, cycle, changes)), ...(await Promise.all(keyResults))]
}

async function movedObjectives(
  { goals }: Pick<Records, 'goals'>,
  cycle: Cycle,
  { cycles }: Changes,
): Promise<MovedGoal[]> {
  const moved: MovedGoal[] = []
  for (const [key, moves] of cycles) {
    const departure = moves.findLast(({ before }) => before === cycle.key)
    if (departure === undefined) continue
    const objective: Objective | null = await goals.objective(key)
    if (objective === null || objective.cycle === cycle.key) continue
    const { at, after: into, by, reason } = departure
    moved.push({ key, title: objective.title, objective: null, at, into, rawProgress: null, by, reason })
  }
  return moved
}
