import type { CheckIn } from '../goals.ts'
import type { KeyResultKey } from '../ids.ts'
import type { OrderedCheckIn } from './check-in-order.ts'

type Said = Pick<CheckIn, 'at' | 'value' | 'confidence' | 'note'>

/**
 * Which check-ins without a date say nothing new. They are of now, one after another: those that the latest check-ins
 * end with already are known. So a value that goes back to an earlier one is new, and the same file again is not.
 * @param stored for each key result at least as many of the latest, with and without values, as the file has of it
 */
export function knownUndated(
  checkIns: readonly OrderedCheckIn[],
  stored: ReadonlyMap<KeyResultKey, readonly CheckIn[]>,
): ReadonlySet<OrderedCheckIn> {
  const known = new Set<OrderedCheckIn>()
  for (const [key, own] of Map.groupBy(checkIns, ({ draft }) => draft.keyResult)) {
    const { undated, repeated } = undatedOf(own)
    if (repeated !== null) known.add(repeated)
    const dated = own.flatMap(({ draft, at }): Said[] => (at === null ? [] : [{ ...draft, at }]))
    // A note does not stand between a value and the same value again.
    const isOfValues = undated.every(({ draft }) => draft.value !== null)
    const before = [...(stored.get(key) ?? []), ...dated]
      .filter(({ value }) => value !== null || !isOfValues)
      .sort((a, b) => a.at - b.at)
    for (const each of undated.slice(0, overlapOf(before, undated))) known.add(each)
  }
  return known
}

/** A key result's own line comes after those that only report; where it repeats the last of them it is not another one. */
function undatedOf(own: readonly OrderedCheckIn[]) {
  const all = own.filter(({ at }) => at === null)
  const state = all.find(({ draft }) => !draft.isLog)
  const last = all.findLast(({ draft }) => draft.isLog)
  const isRepeated = state !== undefined && last !== undefined && isSaidBy({ ...last.draft, at: 0 }, state)
  return {
    undated: isRepeated ? all.filter((each) => each !== state) : all,
    repeated: isRepeated ? state : null,
  }
}

/** How many of a list's first are the last of what was before. */
function overlapOf(before: readonly Said[], undated: readonly OrderedCheckIn[]): number {
  for (let count = Math.min(before.length, undated.length); count > 0; count--) {
    const tail = before.slice(-count)
    if (tail.every((said, index) => isSaidBy(said, undated[index]!))) return count
  }
  return 0
}

/** Whether what was said says all that a line says, and perhaps more. */
function isSaidBy(said: Said, { draft }: OrderedCheckIn): boolean {
  return (
    said.value === draft.value &&
    (draft.confidence === null || said.confidence === draft.confidence) &&
    (draft.note === '' || said.note === draft.note)
  )
}
