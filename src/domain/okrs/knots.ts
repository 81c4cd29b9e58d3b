/** Keys of which each leads, over any number of steps, to every other and back to itself. */
export type Knot<Key extends string> = ReadonlySet<Key>

interface Visit<Key> {
  readonly key: Key
  readonly nexts: readonly Key[]
  nextIndex: number
}

/**
 * The knot of each key that stands in one; a key that no way leads back to has none. Looks at each step once, whatever
 * hangs together how, and without recursion: how long a chain is, is the file's choice. (Tarjan, “Depth-first search and
 * linear graph algorithms”, 1972.)
 */
export function knotsOf<Key extends string>(
  leadsTo: ReadonlyMap<Key, readonly Key[]>,
): ReadonlyMap<Key, Knot<Key>> {
  const knots = new Map<Key, Knot<Key>>()
  const orderOf = new Map<Key, number>()
  /** The earliest key still open that a key leads back to. */
  const earliest = new Map<Key, number>()
  const open: Key[] = []
  const isOpen = new Set<Key>()

  const enter = (key: Key): Visit<Key> => {
    earliest.set(key, orderOf.size)
    orderOf.set(key, orderOf.size)
    open.push(key)
    isOpen.add(key)
    return { key, nexts: leadsTo.get(key) ?? [], nextIndex: 0 }
  }
  const reach = (key: Key, order: number) => {
    earliest.set(key, Math.min(earliest.get(key) ?? order, order))
  }
  const leave = ({ key, nexts }: Visit<Key>) => {
    if (earliest.get(key) !== orderOf.get(key)) return
    const members = open.splice(open.lastIndexOf(key))
    for (const member of members) isOpen.delete(member)
    if (members.length === 1 && !nexts.includes(key)) return
    const knot = new Set(members)
    for (const member of members) knots.set(member, knot)
  }

  for (const start of leadsTo.keys()) {
    if (orderOf.has(start)) continue
    const way = [enter(start)]
    for (let visit = way.at(-1); visit !== undefined; visit = way.at(-1)) {
      const next = visit.nexts[visit.nextIndex++]
      if (next === undefined) {
        way.pop()
        leave(visit)
        const from = way.at(-1)
        if (from !== undefined) reach(from.key, earliest.get(visit.key) ?? 0)
      } else if (!orderOf.has(next)) way.push(enter(next))
      else if (isOpen.has(next)) reach(visit.key, orderOf.get(next) ?? 0)
    }
  }
  return knots
}
