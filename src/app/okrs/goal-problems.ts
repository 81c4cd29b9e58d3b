import type { Cycle, KeyResult, Objective } from '../../domain/goals.ts'
import { numberOf } from '../../domain/ids.ts'
import { subjectOf, type Goal } from '../../domain/okrs/goal-set.ts'
import type { DocumentPath } from '../../domain/okrs/okr-document.ts'
import type { PlannedChange, PlanProblem } from '../../domain/okrs/plan.ts'
import { problemAt } from '../../domain/okrs/references.ts'
import { isTimeZone } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import { requireLiveCycle, requireOpenCycle } from '../goals/find-goals.ts'
import { requireDueInCycle, requirePlanInTime, requireSoundCycle } from '../goals/goal-rules.ts'
import { requireDirection } from '../goals/measure-input.ts'

/** Every goal there will be by its subject, and what is there now. */
export interface Worlds {
  readonly before: ReadonlyMap<string, Goal>
  readonly after: ReadonlyMap<string, Goal>
}

/** Above this, keys that count on from a chosen one would soon have too many digits. */
const HIGHEST_CHOSEN_NUMBER = 99_999_999

/** The rules that a single change of a goal goes by, for each change of a plan: every problem, none twice. */
export function goalProblems(changes: readonly PlannedChange[], worlds: Worlds): PlanProblem[] {
  const changed = new Set(changes.map(({ kind, key }) => subjectOf(kind, key)))
  return [
    ...changes.flatMap((change) => problemsOfChange(change, worlds)),
    ...changes.flatMap((change) => problemsAround(change, worlds, changed)),
  ]
}

function problemsOfChange(change: PlannedChange, worlds: Worlds): PlanProblem[] {
  const { path, after, before, action } = change
  const subject = subjectOf(after.kind, after.goal.key)
  const at = path ?? []
  const place = (rule: () => void) => collected(rule, at, subject)
  const closed = [cycleOf(before, worlds.before), cycleOf(after, worlds.after)].find(
    (cycle) => cycle?.closedAt,
  )
  if (closed?.closedAt) return place(() => requireOpenCycle(closed))
  if (action === 'archive') return []
  switch (after.kind) {
    case 'cycle':
      return place(() => requireSoundCycle(after.goal))
    case 'team':
    case 'kpi': {
      const timeZone = after.kind === 'team' ? after.goal.calendar.timeZone : after.goal.timeZone
      const isKnown = isTimeZone(timeZone)
      const chosen = after.kind === 'kpi' ? chosenTooHigh(change, at) : []
      return isKnown ? chosen : [...chosen, unknownTimeZone(timeZone, at, subject)]
    }
    case 'objective': {
      const cycle = cycleOf(after, worlds.after)
      return [
        ...chosenTooHigh(change, at),
        ...(cycle === null ? [] : place(() => requireLiveCycle(cycle, 'cycle'))),
      ]
    }
    case 'key_result': {
      const cycle = cycleOf(after, worlds.after)
      return [
        ...chosenTooHigh(change, at),
        ...place(() => requireDirection(after.goal.measure)),
        ...(cycle === null ? [] : place(() => requireDueInCycle(after.goal, cycle, 'dueDay'))),
        ...(cycle === null ? [] : place(() => requirePlanInTime(after.goal, cycle))),
      ]
    }
    case 'initiative':
      return chosenTooHigh(change, at)
  }
}

/** What a change does to key results that stay as they are: their time is that of their cycle. */
function problemsAround(
  { kind, key, path, properties, action }: PlannedChange,
  { after }: Worlds,
  changed: ReadonlySet<string>,
): PlanProblem[] {
  if (action === 'archive' || action === 'create' || path === null) return []
  const moved = new Set(properties.map(({ name }) => name))
  const isCycle = kind === 'cycle' && (moved.has('startDay') || moved.has('endDay'))
  const isObjective = kind === 'objective' && moved.has('cycle')
  if (!isCycle && !isObjective) return []
  return keyResultsOf(after).flatMap((keyResult) => {
    const cycle = cycleOf({ kind: 'key_result', goal: keyResult }, after)
    const isInside = isCycle ? cycle?.key === key : keyResult.objective === key
    if (cycle === null || !isInside || changed.has(keyResult.key)) return []
    return collected(
      () => requireDueInCycle(keyResult, cycle, isCycle ? 'endDay' : 'cycle'),
      path,
      subjectOf(kind, key),
    )
  })
}

function keyResultsOf(after: Worlds['after']): KeyResult[] {
  return [...after.values()].flatMap(({ kind, goal }) =>
    kind === 'key_result' && goal.archivedAt === null ? [goal] : [],
  )
}

/** The cycle a goal is in, or is. */
export function cycleOf(known: Goal | null, world: ReadonlyMap<string, Goal>): Cycle | null {
  switch (known?.kind) {
    case 'cycle':
      return known.goal
    case 'objective':
      return (world.get(subjectOf('cycle', known.goal.cycle))?.goal as Cycle | undefined) ?? null
    case 'key_result':
      return cycleOf(holderOf(known.goal.objective, world), world)
    case 'initiative':
      return cycleOf(holderOf(known.goal.keyResult, world), world)
    default:
      return null
  }
}

function holderOf(key: string, world: ReadonlyMap<string, Goal>): Goal | null {
  return world.get(key) ?? null
}

/** The objective a key result belongs to. */
export function objectiveOf(keyResult: KeyResult, world: ReadonlyMap<string, Goal>): Objective | null {
  const holder = world.get(keyResult.objective)
  return holder?.kind === 'objective' ? holder.goal : null
}

function chosenTooHigh({ action, after }: PlannedChange, path: DocumentPath): PlanProblem[] {
  if (action !== 'create' || after.kind === 'cycle' || after.kind === 'team') return []
  const { key } = after.goal
  if (numberOf(key) <= HIGHEST_CHOSEN_NUMBER) return []
  return [
    problemAt(
      [...path, 'key'],
      key,
      'key',
      `${key} is too high to choose; take a number up to ${HIGHEST_CHOSEN_NUMBER}`,
    ),
  ]
}

function unknownTimeZone(timeZone: string, path: DocumentPath, subject: string): PlanProblem {
  const message = `${timeZone} is not a time zone known here; give an IANA name such as Asia/Shanghai`
  return problemAt([...path, 'timeZone'], subject, 'timeZone', message)
}

/** The problems a rule of a single change throws, at their places in a document. */
function collected(rule: () => void, path: DocumentPath, subject: string): PlanProblem[] {
  try {
    rule()
    return []
  } catch (error) {
    if (!(error instanceof ThroughlineError)) throw error
    if (error.problems.length === 0) return [problemAt(path, subject, '', error.message)]
    return error.problems.map(({ field, message }) =>
      problemAt([...path, ...field.split('.').map(stepOf)], subject, field, message),
    )
  }
}

function stepOf(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text
}
