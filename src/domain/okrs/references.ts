import { circleThrough } from '../alignment/circle.ts'
import type { GoalKey } from '../goals.ts'
import type { KeyResultKey } from '../ids.ts'
import type { PlacedGoal } from './document-goals.ts'
import { subjectOf, type Goal } from './goal-set.ts'
import type { DocumentPath } from './okr-document.ts'
import type { PlannedChange, PlanProblem } from './plan.ts'

export function problemAt(path: DocumentPath, subject: string, field: string, message: string): PlanProblem {
  return { kind: 'problem', path, subject, field, message }
}

/** Goals that stand in a document more than once. */
export function repeatedGoals(placed: readonly PlacedGoal[]): PlanProblem[] {
  const first = new Map<string, PlacedGoal>()
  return placed.flatMap(({ path, known }) => {
    const subject = subjectOf(known.kind, known.goal.key)
    const before = first.get(subject)
    if (before === undefined) {
      first.set(subject, { path, known })
      return []
    }
    return [
      problemAt(
        [...path, 'key'],
        subject,
        'key',
        `${subject} stands in the file twice: ${whereText(before, known)}`,
      ),
    ]
  })
}

function whereText(before: PlacedGoal, again: Goal): string {
  const one = before.known
  if (
    one.kind === 'key_result' &&
    again.kind === 'key_result' &&
    one.goal.objective !== again.goal.objective
  ) {
    return `under ${one.goal.objective} and under ${again.goal.objective}; leave it where it belongs`
  }
  return `also at ${before.path.join('.')}; give one of them another key, or take it out`
}

/**
 * What new or changed goals refer to that does not exist or leads back to them. What is stored as it is was accepted
 * before.
 * @param known every goal there will be, archived ones too, by subject
 */
export function brokenReferences(
  changes: readonly PlannedChange[],
  known: ReadonlyMap<string, Goal>,
  policies: ReadonlySet<string>,
): PlanProblem[] {
  const problems: PlanProblem[] = []
  const onCircles = new Set<string>()
  const above = aboveEach(known)
  const needs = neededByEach(known)
  for (const change of changes) {
    const { path, after, action } = change
    if (path === null || action === 'archive') continue
    const { key } = after.goal
    const subject = subjectOf(after.kind, key)
    const isNew = (name: string) => isSaidAnew(change, name)
    const wrong = (field: string, message: string, place: readonly (string | number)[] = [field]) =>
      problems.push(problemAt([...path, ...place], subject, field, message))
    const circle = <Key extends string>(
      field: string,
      place: string[],
      start: Key,
      ways: ReadonlyMap<Key, readonly Key[]>,
    ) => {
      const found = onCircles.has(`${field} ${start}`) ? null : circleThrough(start, ways)
      if (found === null) return
      for (const member of found) onCircles.add(`${field} ${member}`)
      wrong(field, `leads in a circle: ${found.join(' → ')}; break it`, place)
    }
    const unknownTeam = (team: string | null) =>
      team !== null && isNew('team') && !known.has(subjectOf('team', team))
        ? wrong(
            'team',
            `there is no team ${team}; add it to teams, or write it first with PUT /api/v1/teams/${team}`,
          )
        : null
    const unknownPolicy = (name: string | null) =>
      name !== null && isNew('healthPolicy') && !policies.has(name)
        ? wrong(
            'healthPolicy',
            `there is no health policy called ${name}; there are ${[...policies].sort().join(', ')}`,
          )
        : null

    if (after.kind === 'objective') {
      const { cycle, parent, team, healthPolicy } = after.goal
      unknownTeam(team)
      unknownPolicy(healthPolicy)
      if (!known.has(subjectOf('cycle', cycle))) {
        wrong('cycle', `there is no cycle ${cycle}; add it to cycles, or correct its key`)
      }
      if (parent !== null && isNew('parent')) {
        if (!known.has(parent)) wrong('parent', `there is no goal ${parent}, neither in the file nor stored`)
        circle<GoalKey>('parent', ['parent'], after.goal.key, above)
      }
    } else if (after.kind === 'key_result') {
      const { dependsOn, healthPolicy } = after.goal
      unknownPolicy(healthPolicy)
      if (isNew('objective') && action !== 'create') circle<GoalKey>('parent', [], after.goal.key, above)
      if (!isNew('dependsOn')) continue
      dependsOn.forEach((needed, index) => {
        const place = ['dependsOn', index]
        if (dependsOn.indexOf(needed) < index) wrong('dependsOn', `names ${needed} a second time`, place)
        else if (!known.has(needed)) wrong('dependsOn', `there is no key result ${needed}`, place)
      })
      circle<KeyResultKey>('dependsOn', ['dependsOn'], after.goal.key, needs)
    } else if (after.kind === 'kpi') unknownTeam(after.goal.team)
  }
  return problems
}

function isSaidAnew({ action, properties }: PlannedChange, name: string): boolean {
  return action === 'create' || properties.some((property) => property.name === name)
}

/** What each goal supports or belongs to. */
function aboveEach(known: ReadonlyMap<string, Goal>): ReadonlyMap<GoalKey, readonly GoalKey[]> {
  const above = new Map<GoalKey, readonly GoalKey[]>()
  for (const { kind, goal } of known.values()) {
    if (kind === 'objective') above.set(goal.key, goal.parent === null ? [] : [goal.parent])
    else if (kind === 'key_result') above.set(goal.key, [goal.objective])
  }
  return above
}

function neededByEach(known: ReadonlyMap<string, Goal>): ReadonlyMap<KeyResultKey, readonly KeyResultKey[]> {
  const needs = new Map<KeyResultKey, readonly KeyResultKey[]>()
  for (const { kind, goal } of known.values()) if (kind === 'key_result') needs.set(goal.key, goal.dependsOn)
  return needs
}
