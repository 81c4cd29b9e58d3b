import type { FastifyReply } from 'fastify'
import { answerRateLimited } from './faults.ts'

/** Jira's limits on writes to one issue: 20 within 2 s and 100 within 30 s. */
const WINDOWS = [
  { limit: 20, windowMs: 2_000 },
  { limit: 100, windowMs: 30_000 },
] as const

export interface WriteLimits {
  /** Counts a write to an issue. Past a limit it answers 429 and gives false: the write must not happen. */
  admit(issueId: string, reply: FastifyReply): boolean
  /** Writes that were refused so far. */
  violations(): number
}

/** @param elapsedMs a clock of real time that only goes forward: Jira's limits know no simulated time */
export function createWriteLimits(elapsedMs: () => number): WriteLimits {
  const writes = new Map<string, number[]>()
  let violations = 0

  return {
    violations: () => violations,
    admit(issueId, reply) {
      const now = elapsedMs()
      const recent = (writes.get(issueId) ?? []).filter((at) => at > now - WINDOWS[1].windowMs)
      writes.set(issueId, recent)
      for (const { limit, windowMs } of WINDOWS) {
        const inWindow = recent.filter((at) => at > now - windowMs)
        if (inWindow.length < limit) continue
        violations++
        const freeInMs = inWindow[inWindow.length - limit]! + windowMs - now
        answerRateLimited(reply, {
          reason: 'jira-per-issue-on-write',
          retryAfterSeconds: Math.max(1, Math.ceil(freeInMs / 1_000)),
        })
        return false
      }
      recent.push(now)
      return true
    },
  }
}
