import type { PlanProblem } from './plan.ts'

const MOST_NAMED = 5

/**
 * Problems as somebody is told them who puts the file right. What several goals run into as a whole, such as a cycle
 * that is closed, is one thing to decide: it is told once, where the first of them stands.
 */
export function toldOnce(problems: readonly PlanProblem[]): PlanProblem[] {
  const alike = Map.groupBy(problems, ({ kind, field, message, subject }) =>
    field === '' ? `${kind} ${message}` : `${kind} ${subject} ${field} ${message}`,
  )
  return [...alike.values()].flatMap((group) => (group[0]!.field === '' ? together(group) : group))
}

function together(group: readonly PlanProblem[]): PlanProblem[] {
  const first = group.find(({ path }) => path !== null && path.length > 0) ?? group[0]!
  if (group.length === 1) return [first]
  const subjects = group.map(({ subject }) => subject)
  const others = subjects.length - MOST_NAMED
  const named = `${subjects.slice(0, MOST_NAMED).join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  return [{ ...first, message: `${first.message} The file would change ${named}` }]
}
