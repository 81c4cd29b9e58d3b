/** Key results that are read side by side: what they ask for is asked for all of them at once. */
const TOGETHER = 100

/**
 * Reads something of each of many goals, of a portion of them at a time.
 * @param tell told after each portion how many were read
 */
export async function inPortions<Goal, Read>(
  goals: readonly Goal[],
  read: (goal: Goal) => Promise<Read>,
  tell: (done: number) => void = () => undefined,
): Promise<Read[]> {
  const found: Read[] = []
  for (let start = 0; start < goals.length; start += TOGETHER) {
    found.push(...(await Promise.all(goals.slice(start, start + TOGETHER).map(read))))
    tell(found.length)
  }
  return found
}
