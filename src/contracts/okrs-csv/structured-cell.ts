import type { RowIssue, RowPlan, RowStep } from '../../domain/okr-import/import-row.ts'

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
