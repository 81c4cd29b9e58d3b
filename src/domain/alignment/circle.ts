/**
 * The shortest way from a key back to itself, by what each key leads to: `[O-1, KR-3, O-2, O-1]`.
 *
 * @returns null when no way leads back; circles elsewhere do not matter
 */
export function circleThrough<Key extends string>(
  start: Key,
  leadsTo: ReadonlyMap<Key, readonly Key[]>,
): Key[] | null {
  const cameFrom = new Map<Key, Key>()
  let reached: readonly Key[] = [start]
  while (reached.length > 0) {
    const further: Key[] = []
    for (const key of reached) {
      for (const next of leadsTo.get(key) ?? []) {
        if (next === start) return [...wayTo(key, cameFrom), start]
        if (cameFrom.has(next)) continue
        cameFrom.set(next, key)
        further.push(next)
      }
    }
    reached = further
  }
  return null
}

function wayTo<Key>(key: Key, cameFrom: ReadonlyMap<Key, Key>): Key[] {
  const way: Key[] = []
  for (let at: Key | undefined = key; at !== undefined; at = cameFrom.get(at)) way.push(at)
  return way.reverse()
}
