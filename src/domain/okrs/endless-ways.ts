/**
 * The keys from which some way never ends: those on circles, and those that lead to one. Takes off what leads nowhere
 * until nothing more comes off, so the work is that of looking at each step once.
 */
export function endlessWays<Key extends string>(leadsTo: ReadonlyMap<Key, readonly Key[]>): ReadonlySet<Key> {
  const left = new Map<Key, number>()
  const cameFrom = new Map<Key, Key[]>()
  for (const [key, nexts] of leadsTo) {
    const known = nexts.filter((next) => leadsTo.has(next))
    left.set(key, known.length)
    for (const next of known) {
      const before = cameFrom.get(next)
      if (before === undefined) cameFrom.set(next, [key])
      else before.push(key)
    }
  }
  const ended = [...left].filter(([, count]) => count === 0).map(([key]) => key)
  for (let key = ended.pop(); key !== undefined; key = ended.pop()) {
    left.delete(key)
    for (const before of cameFrom.get(key) ?? []) {
      const count = (left.get(before) ?? 0) - 1
      left.set(before, count)
      if (count === 0) ended.push(before)
    }
  }
  return new Set(left.keys())
}
