const POLL_MS = 50

type Answer<T> = Exclude<T, false | null | undefined>

/**
 * Asks until there is an answer other than false, null or undefined; an error counts as none yet.
 * @throws Error that says what was waited for, with the last error as cause
 */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
  withinMs = 20_000,
): Promise<Answer<T>> {
  const deadline = performance.now() + withinMs
  let cause: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== false && answer !== null && answer !== undefined) return answer as Answer<T>
    } catch (error) {
      cause = error
    }
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for: ${what}`, { cause })
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
}
