import type { IssueId } from '../../domain/ids.ts'

/** Jira Cloud refuses more writes to one issue than these, whoever sends them. */
const WINDOWS = [
  { lengthMs: 2_000, writes: 20 },
  { lengthMs: 30_000, writes: 100 },
] as const

const LONGEST_WINDOW_MS = 30_000

/** Keeps the writes to each issue under Jira's limits before Jira has to say so. */
export interface WriteSpacing {
  /** How long a write to the issue must wait; 0 when it may go now. */
  waitMs(issueId: IssueId, nowMs: number): number
  /** Counts a write that goes now. */
  record(issueId: IssueId, nowMs: number): void
}

export function createWriteSpacing(): WriteSpacing {
  /** Times of recent writes, ascending. Issues are in the order of their last write. */
  const writes = new Map<IssueId, number[]>()

  function forgetQuietIssues(nowMs: number): void {
    for (const [issueId, times] of writes) {
      if (times.at(-1)! > nowMs - LONGEST_WINDOW_MS) return
      writes.delete(issueId)
    }
  }

  return {
    waitMs(issueId, nowMs) {
      const times = writes.get(issueId) ?? []
      const waits = WINDOWS.map((window) => {
        // The window is free again once the write that fills it has left it.
        const filling = times.at(-window.writes)
        return filling === undefined ? 0 : filling + window.lengthMs - nowMs
      })
      return Math.max(0, ...waits)
    },

    record(issueId, nowMs) {
      forgetQuietIssues(nowMs)
      const times = (writes.get(issueId) ?? []).filter((at) => at > nowMs - LONGEST_WINDOW_MS)
      writes.delete(issueId)
      writes.set(issueId, [...times, nowMs])
    },
  }
}
