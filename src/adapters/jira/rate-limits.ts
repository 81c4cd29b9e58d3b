import { nameOf, type JiraRequest } from './request.ts'
import { createWriteSpacing } from './write-spacing.ts'

/**
 * Jira's limits as gates that requests pass. A 429 closes the gate of what it limits, and nothing else:
 * - `jira-quota-…`: everything this account asks of the site
 * - `jira-burst-based`: one endpoint and method, shared by all clients of the site
 * - `jira-per-issue-on-write`: writes to one issue
 * - any other reason, or none (the gateway answers so too): everything, for want of better knowledge
 */
export interface RateLimits {
  /** How long the request must wait. 0 lets it go, and counts it. */
  admit(request: JiraRequest, nowMs: number): number
  /** Closes the gate that `reason` (the header `RateLimit-Reason`) means. Gives the gate's name, for the log. */
  slowDown(request: JiraRequest, reason: string | null, nowMs: number, delayMs: number): string
}

export function createRateLimits(): RateLimits {
  const openAtMs = new Map<string, number>()
  const spacing = createWriteSpacing()

  function gateWaitMs(gate: string, nowMs: number): number {
    return (openAtMs.get(gate) ?? nowMs) - nowMs
  }

  return {
    admit(request, nowMs) {
      const issueId = writtenIssue(request)
      const waitMs = Math.max(
        gateWaitMs(SITE, nowMs),
        gateWaitMs(nameOf(request), nowMs),
        issueId === null ? 0 : gateWaitMs(issueGate(issueId), nowMs),
        issueId === null ? 0 : spacing.waitMs(issueId, nowMs),
      )
      if (waitMs > 0) return waitMs
      if (issueId !== null) spacing.record(issueId, nowMs)
      return 0
    },

    slowDown(request, reason, nowMs, delayMs) {
      for (const [gate, openMs] of openAtMs) if (openMs <= nowMs) openAtMs.delete(gate)
      const gate = gateOf(request, reason)
      openAtMs.set(gate, nowMs + Math.max(delayMs, gateWaitMs(gate, nowMs)))
      return gate
    },
  }
}

const SITE = 'the whole site'

function gateOf(request: JiraRequest, reason: string | null): string {
  const issueId = writtenIssue(request)
  if (reason === 'jira-per-issue-on-write' && issueId !== null) return issueGate(issueId)
  return reason === 'jira-burst-based' || reason === 'jira-per-issue-on-write' ? nameOf(request) : SITE
}

function writtenIssue(request: JiraRequest): string | null {
  return request.access === 'write' ? (request.issueId ?? null) : null
}

function issueGate(issueId: string): string {
  return `writes to issue ${issueId}`
}
