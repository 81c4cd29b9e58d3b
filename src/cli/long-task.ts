import { createProgressLine } from './progress-line.ts'

/** Before that nobody wonders. */
const PATIENCE_MS = 2_000

/** Told how many of how many key results are done. */
export type TellDone = (done: number, all: number) => void

interface LongTaskOptions {
  readonly output?: NodeJS.WriteStream
  readonly patienceMs?: number
}

/**
 * Runs a task. One that takes longer than two seconds says that it is under way, and how far it has come as far as it
 * tells, beside the output that is for people or programs.
 */
export async function longTask<T>(
  text: string,
  work: (tell: TellDone) => Promise<T>,
  { output = process.stderr, patienceMs = PATIENCE_MS }: LongTaskOptions = {},
): Promise<T> {
  const progress = createProgressLine(output)
  const startedAt = performance.now()
  let done = ''
  const timer = setInterval(() => {
    progress.show(`${text} … ${done}${((performance.now() - startedAt) / 1_000).toFixed(0)} s`)
  }, patienceMs)
  try {
    return await work((count, all) => {
      done = count < all ? `${count} of ${all} key results, ` : ''
    })
  } finally {
    clearInterval(timer)
    progress.end()
  }
}
