import type { Records } from '../app/ports/records.ts'
import type { FeedEntry } from '../app/ports/feed.ts'
import { progressBar } from '../domain/writeback/status-comment.ts'
import type { JiraSimulator } from './jira-simulator/jira-simulator.ts'

/** Tells the feed as it grows: one line an entry, with the comment's own words where one was written. */
export interface Narrator {
  /** Reads on from where it was and prints what is new. */
  tell(): Promise<void>
}

export function createNarrator(
  records: Records,
  jira: JiraSimulator,
  print: (line: string) => void,
): Narrator {
  let cursor = 0
  return {
    async tell() {
      for (;;) {
        const entries = await records.feed.after(cursor, 100)
        for (const entry of entries) {
          const line = lineOf(entry, jira)
          if (line !== null) print(`${dayOf(entry.at)}  ${line}`)
        }
        if (entries.length === 0) return
        cursor = entries.at(-1)!.cursor
      }
    },
  }
}

function lineOf({ kind, subject, data }: FeedEntry, jira: JiraSimulator): string | null {
  switch (kind) {
    case 'sprint.started':
      return `▶ ${String(data['name'])} starts — goal: ${String(data['goal'])}`
    case 'sprint.closed':
      return `■ ${String(data['name'])} closes`
    case 'key_result.progressed':
      return progressLine(subject, data)
    case 'check_in.recorded':
      return `✎ ${subject} check-in: ${String(data['value'])}`
    case 'warning.raised':
      return `⚠ ${subject} warned: ${warningWords(data)}`
    case 'warning.resolved':
      return `✓ ${subject} no longer warned: ${warningWords(data)}`
    case 'comment.written':
      // A warning is told where it is raised.
      if (data['topic'] !== 'status') return null
      return `✉ ${data['isNew'] === true ? 'comment' : 'comment edited'} on ${commentLine(data, jira)}`
    default:
      return null
  }
}

/** `off track`, or what else is wrong: `scope growth`. */
export function warningWords({ kind, level }: FeedEntry['data']): string {
  return String(kind === 'health' ? level : kind).replaceAll('_', ' ')
}

function progressLine(key: string, data: FeedEntry['data']): string {
  const { progress, progressBefore, changes } = data
  const percent = typeof progress === 'number' ? Math.round(progress * 100) : null
  const before = typeof progressBefore === 'number' ? Math.round(progressBefore * 100) : 0
  const moved =
    percent === null || percent === before ? '' : ` (${percent > before ? '+' : ''}${percent - before})`
  const what = Object.entries((changes ?? {}) as Record<string, number>).map(
    ([kind, count]) => `${count} ${kind.replace('_', '-')}`,
  )
  const shown =
    percent === null ? 'no data' : `${progressBar(percent)} ${String(percent).padStart(3)} %${moved}`
  return `  ${key}  ${shown.padEnd(24)}  ${String(data['health']).replace('_', ' ')}${what.length > 0 ? `  · ${what.join(', ')}` : ''}`
}

/** The comment's progress line: after the title and the objective. */
const PROGRESS_LINE = 2

function commentLine(data: FeedEntry['data'], jira: JiraSimulator): string {
  const issueId = String(data['issueId'])
  const comment = jira.commentsOf(issueId).find(({ id }) => id === data['commentId'])
  const lines = (comment?.text ?? '').split('\n').map((line) => line.trim())
  const told = lines.filter((line) => line !== '')[PROGRESS_LINE] ?? ''
  return `${jira.issue(issueId).values.key}: “${told}”`
}

function dayOf(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    timeZone: 'Europe/Berlin',
  }).format(at)
}
