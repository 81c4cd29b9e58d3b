import { isWorkingDay, type WorkingCalendar } from '../calendar/working-time.ts'
import type { KeyResultKey } from '../ids.ts'
import type { LinkRole } from '../links/manual-link.ts'
import { workTarget } from '../measures/work-target.ts'
import type { IssueHistory } from '../mirror/issue.ts'
import { dayOf, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import { blockAt, type OpenBlocker } from './blocked.ts'
import type { KeyResultStanding } from './key-result-standing.ts'
import {
  byKeyResult,
  isOpen,
  sprintWork,
  type Service,
  type SprintPast,
  type WorkItem,
} from './sprint-work.ts'

/** What one issue does to one key result. */
export interface Move {
  readonly keyResult: KeyResultKey
  readonly role: LinkRole
  /** In the size of the measure, by the share of the link; unestimated ones at the key result's median. */
  readonly size: number
  /** By how much it moved the key result's progress since then; null where linked work does not measure it. */
  readonly progressMoved: number | null
  /** How much of the key result's progress it stands for, delivered or not. */
  readonly progressWorth: number | null
}

export interface StandupIssue extends Omit<WorkItem, 'serves'> {
  /** When it came to this. */
  readonly at: EpochMs
  readonly moves: readonly Move[]
}

export interface BlockedIssue extends StandupIssue {
  /** The open issues it waits for; empty for one that only its flag or a label says to be blocked. */
  readonly blockers: readonly OpenBlocker[]
}

/** What happened in a sprint since an instant: by issue, never by person. */
export interface Standup {
  readonly since: EpochMs
  readonly delivered: readonly StandupIssue[]
  /** Was delivered then, and is not any more. */
  readonly reopened: readonly StandupIssue[]
  readonly started: readonly StandupIssue[]
  /** Open and blocked, since whenever. */
  readonly blocked: readonly BlockedIssue[]
}

/** Working days where no cycle says otherwise. */
export const PLAIN_CALENDAR: WorkingCalendar = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] }

/** A calendar without a single working day must not hang the search. */
const MOST_DAYS_BACK = 60

/** The start of the last working day before today: what a standup looks back to. On a Monday that is Friday. */
export function lastWorkingDayStart(now: EpochMs, calendar: WorkingCalendar): EpochMs {
  const today = dayOf(now, calendar.timeZone)
  let day: CalendarDay = today
  for (let back = 0; back < MOST_DAYS_BACK; back++) {
    day = dayBefore(day)
    if (isWorkingDay(day, calendar)) return startOfDay(day, calendar.timeZone)
  }
  return startOfDay(dayBefore(today), calendar.timeZone)
}

function dayBefore(day: CalendarDay): CalendarDay {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
}

/**
 * @param since an instant of the sprint's run; issues are compared between then and now
 * @param standings the key results that its issues count for
 */
export function standup(
  past: SprintPast,
  standings: ReadonlyMap<KeyResultKey, KeyResultStanding>,
  since: EpochMs,
  now: EpochMs,
): Standup {
  const work = sprintWork(past)
  const delivered: StandupIssue[] = []
  const reopened: StandupIssue[] = []
  const started: StandupIssue[] = []
  const blocked: BlockedIssue[] = []
  const isIn = new Map(work.inSprintAt(now).map((item) => [item.issueId, item]))
  for (const history of work.histories) {
    const { issueId } = history
    const item = isIn.get(issueId)
    if (item === undefined) continue
    const before = work.itemAt(history, since)
    const moves = movesOf(before, item, standings)
    const { key, summary, points, state } = item
    const entry = (at: EpochMs): StandupIssue => ({ issueId, key, summary, points, state, at, moves })
    const changedAt = () => lastTurnInto(work, history, item.state, since, now)
    if (item.state === 'delivered' && before?.state !== 'delivered') delivered.push(entry(changedAt()))
    if (isOpen(item) && before?.state === 'delivered') reopened.push(entry(changedAt()))
    else if (item.state === 'in_progress' && before?.state !== 'in_progress') started.push(entry(changedAt()))
    const block = isOpen(item) ? blockAt(history, past.blocking, past.rules, now) : null
    if (block !== null) blocked.push({ ...entry(block.since), blockers: block.blockers })
  }
  return { since, delivered, reopened, started, blocked }
}

function movesOf(
  before: WorkItem | null,
  item: WorkItem,
  standings: ReadonlyMap<KeyResultKey, KeyResultStanding>,
): Move[] {
  return [...item.serves].sort(byKeyResult).map((service) => {
    const standing = standings.get(service.keyResult)
    const countedAs = standing?.numbers?.delivery.unestimated.countedAs ?? 1
    const size = sizeOf(service, countedAs)
    const target = targetOf(standing)
    const then = before?.serves.find(({ keyResult }) => keyResult === service.keyResult)
    const was = before?.state === 'delivered' && then?.role === 'drives' ? sizeOf(then, countedAs) : 0
    const drives = service.role === 'drives'
    const is = item.state === 'delivered' && drives ? size : 0
    return {
      keyResult: service.keyResult,
      role: service.role,
      size,
      progressMoved: target === null ? null : (is - was) / target,
      progressWorth: target === null ? null : drives ? size / target : 0,
    }
  })
}

function sizeOf({ size, sharePercent }: Service, countedAs: number): number {
  return ((size ?? countedAs) * sharePercent) / 100
}

function targetOf(standing: KeyResultStanding | undefined): number | null {
  if (standing === undefined || standing.numbers === null) return null
  return workTarget(standing.measure, standing.numbers.delivery)
}

/** The last change after `since` from which on the issue was in the state it is in now. */
function lastTurnInto(
  work: ReturnType<typeof sprintWork>,
  history: IssueHistory,
  state: WorkItem['state'],
  since: EpochMs,
  now: EpochMs,
): EpochMs {
  const instants = [history.createdAt, ...history.changes.map(({ at }) => at)].filter(
    (at) => at > since && at <= now,
  )
  const lastOther = instants.findLastIndex((at) => work.itemAt(history, at)?.state !== state)
  return instants[lastOther + 1] ?? now
}
