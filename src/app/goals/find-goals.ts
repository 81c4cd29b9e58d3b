import type { Cycle, Objective } from '../../domain/goals.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import { ThroughlineError } from '../errors.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'

type Goals = Pick<Records, 'goals'>

/** The cycle of this key, archived or not. Throws `OKR_CYCLE_NOT_FOUND`. */
export async function findCycle({ goals }: Goals, key: CycleKey): Promise<Cycle> {
  const cycle = await goals.cycle(key)
  if (cycle === null) throw new ThroughlineError('OKR_CYCLE_NOT_FOUND', `There is no cycle ${key}.`)
  return cycle
}

/** Throws `OKR_OBJECTIVE_NOT_FOUND`. */
export async function findObjective({ goals }: Goals, key: ObjectiveKey): Promise<Objective> {
  const objective = await goals.objective(key)
  if (objective === null) {
    throw new ThroughlineError('OKR_OBJECTIVE_NOT_FOUND', `There is no objective ${key}.`)
  }
  return objective
}

/** Throws `OKR_KEY_RESULT_NOT_FOUND`. */
export async function findKeyResult({ goals }: Goals, key: KeyResultKey): Promise<KeyResultInContext> {
  const found = await goals.keyResult(key)
  if (found === null) {
    throw new ThroughlineError('OKR_KEY_RESULT_NOT_FOUND', `There is no key result ${key}.`)
  }
  return found
}

/** Throws `OKR_KEY_RESULT_ARCHIVED` and `OKR_CYCLE_CLOSED` beside `OKR_KEY_RESULT_NOT_FOUND`. */
export async function findLiveKeyResult(records: Goals, key: KeyResultKey): Promise<KeyResultInContext> {
  const found = await findKeyResult(records, key)
  if (found.keyResult.archivedAt !== null) {
    throw new ThroughlineError(
      'OKR_KEY_RESULT_ARCHIVED',
      `${key} is archived and no longer changes. Restore it first.`,
    )
  }
  requireOpenCycle(found.cycle)
  return found
}

/** Nothing of a closed cycle changes: its grades stand. Throws `OKR_CYCLE_CLOSED`. */
export function requireOpenCycle({ key, closedAt }: Pick<Cycle, 'key' | 'closedAt'>): void {
  if (closedAt === null) return
  throw new ThroughlineError(
    'OKR_CYCLE_CLOSED',
    `The cycle ${key} is closed, and nothing of it changes any more. Roll its goals over into a cycle that is open, ` +
      `or reopen it.`,
  )
}

/** Something new may be put into this cycle. Throws `OKR_CYCLE_CLOSED`, and `OKR_INPUT_INVALID` at `field`. */
export function requireLiveCycle(cycle: Cycle, field: string): void {
  requireOpenCycle(cycle)
  if (cycle.archivedAt !== null) refuse(field, `the cycle ${cycle.key} is archived; restore it first`)
}

/** Throws `OKR_INPUT_INVALID` at `field`. */
export function requireLiveObjective(objective: Objective, field: string): void {
  if (objective.archivedAt !== null) {
    refuse(field, `the objective ${objective.key} is archived; restore it first`)
  }
}

function refuse(field: string, message: string): never {
  throw new ThroughlineError('OKR_INPUT_INVALID', `Cannot use ${field}: ${message}.`, {
    problems: [{ field, message }],
  })
}
