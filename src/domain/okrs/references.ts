import { circleThrough } from '../alignment/circle.ts'
import type { GoalKey } from '../goals.ts'
import { parseObjectiveKey, type KeyResultKey } from '../ids.ts'
import type { PlacedGoal } from './document-goals.ts'
import { subjectOf, type Goal, type GoalKind } from './goal-set.ts'
import { knotsOf, type Knot } from './knots.ts'
import type { DocumentPath } from './okr-document.ts'
import type { PlannedChange, PlanProblem } from './plan.ts'
import { mayBeUnread, type Unread } from './unread.ts'

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

/** What references are looked up in. */
export interface KnownGoals {
  /** Every goal there will be, archived ones too, by subject. */
  readonly goals: ReadonlyMap<string, Goal>
  readonly policies: ReadonlySet<string>
  readonly unread: Unread
}

/**
 * What new or changed goals refer to that does not exist or leads back to them. What is stored as it is was accepted
 * before.
 */
export function brokenReferences(changes: readonly PlannedChange[], known: KnownGoals): PlanProblem[] {
  const said = changes.filter(({ path, action }) => path !== null && action !== 'archive')
  const circles = circlesIn(known.goals)
  return said.flatMap((change) => [...unknownNames(change, known), ...circles(change)])
}

type Place = readonly (string | number)[]

/** A problem of this change, at a place inside its goal. */
function problemOf({ path, after }: PlannedChange) {
  const subject = subjectOf(after.kind, after.goal.key)
  return (field: string, message: string, place: Place = [field]) =>
    problemAt([...(path ?? []), ...place], subject, field, message)
}

function unknownNames(change: PlannedChange, { goals, policies, unread }: KnownGoals): PlanProblem[] {
  const { after } = change
  const wrong = problemOf(change)
  const isNew = (name: string) => isSaidAnew(change, name)
  const isUnknown = (kind: GoalKind, key: string) =>
    !goals.has(subjectOf(kind, key)) && !mayBeUnread(unread, kind, key)
  const teamProblems = (team: string | null) =>
    team !== null && isNew('team') && isUnknown('team', team)
      ? [
          wrong(
            'team',
            `there is no team ${team}; add it to teams, or write it first with PUT /api/v1/teams/${team}`,
          ),
        ]
      : []
  const policyProblems = (name: string | null) =>
    name !== null && isNew('healthPolicy') && !policies.has(name)
      ? [
          wrong(
            'healthPolicy',
            `there is no health policy called ${name}; there are ${[...policies].sort().join(', ')}`,
          ),
        ]
      : []

  switch (after.kind) {
    case 'objective': {
      const { cycle, parent, team, healthPolicy } = after.goal
      const isParentUnknown = parent !== null && isNew('parent') && isUnknown(kindOf(parent), parent)
      return [
        ...teamProblems(team),
        ...policyProblems(healthPolicy),
        ...(isUnknown('cycle', cycle)
          ? [wrong('cycle', `there is no cycle ${cycle}; add it to cycles, or correct its key`)]
          : []),
        ...(isParentUnknown
          ? [wrong('parent', `there is no goal ${parent}, neither in the file nor stored`)]
          : []),
      ]
    }
    case 'key_result': {
      const { dependsOn, healthPolicy } = after.goal
      const needed = dependsOn.flatMap((key, index) => {
        const place = ['dependsOn', index]
        if (dependsOn.indexOf(key) < index) return wrong('dependsOn', `names ${key} a second time`, place)
        return isUnknown('key_result', key) ? wrong('dependsOn', `there is no key result ${key}`, place) : []
      })
      return [...policyProblems(healthPolicy), ...(isNew('dependsOn') ? needed : [])]
    }
    case 'kpi':
      return teamProblems(after.goal.team)
    default:
      return []
  }
}

function kindOf(key: GoalKey): GoalKind {
  return parseObjectiveKey(key) === null ? 'key_result' : 'objective'
}

interface Ways<Key extends string> {
  readonly leadsTo: ReadonlyMap<Key, readonly Key[]>
  readonly knots: ReadonlyMap<Key, Knot<Key>>
}

function waysOf<Key extends string>(leadsTo: Ways<Key>['leadsTo']): Ways<Key> {
  return { leadsTo, knots: knotsOf(leadsTo) }
}

/** Goals can be knotted together in any number of ways: looking for all of them would take without end. */
const MOST_CIRCLES_OF_A_KNOT = 10

function inside<Key extends string>(
  knot: Knot<Key>,
  { leadsTo }: Ways<Key>,
): ReadonlyMap<Key, readonly Key[]> {
  return new Map([...knot].map((key) => [key, (leadsTo.get(key) ?? []).filter((next) => knot.has(next))]))
}

/** Finds what leads back to a goal; each circle is told once, at the first goal on it. */
function circlesIn(goals: ReadonlyMap<string, Goal>): (change: PlannedChange) => PlanProblem[] {
  const above = waysOf(aboveEach(goals))
  const needs = waysOf(neededByEach(goals))
  const told = new Set<string>()
  const countOf = new Map<Knot<string>, number>()
  const circle = <Key extends string>(
    change: PlannedChange,
    { field, place, ways }: { field: string; place: Place; ways: Ways<Key> },
  ) => {
    const start = change.key as Key
    const knot = ways.knots.get(start)
    if (knot === undefined || told.has(`${field} ${start}`)) return []
    const count = countOf.get(knot) ?? 0
    const found = count < MOST_CIRCLES_OF_A_KNOT ? circleThrough(start, inside(knot, ways)) : null
    if (found === null) return []
    countOf.set(knot, count + 1)
    for (const member of found) told.add(`${field} ${member}`)
    return [problemOf(change)(field, `leads in a circle: ${found.join(' → ')}; break it`, place)]
  }
  return (change) => {
    const { after, action } = change
    if (after.kind === 'objective') {
      return after.goal.parent !== null && isSaidAnew(change, 'parent')
        ? circle<GoalKey>(change, { field: 'parent', place: ['parent'], ways: above })
        : []
    }
    if (after.kind !== 'key_result') return []
    const isMoved = action !== 'create' && isSaidAnew(change, 'objective')
    return [
      ...(isMoved ? circle<GoalKey>(change, { field: 'parent', place: [], ways: above }) : []),
      ...(isSaidAnew(change, 'dependsOn')
        ? circle<KeyResultKey>(change, { field: 'dependsOn', place: ['dependsOn'], ways: needs })
        : []),
    ]
  }
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
