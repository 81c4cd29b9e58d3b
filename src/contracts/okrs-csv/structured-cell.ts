import type { RowIssue, RowPlan, RowStep, SaidAt } from '../../domain/okr-import/import-row.ts'
import type { EpochMs } from '../../domain/time.ts'
import { readDay, type DateFormat } from './date-cell.ts'

/** Cells that hold more than one thing. Each reader gives null for text that is not of its form. */

const ISSUE = /^([A-Za-z0-9][\w.-]*):([A-Za-z0-9][\w-]*)$/

/** `main:PROJ-7` */
export function readIssue(cell: string): RowIssue | null {
  const [, site, issue] = ISSUE.exec(cell.trim()) ?? []
  return site === undefined || issue === undefined ? null : { site, issue }
}

const STEP = /^(\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s?%?\s+(?:\[([^\]\s]+)\]\s+)?([^\n]+)$/

/** A line each: `40 % First customers live`, or `40 % [main:PROJ-7] First customers live`. */
export function readSteps(cell: string): RowStep[] | null {
  const steps: RowStep[] = []
  for (const line of cell.split('\n').filter((text) => text.trim() !== '')) {
    const [, percent, issueText, title] = STEP.exec(line.trim()) ?? []
    const issue = issueText === undefined ? null : readIssue(issueText)
    if (title === undefined || (issueText !== undefined && issue === null)) return null
    steps.push({ title: title.replace(/^\\(?=\\*\[)/, '').trim(), percent: Number(percent), issue })
  }
  return steps.length === 0 ? null : steps
}

/** What `readSteps` reads. */
export function stepsText(steps: readonly RowStep[]): string {
  return steps
    .map(({ title, percent, issue }) => {
      const ticked = issue === null ? '' : `[${issue.site}:${issue.issue}] `
      return `${percent} % ${ticked}${/^\\*\[/.test(title) ? '\\' : ''}${title}`
    })
    .join('\n')
}

/** `1.2.1`, perhaps with a point behind it. */
export function readOutline(cell: string): string | null {
  const text = cell.trim().replace(/\.$/, '')
  return /^\d{1,6}(?:\.\d{1,6}){0,20}$/.test(text) ? text : null
}

const TARGET = /^(\d{4}-\d{2}-\d{2})\s*=\s*(\d(?:\.\d+)?(?:e-\d+)?)$/

/** `linear`, `none`, or `2026-10-31=0.3; 2026-11-30=0.6` */
export function readPlan(cell: string): RowPlan | null {
  const text = cell.trim().toLowerCase()
  if (text === 'linear' || text === 'none') return { kind: text }
  const targets = text.split(';').map((part) => {
    const [, day, progress] = TARGET.exec(part.trim()) ?? []
    return day === undefined ? null : { day, progress: Number(progress) }
  })
  const read = targets.filter((target) => target !== null)
  return read.length === targets.length ? { kind: 'targets', targets: read } : null
}

/** What `readPlan` reads. */
export function planText(plan: RowPlan): string {
  if (plan.kind !== 'targets') return plan.kind
  return plan.targets.map(({ day, progress }) => `${day}=${progress}`).join('; ')
}

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i
const TIME = /^(.+?)(?:T|,?\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*([ap])\.?m\.?)?$/is

/**
 * When something was so: an instant, where its offset is told; a time by the clock of the cycle; or a day.
 * `2026-11-02T09:30:00Z`, `2026-11-02 09:30:00 +0100`, `02.11.2026 09:30`, `Nov 2, 2026 9:30 AM`. A day or a time that
 * does not exist is none, and not the next one: `2026-02-30T10:00Z`, `2026-11-02 24:00`.
 */
export function readSaidAt(
  cell: string,
  format: DateFormat | null,
): SaidAt | { readonly kind: 'ambiguous' | 'not_a_day' | 'not_a_time' } {
  const text = cell.normalize('NFKC').trim()
  const [, day, clock, offset] = INSTANT.exec(text) ?? []
  if (day !== undefined) {
    const at = instantOf(`${day}T${clock}${offsetText(offset)}`)
    if (at !== null) return { kind: 'instant', at }
    return { kind: readDay(day, format).kind === 'day' ? 'not_a_time' : 'not_a_day' }
  }
  const [, before, hours, minutes, seconds = '00', half] = TIME.exec(text) ?? []
  if (before === undefined) return readDay(text, format)
  const read = readDay(before, format)
  if (read.kind !== 'day') return read
  const time = timeOfDay(Number(hours), minutes, seconds, half)
  return time === null ? { kind: 'not_a_time' } : { kind: 'local', day: read.day, time }
}

/** Null for one that does not exist. */
function instantOf(text: string): EpochMs | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return null
  }
}

function offsetText(offset = ''): string {
  return /^(?:Z|UTC|GMT)$/i.test(offset) ? 'Z' : offset.replace(/^(...)(\d\d)$/, '$1:$2')
}

/** `09:30:00`; null for what no clock shows. */
function timeOfDay(
  hours: number,
  minutes: string | undefined,
  seconds: string,
  half: string | undefined,
): string | null {
  if (half !== undefined && !(hours >= 1 && hours <= 12)) return null
  const hour = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  if (!(hour <= 23 && Number(minutes) <= 59 && Number(seconds) <= 59)) return null
  return `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`
}
