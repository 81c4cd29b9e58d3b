import { deliveryState } from '../contributions/delivered.ts'
import type { IssueId } from '../ids.ts'
import { issueAsOf } from '../mirror/as-of.ts'
import { blockingSpells, type BlockingPast, type BlockingSpells } from '../mirror/blocking.ts'
import type { IssueHistory } from '../mirror/issue.ts'
import type { EpochMs } from '../time.ts'
import type { SprintReportRules } from './sprint-report.ts'
import { isOpen } from './sprint-work.ts'

/** An open issue that another waits for. */
export interface OpenBlocker {
  readonly issueId: IssueId | null
  readonly key: string
  /** null for an issue that is not mirrored. */
  readonly summary: string | null
}

/** That an issue is blocked, and by what. */
export interface Block {
  /** Since when it is blocked without a break, by the one or the other. */
  readonly since: EpochMs
  /** Empty for one that only its flag or a label says to be blocked. */
  readonly blockers: readonly OpenBlocker[]
}

/** Beside Jira's flag and links, labels in any case say that an issue is blocked. Statuses are known by category alone. */
const BLOCKED_LABELS: ReadonlySet<string> = new Set(['blocked', 'impediment'])

/**
 * What blocks an issue at an instant: Jira's flag, a label that says so, or a link to an issue that is open. One that
 * is delivered, closed as Won't Do, deleted or not created yet blocks nothing. null when nothing does.
 */
export function blockAt(
  history: IssueHistory,
  past: BlockingPast,
  rules: SprintReportRules,
  at: EpochMs,
): Block | null {
  const spells = blockingSpells(history, past)
  const blockers = openBlockersAt(spells, past, rules, at)
  const isBlockedAt = (instant: EpochMs) =>
    isMarkedAt(history, instant) || openBlockersAt(spells, past, rules, instant).length > 0
  if (blockers.length === 0 && !isMarkedAt(history, at)) return null
  const turns = [
    ...history.changes
      .filter(({ field }) => field === 'labels' || field === 'flag')
      .map((change) => change.at),
    ...spells.flatMap(({ issueId, heardAt }) => [...heardAt, ...turnsOf(issueId, past)]),
  ]
  const came = turns
    .filter((instant) => instant <= at)
    .sort((a, b) => b - a)
    .find((instant) => !isBlockedAt(instant - 1))
  return { since: came ?? history.createdAt, blockers }
}

/** When a blocker may have become open, or ceased to be. */
function turnsOf(issueId: IssueId | null, { blockers }: BlockingPast): EpochMs[] {
  const history = issueId === null ? undefined : blockers.get(issueId)
  if (history === undefined) return []
  const { createdAt, deletedAt, changes } = history
  const opening = changes.filter(({ field }) => field === 'status' || field === 'resolution')
  return [createdAt, ...(deletedAt === null ? [] : [deletedAt]), ...opening.map((change) => change.at)]
}

function openBlockersAt(
  spells: readonly BlockingSpells[],
  past: BlockingPast,
  rules: SprintReportRules,
  at: EpochMs,
): OpenBlocker[] {
  return spells
    .filter((each) => each.isLinkedAt(at) && isOpenAt(each, past, rules, at))
    .map(({ issueId, key }) => {
      const known = issueId === null ? undefined : past.blockers.get(issueId)?.current
      return { issueId, key: known?.key ?? key ?? issueId ?? '', summary: known?.summary ?? null }
    })
    .sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))
}

/** By its own past; of an issue that is not mirrored, by the status that the link last showed. */
function isOpenAt(
  { issueId, shown }: BlockingSpells,
  { blockers }: BlockingPast,
  { categories, notDelivered }: SprintReportRules,
  at: EpochMs,
): boolean {
  const history = issueId === null ? undefined : blockers.get(issueId)
  if (history === undefined) {
    return (categories.get(shown?.statusId ?? '') ?? shown?.statusCategory) !== 'done'
  }
  const state = issueAsOf(history, at, categories)
  return state !== null && isOpen({ state: deliveryState(state, notDelivered) })
}

function isMarkedAt({ current, changes }: IssueHistory, at: EpochMs): boolean {
  const flagging = changes.find((change) => change.field === 'flag' && change.at > at)
  if (flagging?.field === 'flag' ? flagging.from : current.isFlagged) return true
  const labelling = changes.find((change) => change.field === 'labels' && change.at > at)
  const labels = labelling?.field === 'labels' ? labelling.from : current.labels
  return labels.some((label) => BLOCKED_LABELS.has(label.toLowerCase()))
}
