import { problemsOfPlan } from '../../domain/calendar/expected-plan.ts'
import { timeBoxOf, type Cycle, type KeyResult, type Objective } from '../../domain/goals.ts'
import { HIGHEST_CHOSEN_NUMBER, numberOf, type KeyResultKey, type ObjectiveKey } from '../../domain/ids.ts'
import { subjectOf, type Goal } from '../../domain/okrs/goal-set.ts'
import type { DocumentPath } from '../../domain/okrs/okr-document.ts'
import type { PlannedChange, PlanProblem } from '../../domain/okrs/plan.ts'
import { problemAt } from '../../domain/okrs/references.ts'
import { isRead, isWhole, mayBeUnread, type Unread } from '../../domain/okrs/unread.ts'
import { isTimeZone, type EpochMs } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import { requireLiveCycle, requireOpenCycle } from '../goals/find-goals.ts'
import { requireDueInCycle, requirePlanInTime, requireSoundCycle } from '../goals/goal-rules.ts'
import { requireDirection } from '../goals/measure-input.ts'
import { requireMoveBeforeEnd, requireSameSizeAfterEnd } from '../goals/over-cycles.ts'

/** Every goal there will be by its subject, and what is there now. */
export interface Worlds {
  readonly before: ReadonlyMap<string, Goal>
  readonly after: ReadonlyMap<string, Goal>
}

/** The rules that a single change of a goal goes by, for each change of a plan: every problem, none twice. */
export function goalProblems(
  changes: readonly PlannedChange[],
  worlds: Worlds,
  { unread, now }: { readonly unread: Unread; readonly now: EpochMs },
): PlanProblem[] {
  return [
    ...changes.flatMap((change) => problemsOfChange(change, worlds, unread)),
    ...changes.flatMap((change) => problemsAfterEnd(change, worlds, { unread, now })),
    ...problemsAround(changes, worlds.after, unread),
  ]
}

function problemsOfChange(change: PlannedChange, worlds: Worlds, unread: Unread): PlanProblem[] {
  const { path, after, before, action } = change
  const subject = subjectOf(after.kind, after.goal.key)
  const at = path ?? []
  const place = (rule: () => void) => collected(rule, at, subject)
  const closed = [cycleOf(before, worlds.before), cycleOf(after, worlds.after)].find(
    (cycle) => cycle?.closedAt,
  )
  if (closed?.closedAt) return isWhole(unread, subject) ? place(() => requireOpenCycle(closed)) : []
  if (action === 'archive') return []
  switch (after.kind) {
    case 'cycle': {
      const hasDays = isRead(unread, subject, 'startDay', 'endDay')
      return place(() => requireSoundCycle(after.goal)).filter(({ field }) => field !== 'endDay' || hasDays)
    }
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
      const hasTime = cycle !== null && isTimeRead(unread, after.goal, cycle)
      return [
        ...chosenTooHigh(change, at),
        ...place(() => requireDirection(after.goal.measure)),
        ...(hasTime ? place(() => requireDueInCycle(after.goal, cycle, 'dueDay')) : []),
        ...(hasTime ? place(() => requirePlanInTime(after.goal, cycle)) : []),
      ]
    }
    case 'initiative':
      return chosenTooHigh(change, at)
  }
}

/** What may no longer change of a goal whose cycle is over, though it is not closed yet. */
function problemsAfterEnd(
  { path, before, after, action }: PlannedChange,
  worlds: Worlds,
  { unread, now }: { readonly unread: Unread; readonly now: EpochMs },
): PlanProblem[] {
  const from = cycleOf(before, worlds.before)
  const to = cycleOf(after, worlds.after)
  if (action === 'archive' || from === null || from.closedAt !== null || to?.closedAt) return []
  const { key } = after.goal
  const place = (rule: () => void) => collected(rule, path ?? [], key)
  const move = (moved: ObjectiveKey | KeyResultKey, field: string) =>
    to !== null && isCalendarRead(unread, to)
      ? place(() => requireMoveBeforeEnd({ key: moved, from, to }, field, now))
      : []
  if (before?.kind === 'objective' && after.kind === 'objective')
    return isRead(unread, key, 'cycle') ? move(after.goal.key, 'cycle') : []
  if (before?.kind !== 'key_result' || after.kind !== 'key_result') return []
  const [was, is] = [before.goal, after.goal]
  // Under an objective whose key could not be read, it may stand where it stood.
  const isMoved = was.objective !== is.objective && !mayBeUnread(unread, 'objective', was.objective)
  return [
    ...(isMoved ? move(is.key, 'objective') : []),
    ...(isRead(unread, key, 'measure') ? place(() => requireSameSizeAfterEnd(was, is, from, now)) : []),
  ]
}

/** Whether it is known when a cycle ends. */
function isCalendarRead(unread: Unread, { key, calendar }: Cycle): boolean {
  const isSaid = isRead(unread, subjectOf('cycle', key), 'startDay', 'endDay', 'timeZone')
  return isSaid && isTimeZone(calendar.timeZone)
}

function isTimeRead(unread: Unread, { key }: KeyResult, cycle: Cycle): boolean {
  const days = subjectOf('cycle', cycle.key)
  return isRead(unread, key, 'dueDay') && isRead(unread, days, 'startDay', 'endDay')
}

/** What moves the time of key results that stay as they are: their objective's cycle, or the days of that. */
function problemsAround(
  changes: readonly PlannedChange[],
  after: Worlds['after'],
  unread: Unread,
): PlanProblem[] {
  const moving = changes.filter(({ kind, action, properties }) => {
    if (action === 'archive' || action === 'create') return false
    const isTime = (name: string) => name === 'startDay' || name === 'endDay'
    return properties.some(({ name }) =>
      kind === 'cycle' ? isTime(name) : kind === 'objective' && name === 'cycle',
    )
  })
  if (moving.length === 0) return []
  const changed = new Set(changes.map(({ kind, key }) => subjectOf(kind, key)))
  const staying = keyResultsOf(after).filter(({ key }) => !changed.has(key))
  const ofObjective = Map.groupBy(staying, ({ objective }) => objective as string)
  const ofCycle = Map.groupBy(
    staying,
    (own) => cycleOf({ kind: 'key_result', goal: own }, after)?.key as string,
  )
  return moving.flatMap(({ kind, key, path }) => {
    const around = (kind === 'cycle' ? ofCycle : ofObjective).get(key) ?? []
    return around.flatMap((own) => {
      const cycle = cycleOf({ kind: 'key_result', goal: own }, after)
      if (cycle === null || !isTimeRead(unread, own, cycle)) return []
      const rule = () =>
        kind === 'cycle' ? requireDueInCycle(own, cycle, 'endDay') : requireTimeInCycle(own, cycle)
      return collected(rule, path ?? [], subjectOf(kind, key))
    })
  })
}

/** Throws `OKR_INPUT_INVALID` at `cycle` for a key result that does not fit into the time it moves to. */
function requireTimeInCycle(own: KeyResult, cycle: Cycle): void {
  requireDueInCycle(own, cycle, 'cycle')
  if (problemsOfPlan(own.plan, timeBoxOf(own, cycle)).length === 0) return
  const message = `the plan of ${own.key} does not fit the cycle ${cycle.key} (${cycle.startDay} to ${cycle.endDay})`
  throw new ThroughlineError('OKR_INPUT_INVALID', `${message}.`, { problems: [{ field: 'cycle', message }] })
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
