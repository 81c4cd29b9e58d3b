import type { FeedEntry } from '../../app/ports/feed.ts'
import type { Records } from '../../app/ports/records.ts'
import { warningWords } from '../narrator.ts'
import { CHAPTERS } from './chapters.ts'
import { dayText, weekText } from './calendar.ts'
import { overriddenWords } from './overridden-words.ts'
import { wrapped } from './wrapped.ts'
import { createWeekLedger, type MovedKeyResult } from './week-ledger.ts'

/** Tells a quarter a week at a time: what it was about, then what the feed says of it, a line for each kind of thing. */
export interface WeekNarrator {
  /** Reads on from where it was. */
  tell(week: number): Promise<void>
}

const PAGE = 500

export function createWeekNarrator(
  records: Pick<Records, 'feed' | 'progress'>,
  print: (line: string) => void,
): WeekNarrator {
  const ledger = createWeekLedger()
  let cursor = 0
  return {
    async tell(week) {
      const entries: FeedEntry[] = []
      for (;;) {
        const page = await records.feed.after(cursor, PAGE)
        entries.push(...page)
        cursor = page.at(-1)?.cursor ?? cursor
        if (page.length < PAGE) break
      }
      const moved = ledger.read(entries)
      const lines: readonly (readonly [string, readonly string[]])[] = [
        ['sprints', entries.flatMap(sprintWords)],
        ['work', moved.flatMap(workWords)],
        ['progress', moved.flatMap(progressWords)],
        ['goals', moved.flatMap(goalWords)],
        ['by hand', await overriddenWords(records, entries)],
        ['steps', entries.flatMap(stepWords)],
        ['KPI', entries.flatMap(kpiWords)],
        ['warnings', lasting(entries).flatMap(warningTold)],
        ['check-ins', checkInWords(entries)],
        ['Jira', commentWords(entries)],
      ]
      print(`\nWeek ${week} · ${weekText(week)}`)
      for (const line of wrapped('  ', (CHAPTERS.get(week) ?? '').split(' '), ' ')) print(line)
      for (const [name, words] of lines) {
        if (words.length > 0) for (const line of wrapped(`  ${name.padEnd(9)}  `, words, ' · ')) print(line)
      }
    },
  }
}

function sprintWords({ kind, data }: FeedEntry): string[] {
  if (kind === 'sprint.started') return [`▶ ${String(data['name'])}`]
  return kind === 'sprint.closed' ? [`■ ${String(data['name'])}`] : []
}

const WORK_KINDS = ['delivered', 'added', 'removed', 'reopened', 're_estimated'] as const

function workWords({ key, changes }: MovedKeyResult): string[] {
  const words = WORK_KINDS.flatMap((kind) => {
    const count = changes.get(kind) ?? 0
    return count === 0 ? [] : [`${count} ${kind.replace('_', '-')}`]
  })
  return words.length === 0 ? [] : [`${key} ${words.join(', ')}`]
}

function progressWords({ key, before, after, health, healthBefore }: MovedKeyResult): string[] {
  const [from, to] = [percent(before), percent(after)]
  if (from === to && health === healthBefore) return []
  const way = from === to || before === null ? to : `${from} → ${to}`
  return [`${key} ${way}${health === healthBefore ? '' : ` ${health.replace('_', ' ')}`}`]
}

function goalWords({ key, targetBefore, targetAfter, changes }: MovedKeyResult): string[] {
  if (!changes.has('target_moved')) return []
  return [
    `the target of ${key} moved from ${targetBefore} to ${targetAfter}: told as a move, not as progress`,
  ]
}

function stepWords({ kind, subject, data }: FeedEntry): string[] {
  return kind === 'milestone.ticked' ? [`${subject} “${String(data['step'])}”`] : []
}

const KPI_WORDS = new Map<FeedEntry['kind'], string>([
  ['kpi.at_risk', 'is out of its band so far'],
  ['kpi.left_band', 'left its band'],
  ['kpi.back_in_band', 'is back in its band'],
  ['kpi.stale', 'is silent'],
])

function kpiWords({ kind, subject, at, data }: FeedEntry): string[] {
  const words = KPI_WORDS.get(kind)
  if (words === undefined) return []
  return [`${subject} ${words} at ${String(data['value'])} ${String(data['unit'])} (${dayText(at)})`]
}

/** Without warnings that came and went within the week, and of what became worse twice the second time. */
function lasting(entries: readonly FeedEntry[]): FeedEntry[] {
  const last = (kind: FeedEntry['kind']) =>
    new Map(entries.filter((entry) => entry.kind === kind).map((entry) => [entry.data['warning'], entry]))
  const [raised, escalated, resolved] = [
    last('warning.raised'),
    last('warning.escalated'),
    last('warning.resolved'),
  ]
  return entries.filter((entry) => {
    const { warning } = entry.data
    if (raised.has(warning) && resolved.has(warning)) return false
    return entry.kind !== 'warning.escalated' || escalated.get(warning) === entry
  })
}

function warningTold({ kind, subject, at, data }: FeedEntry): string[] {
  switch (kind) {
    case 'warning.raised':
      return [`⚠ ${subject} ${warningWords(data)} (${dayText(at)})`]
    case 'warning.escalated':
      return [`⚠ ${subject} now ${warningWords(data)} (${dayText(at)})`]
    case 'warning.resolved':
      return [`✓ ${subject} no longer ${warningWords(data)}`]
    default:
      return []
  }
}

function checkInWords(entries: readonly FeedEntry[]): string[] {
  const asked = entries
    .filter(({ kind }) => kind === 'check_ins.due')
    .map(({ subject, data }) => `${subject} ${(data['checkIns'] as readonly unknown[]).length}`)
  const made = entries.filter(({ kind }) => kind === 'check_in.recorded').length
  return [
    ...(asked.length === 0 ? [] : [`asked of ${asked.join(', ')}`]),
    ...(made === 0 ? [] : [`${made} came from people and systems`]),
  ]
}

function commentWords(entries: readonly FeedEntry[]): string[] {
  const written = entries.filter(({ kind }) => kind === 'comment.written')
  if (written.length === 0) return []
  const isNew = written.filter(({ data }) => data['isNew'] === true).length
  return [`${isNew} comments written, ${written.length - isNew} edited in place`]
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`
}
