import type { SprintIssue, SprintReport } from '../domain/sprints/sprint-report.ts'

export const SPRINT_HEADER = ['sprint', 'committed', 'added', 'removed', 'completed', 'not completed']

/** A sprint as a row: issues, and points in brackets where any were estimated. */
export function sprintRow(name: string, report: SprintReport | null): string[] {
  if (report === null) return [name, 'not started', '', '', '', '']
  const { committed, added, removed, completed, notCompleted } = report
  return [name, ...[committed, added, removed, completed, notCompleted].map(amount)]
}

function amount(issues: readonly SprintIssue[]): string {
  const points = issues.reduce((sum, issue) => sum + (issue.points ?? 0), 0)
  return points > 0 ? `${issues.length} (${points} pts)` : String(issues.length)
}
