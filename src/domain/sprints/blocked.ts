import { deliveryState } from '../contributions/delivered.ts'
import type { IssueId } from '../ids.ts'
import { statesThrough } from '../mirror/as-of.ts'
import { blockingSpells, type BlockingPast, type BlockingSpells } from '../mirror/blocking.ts'
import type { ChangedField, IssueHistory } from '../mirror/issue.ts'
import { common, joined, spellAt, spellsOf, type Spell } from '../spells.ts'
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

const MARKING: ReadonlySet<ChangedField> = new Set(['flag', 'labels'])
const OPENING: ReadonlySet<ChangedField> = new Set(['status', 'resolution'])

/**
 * What blocks an issue at an instant: Jira's flag, a label that says so, or a link to an issue that is open. One that
 * is delivered, closed as Won't Do, deleted or not created yet blocks nothing. null when nothing does. Costs what the
 * changes of the issue and of those that ever blocked it cost.
 *
 * @param at not before the issue was created
 */
export function blockAt(
  history: IssueHistory,
  past: BlockingPast,
  rules: SprintReportRules,
  at: EpochMs,
): Block | null {
  const blockers = blockingSpells(history, past).map((each) => ({
    ...each,
    blocks: common(each.linked, openSpells(each, past, rules)),
  }))
  const marks = markedSpells(history, rules)
  const spell = spellAt(joined([...marks, ...blockers.flatMap(({ blocks }) => blocks)]), at)
  if (spell === null) return null
  return {
    since: Math.max(spell.since, history.createdAt),
    blockers: blockers
      .filter(({ blocks }) => spellAt(blocks, at) !== null)
      .map(({ issueId, key }) => {
        const known = issueId === null ? undefined : past.blockers.get(issueId)?.current
        return { issueId, key: known?.key ?? key ?? issueId ?? '', summary: known?.summary ?? null }
      })
      .sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true })),
  }
}

/** By its own past; of an issue that is not mirrored, by the status that the link last showed. */
function openSpells(
  { issueId, shown }: BlockingSpells,
  { blockers, deletedAt }: BlockingPast,
  { categories, notDelivered }: SprintReportRules,
): Spell[] {
  const history = issueId === null ? undefined : blockers.get(issueId)
  if (history === undefined) {
    const isDone = (categories.get(shown?.statusId ?? '') ?? shown?.statusCategory) === 'done'
    const until = issueId === null ? undefined : deletedAt.get(issueId)
    return isDone ? [] : [{ since: -Infinity, until: until ?? Infinity }]
  }
  const open = statesThrough(history, OPENING, categories).map(({ since, state }) => ({
    since,
    isSo: isOpen({ state: deliveryState(state, notDelivered) }),
  }))
  return common(spellsOf(open), [{ since: history.createdAt, until: history.deletedAt ?? Infinity }])
}

function markedSpells(history: IssueHistory, { categories }: SprintReportRules): Spell[] {
  return spellsOf(
    statesThrough(history, MARKING, categories).map(({ since, state: { isFlagged, labels } }) => ({
      since,
      isSo: isFlagged || labels.some((label) => BLOCKED_LABELS.has(label.toLowerCase())),
    })),
  )
}
