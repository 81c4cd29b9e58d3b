import type { Service } from '../compose.ts'

const POLL_MS = 15
const TIMEOUT_MS = 20_000

/** Resolves when the workers have done everything that was waiting; throws when they do not. */
export async function untilSettled({ database }: Service): Promise<void> {
  const { inbox, progress, comments } = database.records
  const deadline = performance.now() + TIMEOUT_MS
  while (performance.now() < deadline) {
    const waiting =
      (await inbox.countWaiting()) > 0 ||
      (await progress.oldestDirtyAgeMs()) !== null ||
      (await comments.oldestDueAgeMs()) !== null
    if (!waiting) return
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
  throw new Error(`the work that waited was not done within ${TIMEOUT_MS / 1000} s`)
}
