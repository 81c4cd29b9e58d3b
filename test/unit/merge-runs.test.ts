import { expect, it } from 'vitest'
import { mergeRuns } from '../../src/adapters/queue/merge-runs.ts'

/** Runs that end when the test says so. */
function heldRuns(restMs = 0) {
  const started: string[] = []
  const ends: (() => void)[] = []
  const merged = mergeRuns((key) => {
    started.push(key)
    return new Promise((done) => ends.push(done))
  }, restMs)
  return { ...merged, started, endNext: () => ends.shift()!() }
}

it('merges all that is asked for during a run into one that starts after it', async () => {
  const runs = heldRuns()
  const first = runs.run('a')
  const others = [runs.run('a'), runs.run('a'), runs.run('a')]
  expect(runs.started).toEqual(['a'])
  runs.endNext()
  await first
  await new Promise((done) => setImmediate(done))
  expect(runs.started).toEqual(['a', 'a'])
  runs.endNext()
  await Promise.all(others)
  expect(runs.started).toEqual(['a', 'a'])
})

it('keeps keys apart', () => {
  const runs = heldRuns()
  void runs.run('a')
  void runs.run('b')
  expect(runs.started).toEqual(['a', 'b'])
})

it('lets a key rest after a run, and then runs once for all that was asked for', async () => {
  const REST_MS = 30
  const at: number[] = []
  const { run } = mergeRuns(() => {
    at.push(performance.now())
    return Promise.resolve()
  }, REST_MS)
  await run('a')
  await Promise.all([run('a'), run('a'), run('a')])
  expect(at).toHaveLength(2)
  // A timer may fire a fraction of a millisecond early.
  expect(at[1]! - at[0]!).toBeGreaterThan(REST_MS - 2)
})

it('answers the one who asked when the run has ended, not when the rest is over', async () => {
  const HOUR_MS = 3_600_000
  const { run } = mergeRuns(() => Promise.resolve(), HOUR_MS)
  await expect(run('a')).resolves.toBeUndefined()
})

it('is settled when what waited has run', async () => {
  const runs = heldRuns()
  void runs.run('a')
  void runs.run('a')
  let isSettled = false
  const settled = runs.settled().then(() => (isSettled = true))
  runs.endNext()
  await new Promise((done) => setImmediate(done))
  expect(runs.started).toEqual(['a', 'a'])
  expect(isSettled).toBe(false)
  runs.endNext()
  await settled
})

it('goes on after a run that failed', async () => {
  let runs = 0
  const { run } = mergeRuns(() => {
    runs++
    return runs === 1 ? Promise.reject(new Error('the first one fails')) : Promise.resolve()
  }, 0)
  const first = run('a')
  const second = run('a')
  await expect(first).rejects.toThrow('the first one fails')
  await second
  expect(runs).toBe(2)
})
