import type { CycleKey, KeyResultKey, ObjectiveKey } from '../ids.ts'
import type { EpochMs } from '../time.ts'
import type { Why } from './revision.ts'

/** An objective went from one cycle into another. */
export interface CycleChange extends Why {
  readonly objective: ObjectiveKey
  readonly at: EpochMs
  readonly before: CycleKey
  readonly after: CycleKey
}

/** A key result went from one objective to another. */
export interface ObjectiveChange extends Why {
  readonly keyResult: KeyResultKey
  readonly at: EpochMs
  readonly before: Place
  readonly after: Place
  /** With what was left of a closed cycle. */
  readonly isCarried: boolean
}

/** An objective, and the cycle that it is in now. */
export interface Place {
  readonly objective: ObjectiveKey
  readonly cycle: CycleKey
}

/** A goal went from one cycle into another, by itself or with its objective. */
export interface Passage extends Why {
  readonly at: EpochMs
  readonly from: CycleKey
  readonly into: CycleKey
  /** What a key result belonged to before. */
  readonly objective: ObjectiveKey
  /** It was carried over: the cycle it came from was closed, and graded it. */
  readonly isCarried: boolean
}

/** All of these are ascending. */
export interface Changes {
  readonly cycles: ReadonlyMap<ObjectiveKey, readonly CycleChange[]>
  readonly objectives: ReadonlyMap<KeyResultKey, readonly ObjectiveChange[]>
}

const NOBODY: Why = { by: null, reason: null }

/**
 * The passages of a key result from cycle to cycle, ascending.
 * @param now where it is
 */
export function passagesOf(keyResult: KeyResultKey, now: Place, { cycles, objectives }: Changes): Passage[] {
  const own = objectives.get(keyResult) ?? []
  const placeAt = (at: EpochMs) => own.find((change) => change.at > at)?.before ?? now
  const cycleAt = ({ objective, cycle }: Place, at: EpochMs) =>
    cycles.get(objective)?.find((change) => change.at > at)?.before ?? cycle
  const places = [now, ...own.map(({ before }) => before)]
  const withObjective = places.flatMap(({ objective }) => cycles.get(objective) ?? [])
  const instants = new Set([...own, ...withObjective].map(({ at }) => at))
  return [...instants]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const [before, after] = [placeAt(at - 1), placeAt(at)]
      const [from, into] = [cycleAt(before, at - 1), cycleAt(after, at)]
      if (from === into) return []
      const ownNow = own.filter((change) => change.at === at)
      const { by, reason } =
        ownNow.at(-1) ??
        withObjective.findLast((change) => change.at === at && change.objective === after.objective) ??
        NOBODY
      const isCarried = ownNow.length > 0 && ownNow.every((change) => change.isCarried)
      return [{ at, from, into, objective: before.objective, isCarried, by, reason }]
    })
}

/** How a goal came into a cycle while it ran; null: it was in it from the beginning. */
export function arrivalOf(passages: readonly Passage[], cycle: CycleKey): Passage | null {
  return passages[0]?.from === cycle ? null : (passages.find(({ into }) => into === cycle) ?? null)
}

/** How it was carried into a cycle, the last time; null: it was not. */
export function carriageInto(passages: readonly Passage[], cycle: CycleKey): Passage | null {
  return passages.findLast(({ into, isCarried }) => isCarried && into === cycle) ?? null
}

/** How a goal that is in another cycle now left one; null: it was never in it, or was carried over from it. */
export function departureOf(passages: readonly Passage[], cycle: CycleKey): Passage | null {
  const last = passages.findLast(({ from }) => from === cycle)
  return last === undefined || last.isCarried ? null : last
}
