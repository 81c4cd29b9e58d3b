import type { Cycle, Objective } from '../../domain/goals.ts'
import {
  arrivalOf,
  carriageInto,
  departureOf,
  passagesOf,
  type Changes,
  type Passage,
} from '../../domain/retrospective/passages.ts'
import type { Entry, MovedGoal } from '../../domain/retrospective/retrospective.ts'
import {
  keyResultAsOf,
  revisionsWithin,
  type Carriage,
  type Revision,
} from '../../domain/retrospective/revision.ts'
import type { CycleKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Stretch } from '../ports/cycle-closings.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { inPortions } from './in-portions.ts'
import { deliveryAsOf, measureAsOf } from './measure-as-of.ts'

/** A key result that was in a cycle, as it was when it left it for another one. */
export interface GoalAway {
  readonly goal: KeyResultInContext
  readonly departure: Passage
}

/** Since when a key result has been a goal of its cycle, and what was made of it in that time and later. */
export interface Stay {
  /** null: it was in the cycle from the beginning. */
  readonly entry: Entry | null
  /** What was forecast, warned of and linked before that is of another cycle, or of none. */
  readonly began: EpochMs
  /** So is what was done and said before that. What came after the end of a closed cycle is of the one it went on in. */
  readonly countsFrom: EpochMs
  readonly revisions: readonly Revision[]
}

/**
 * @param from when its cycle began
 * @param toldUntil up to when closed cycles tell of what went on in this one
 */
export function stayOf(
  { keyResult, cycle }: Pick<KeyResultInContext, 'keyResult' | 'cycle'>,
  { revisions, changes }: { readonly revisions: Known; readonly changes: Changes },
  { from, toldUntil }: { readonly from: EpochMs; readonly toldUntil: ReadonlyMap<CycleKey, EpochMs> },
): Stay {
  const passages = passagesSince(keyResult, cycle, changes, revisions)
  const carriage = carriageInto(passages, cycle.key)
  const own = revisionsWithin(revisions, carriage?.at ?? null)
  const arrival = carriage === null ? arrivalOf(passages, cycle.key) : null
  if (arrival !== null) {
    const { at, from: origin, by, reason } = arrival
    const since = own.filter((revision) => revision.at > at)
    // Before that it had another time to be reached in.
    return {
      entry: { at, from: origin, by, reason },
      began: at,
      countsFrom: at,
      revisions: [{ kind: 'entered', at }, ...since],
    }
  }
  const made = own.findLast(({ kind }) => kind === 'entered')
  const entry = made === undefined ? null : { at: made.at, from: null, by: null, reason: null }
  const told = carriage === null ? undefined : toldUntil.get(carriage.from)
  const countsFrom = told === undefined ? from : Math.max(from, told + 1)
  return { entry, began: carriage?.at ?? from, countsFrom, revisions: own }
}

/** Up to when the closed cycles tell from which goals were carried into this one. */
export async function closedUntil(
  { closings }: Pick<Records, 'closings'>,
  cycle: Pick<Cycle, 'key'>,
  { objectives }: Changes,
): Promise<ReadonlyMap<CycleKey, EpochMs>> {
  const carried = [...objectives.values()]
    .flat()
    .filter(({ isCarried, after }) => isCarried && after.cycle === cycle.key)
  const told = new Map<CycleKey, EpochMs>()
  for (const key of new Set(carried.map(({ before }) => before.cycle))) {
    const closing = await closings.closing(key)
    if (closing !== null) told.set(key, closing.retrospective.asOf)
  }
  return told
}

type Known = readonly (Revision | Carriage)[]

/** Key results that left a cycle since an instant, by themselves or with their objective, and are in another one. */
export async function goalsAway(
  { closings, goals }: Pick<Records, 'closings' | 'goals'>,
  cycle: Cycle,
  changes: Changes,
  { from }: Stretch,
): Promise<GoalAway[]> {
  const left = new Set(
    [...changes.cycles].flatMap(([objective, moves]) =>
      moves.some(({ before }) => before === cycle.key) ? [objective] : [],
    ),
  )
  const byThemselves = [...changes.objectives].flatMap(([keyResult, moves]) =>
    moves.some(({ before }) => before.cycle === cycle.key || left.has(before.objective)) ? [keyResult] : [],
  )
  const keys = new Set([...byThemselves, ...(await closings.keysUnder([...left]))])
  const found = (await goals.keyResultsIn([...keys])).filter((goal) => goal.cycle.key !== cycle.key)
  const revisions = await closings.revisions(
    found.map(({ keyResult }) => keyResult.key),
    from,
  )
  return found.flatMap(({ keyResult, objective, cycle: now }): GoalAway[] => {
    const known = revisions.get(keyResult.key) ?? []
    const departure = departureOf(passagesSince(keyResult, now, changes, known), cycle.key)
    if (departure === null) return []
    const then = keyResultAsOf(keyResult, revisionsWithin(known, null), departure.at - 1)
    return [{ goal: { keyResult: { ...then, objective: departure.objective }, objective, cycle }, departure }]
  })
}

/** Where it went since it came about: what its objective did before that was without it. */
function passagesSince(
  { key, objective }: KeyResultInContext['keyResult'],
  cycle: Cycle,
  changes: Changes,
  revisions: Known,
): Passage[] {
  const made = revisions.find(({ kind }) => kind === 'entered')?.at ?? Number.NEGATIVE_INFINITY
  return passagesOf(key, { objective, cycle: cycle.key }, changes).filter(({ at }) => at > made)
}

/** What is told of goals that left a cycle and were not given up before. */
export async function movedAway(
  records: Records,
  cycle: Cycle,
  { away, changes }: { readonly away: readonly GoalAway[]; readonly changes: Changes },
): Promise<MovedGoal[]> {
  const alive = away.filter(({ goal }) => goal.keyResult.archivedAt === null)
  const keyResults = await inPortions(alive, async ({ goal, departure }): Promise<MovedGoal> => {
    const { key, title, objective } = goal.keyResult
    const delivery = await deliveryAsOf(records, goal, departure.at)
    const { rawProgress } = await measureAsOf(records, goal, delivery, departure.at)
    const { at, into, by, reason } = departure
    return { key, title, objective, at, into, rawProgress, by, reason }
  })
  return [...(await movedObjectives(records, cycle, changes)), ...keyResults]
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
