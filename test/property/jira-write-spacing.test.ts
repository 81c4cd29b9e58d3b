import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createWriteSpacing } from '../../src/adapters/jira/write-spacing.ts'

const WINDOWS = [
  [2_000, 20],
  [30_000, 100],
] as const

/** Bursts, with pauses around the lengths of both windows. */
const pauseMs = fc.oneof(
  { weight: 60, arbitrary: fc.constant(0) },
  { weight: 10, arbitrary: fc.nat(400) },
  { weight: 3, arbitrary: fc.integer({ min: 1_900, max: 2_100 }) },
  { weight: 1, arbitrary: fc.integer({ min: 29_000, max: 31_000 }) },
)
const arrivals = fc.array(fc.record({ issueId: fc.constantFrom('1', '1', '1', '2'), pauseMs }), {
  minLength: 150,
  maxLength: 400,
})

it('keeps any stream of writes within both windows of each issue, and waits no longer than they ask', () => {
  fc.assert(
    fc.property(arrivals, (writes) => {
      const spacing = createWriteSpacing()
      const sent = new Map<string, number[]>()
      let nowMs = 0
      for (const { issueId, pauseMs } of writes) {
        nowMs += pauseMs
        const times = sent.get(issueId) ?? []
        const inWindow = (at: number, lengthMs: number) => times.filter((time) => time > at - lengthMs).length
        const isFree = (at: number) => WINDOWS.every(([lengthMs, most]) => inWindow(at, lengthMs) < most)
        const waitMs = spacing.waitMs(issueId, nowMs)
        expect(isFree(nowMs + waitMs)).toBe(true)
        if (waitMs > 0) expect(isFree(nowMs + waitMs - 1)).toBe(false)
        nowMs += waitMs
        spacing.record(issueId, nowMs)
        sent.set(issueId, [...times, nowMs])
      }
    }),
  )
})
