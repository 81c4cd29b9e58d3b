/** Far deeper than any document here is. */
export const DEEPEST = 60

export const TOO_DEEP = `is nested deeper than ${DEEPEST} levels`

/** Whether lists and objects stand in each other deeper than is read. Walks without recursion: depth is the sender's choice. */
export function isTooDeep(value: unknown): boolean {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: held, depth } = next
    if (depth > DEEPEST) return true
    if (typeof held !== 'object' || held === null) continue
    for (const item of Object.values(held)) open.push({ value: item, depth: depth + 1 })
  }
  return false
}
