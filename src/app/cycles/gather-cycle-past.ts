import { endOf, startOf, type TimeBox } from '../../domain/calendar/expected-progress.ts'
import type { Cycle, Objective } from '../../domain/goals.ts'
import type { ObjectiveKey } from '../../domain/ids.ts'
import {
  gradedObjective,
  type CyclePast,
  type KeyResultPast,
} from '../../domain/retrospective/build-retrospective.ts'
import type { EarlierCycle } from '../../domain/retrospective/cycles-in-a-row.ts'
import { dayAtShare } from '../../domain/retrospective/forecast-record.ts'
import type { DroppedGoal, Retrospective } from '../../domain/retrospective/retrospective.ts'
import type { EpochMs } from '../../domain/time.ts'
import { keyResultsOf } from '../goals/live-key-results.ts'
import type { Stretch } from '../ports/cycle-closings.ts'
import type { Records } from '../ports/records.ts'
import { goalsAtEnd, keyResultPast, readPasts, type CycleStretch, type GoalAtEnd } from './key-result-past.ts'
import { inPortions } from './in-portions.ts'
import { deliveryAsOf, measureAsOf } from './measure-as-of.ts'
import { goalsAway, movedAway } from './moved-goals.ts'
import { objectivesOf } from './objectives-of-cycle.ts'

/** Two years of quarters: what is older says nothing of how high goals aim today. */
const EARLIER_CYCLES = 8

/** The share of the time in which work is still being planned: what is added then is no change of scope. */
const PLANNING = 0.1

/** The instant a cycle is told as of: its last one, or now while it runs. */
export function closingInstant(cycle: Cycle, now: EpochMs): { asOf: EpochMs; isEarly: boolean } {
  const end = endOf(boxOf(cycle)) - 1
  return now > end ? { asOf: end, isEarly: false } : { asOf: now, isEarly: true }
}

/** Told how many of how many key results were read. */
export type TellProgress = (done: number, all: number) => void

/**
 * Everything that is stored of a cycle as of an instant of it: goals that were live then, as they were then, and those
 * that were given up before.
 */
export async function gatherCyclePast(
  records: Records,
  cycle: Cycle,
  { asOf, isEarly }: { readonly asOf: EpochMs; readonly isEarly: boolean },
  tell: TellProgress = () => undefined,
): Promise<CyclePast> {
  const from = startOf(boxOf(cycle))
  const stretch = { from, until: asOf, planned: Math.min(dayAtShare(boxOf(cycle), PLANNING).at, asOf) }
  const objectives = await objectivesAtEnd(records, cycle, asOf)
  const stored = await keyResultsOf(records, { cycle: cycle.key })
  const changes = await records.closings.changesOfPlace(from)
  const away = await goalsAway(records, cycle, changes, stretch)
  const goals = await goalsAtEnd(records, cycle, { goals: stored, objectives, changes }, stretch)
  const live = goals.filter(({ goal }) => isLive(goal.keyResult))
  const byObjective = Map.groupBy(
    await readAll(records, cycle, live, stretch, tell),
    ({ objective }) => objective,
  )
  const earlier = await records.closings.earlierClosings(cycle.startDay, EARLIER_CYCLES)
  return {
    cycle,
    asOf,
    isEarly,
    planned: stretch.planned,
    objectives: objectives
      .filter((objective) => isLive(objective))
      .map((objective) => ({
        objective,
        keyResults: (byObjective.get(objective.key) ?? []).map(({ past }) => past),
      })),
    dropped: [
      ...droppedObjectives(objectives, stretch),
      ...(await droppedKeyResults(records, [...goals.filter(wasHere), ...away], stretch)),
    ],
    movedAway: await movedAway(records, cycle, { away, changes }),
    earlier: earlier.map(earlierOf),
  }
}

async function readAll(
  records: Records,
  cycle: Cycle,
  goals: readonly GoalAtEnd[],
  stretch: CycleStretch,
  tell: TellProgress,
): Promise<{ objective: ObjectiveKey; past: KeyResultPast }[]> {
  const known = await readPasts(records, cycle, goals, stretch)
  return inPortions(
    goals,
    async (goal) => ({
      objective: goal.goal.keyResult.objective,
      past: await keyResultPast(records, goal, known, stretch),
    }),
    (done) => {
      tell(done, goals.length)
    },
  )
}

/** Every objective of a cycle, graded by the ambition it had at an instant; the archived ones, too. */
async function objectivesAtEnd(records: Records, cycle: Cycle, asOf: EpochMs): Promise<Objective[]> {
  const now = await objectivesOf(records, cycle, { includeArchived: true })
  const then = await records.closings.objectivesAt(
    now.map(({ key }) => key),
    asOf,
  )
  return now.map((objective) => {
    const { ambition, archivedAt } = then.get(objective.key) ?? objective
    return { ...objective, ambition, archivedAt }
  })
}

/** Of a goal as it was then. */
function isLive({ archivedAt }: { readonly archivedAt: EpochMs | null }): boolean {
  return archivedAt === null
}

/** One that was given up before it came here, with its objective, was given up elsewhere. */
function wasHere({ goal, began }: GoalAtEnd): boolean {
  const { archivedAt } = goal.keyResult
  return archivedAt === null || archivedAt >= began
}

function droppedObjectives(objectives: readonly Objective[], { from, until }: Stretch): DroppedGoal[] {
  return objectives.flatMap(({ key, title, archivedAt }): DroppedGoal[] =>
    archivedAt === null || archivedAt < from || archivedAt > until
      ? []
      : [{ key, title, objective: null, archivedAt, rawProgress: null }],
  )
}

async function droppedKeyResults(
  records: Records,
  goals: readonly Pick<GoalAtEnd, 'goal'>[],
  { from, until }: Stretch,
): Promise<DroppedGoal[]> {
  const dropped: DroppedGoal[] = []
  for (const { goal } of goals) {
    const { key, title, objective, archivedAt } = goal.keyResult
    if (archivedAt === null || archivedAt < from || archivedAt > until) continue
    const delivery = await deliveryAsOf(records, goal, archivedAt)
    const { rawProgress } = await measureAsOf(records, goal, delivery, archivedAt)
    dropped.push({ key, title, objective, archivedAt, rawProgress })
  }
  return dropped
}

function earlierOf({ cycle, objectives }: Retrospective): EarlierCycle {
  return { cycle: cycle.key, endDay: cycle.endDay, objectives: objectives.map(gradedObjective) }
}

function boxOf({ startDay, endDay, calendar }: Cycle): TimeBox {
  return { startDay, dueDay: endDay, calendar }
}
