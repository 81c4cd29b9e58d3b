import type { GoalKey } from '../goals.ts'
import { numberOf, parseObjectiveKey, type KeyResultKey, type ObjectiveKey } from '../ids.ts'

/** The objective a parent is, or belongs to. */
export function objectiveAbove(
  parent: GoalKey | null,
  objectiveOf: ReadonlyMap<KeyResultKey, ObjectiveKey>,
): ObjectiveKey | null {
  if (parent === null) return null
  return parseObjectiveKey(parent) ?? objectiveOf.get(parent as KeyResultKey) ?? null
}

/** The objectives on circles, by what is above each. Everything has one objective above it at most. */
export function circularOf(above: ReadonlyMap<ObjectiveKey, ObjectiveKey | null>): ReadonlySet<ObjectiveKey> {
  const seenFrom = new Map<ObjectiveKey, ObjectiveKey>()
  const circular = new Set<ObjectiveKey>()
  for (const start of above.keys()) {
    let at: ObjectiveKey | null = start
    while (at !== null && !seenFrom.has(at)) {
      seenFrom.set(at, start)
      at = above.get(at) ?? null
    }
    if (at === null || seenFrom.get(at) !== start) continue
    for (let on = at; !circular.has(on); on = above.get(on)!) circular.add(on)
  }
  return circular
}

/** What is below an objective comes before it, else by number; a circle is cut: what is on it is above all else. */
export function deepestFirst<Goal extends { readonly key: ObjectiveKey }>(
  objectives: readonly Goal[],
  above: ReadonlyMap<ObjectiveKey, ObjectiveKey | null>,
  circular: ReadonlySet<ObjectiveKey>,
): Goal[] {
  const depths = new Map<ObjectiveKey, number>()
  const depthOf = (start: ObjectiveKey): number => {
    const way: ObjectiveKey[] = []
    let at: ObjectiveKey | null = start
    while (at !== null && !depths.has(at) && !circular.has(at)) {
      way.push(at)
      at = above.get(at) ?? null
    }
    let depth = at === null ? 0 : (depths.get(at) ?? 0) + 1
    for (const key of way.reverse()) depths.set(key, depth++)
    return depths.get(start) ?? 0
  }
  return objectives.toSorted((a, b) => depthOf(b.key) - depthOf(a.key) || byNumber(a, b))
}

/** In the order people count them. */
export function byNumber(
  a: { key: ObjectiveKey | KeyResultKey },
  b: { key: ObjectiveKey | KeyResultKey },
): number {
  return numberOf(a.key) - numberOf(b.key)
}
