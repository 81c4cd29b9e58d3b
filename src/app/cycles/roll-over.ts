import type { Cycle, KeyResult } from '../../domain/goals.ts'
import type { CycleKey, KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import { changeGoals, type ChangeDeps, type ChangeRecord } from '../goals/change-goals.ts'
import { findCycle, requireLiveCycle } from '../goals/find-goals.ts'
import { movementsOfEdit, type KeyResultMovement } from '../goals/key-result-movements.ts'
import type { CycleClosing } from '../ports/cycle-closings.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { carriedInto, type CarriedKeyResult } from './carry-key-result.ts'
import { createdObjective } from './created-records.ts'
import { copyObjectives, type CopiedObjective } from './copy-objectives.ts'
import { unfinishedKeyResults } from './unfinished.ts'

export interface RollOver {
  readonly from: CycleKey
  readonly into: CycleKey
  /** null: every one that is unfinished. */
  readonly keyResults: readonly KeyResultKey[] | null
  /** A metric starts from where it ended; false: it keeps the baseline it had. */
  readonly rebaselines: boolean
}

export interface RolledOverCycle {
  readonly from: Cycle
  readonly into: Cycle
  readonly objectives: readonly CopiedObjective[]
  readonly keyResults: readonly CarriedKeyResult[]
}

/**
 * Carries the unfinished key results of a closed cycle into another one, with their keys, links, check-ins and past;
 * their objectives are copied where that cycle does not have them yet. All of it or nothing. What the closed cycle came
 * to stays as it was frozen; no move counts as progress. Doing it again finds nothing left to carry.
 *
 * @throws ThroughlineError `OKR_CYCLE_NOT_FOUND`, `OKR_CYCLE_NOT_CLOSED`, `OKR_CYCLE_CLOSED` for a closed target, and
 * `OKR_INPUT_INVALID` for key results that cannot be carried
 */
export function rollOverCycle(deps: ChangeDeps, input: RollOver): Promise<RolledOverCycle> {
  return changeGoals(deps, async (records, now) => {
    const from = await findCycle(records, input.from)
    const into = await findCycle(records, input.into)
    const closing = await requireClosed(records, from)
    requireOther(from, into)
    requireLiveCycle(into, 'into')
    const goals = await unfinishedKeyResults(records, closing, input.keyResults)
    const result = { from, into }
    if (goals.length === 0) return { result: { ...result, objectives: [], keyResults: [] }, record: null }

    const copies = await copyObjectives(records, goals, { closing, into })
    const copyOf = new Map(copies.map(({ from: { key }, to }) => [key, to]))
    const ended = input.rebaselines ? endedAt(closing) : new Map<KeyResultKey, number | null>()
    const moved = goals.map((before): Moved => {
      const to = copyOf.get(before.objective.key)!
      const current = ended.get(before.keyResult.key) ?? null
      return { before, carried: carriedInto(before, { into, to, current }) }
    })
    await records.okrSets.save({
      cycles: [],
      teams: [],
      objectives: copies.flatMap(({ created, to }) => (created ? [to] : [])),
      keyResults: moved.map(({ carried }) => carried.keyResult),
      initiatives: [],
    })
    await records.closings.saveClosing(withRolledOver(closing, moved, into))
    return {
      result: { ...result, objectives: copies, keyResults: moved.map(({ carried }) => carried) },
      record: {
        action: 'cycle.roll_over',
        subject: from.key,
        before: null,
        after: { into: into.key, keyResults: moved.map(({ carried }) => carried.keyResult.key) },
        feed: {
          kind: 'cycle.rolled_over',
          data: { into: into.key, keyResults: moved.map(({ carried }) => carried.keyResult.key) },
        },
      },
      also: [
        ...copies.flatMap(({ created, to }) => (created ? [createdObjective(to)] : [])),
        ...moved.map(movedRecord),
      ],
      movements: moved.flatMap((one) => movementsOf(one, into, now)),
      dirty: moved.map(({ carried }) => ({ keyResult: carried.keyResult.key, relink: true })),
    }
  })
}

interface Moved {
  readonly before: KeyResultInContext
  readonly carried: CarriedKeyResult
}

/** What each key result came to, as it was graded. */
function endedAt({ retrospective }: CycleClosing): ReadonlyMap<KeyResultKey, number | null> {
  const keyResults = retrospective.objectives.flatMap((objective) => objective.keyResults)
  return new Map(keyResults.map(({ key, current }) => [key, current]))
}

/** Another cycle has other days: that its due day is another one is no move of its goal. */
function movementsOf({ before, carried }: Moved, into: Cycle, now: EpochMs): KeyResultMovement[] {
  return movementsOfEdit(before, { keyResult: carried.keyResult, cycle: into }, now).filter(
    ({ kind }) => kind !== 'due_date_moved',
  )
}

async function requireClosed({ closings }: Pick<Records, 'closings'>, cycle: Cycle): Promise<CycleClosing> {
  const closing = cycle.closedAt === null ? null : await closings.closing(cycle.key)
  if (closing !== null) return closing
  throw new ThroughlineError(
    'OKR_CYCLE_NOT_CLOSED',
    `The cycle ${cycle.key} is open. Close it first: what is unfinished is known by its grades.`,
  )
}

function requireOther(from: Cycle, into: Cycle): void {
  if (from.key !== into.key) return
  const message = `is ${into.key}, the cycle that is rolled over; name the next one`
  throw new ThroughlineError('OKR_INPUT_INVALID', `The cycle to roll over into ${message}.`, {
    problems: [{ field: 'into', message }],
  })
}

function withRolledOver(closing: CycleClosing, moved: readonly Moved[], into: Cycle): CycleClosing {
  const added = moved.map(({ before, carried }) => ({
    keyResult: carried.keyResult.key,
    from: before.objective.key,
    into: into.key,
    to: carried.keyResult.objective,
  }))
  return { ...closing, rolledOver: [...closing.rolledOver, ...added] }
}

function movedRecord({ before, carried }: Moved): ChangeRecord {
  const after: KeyResult = carried.keyResult
  return {
    action: 'key_result.roll_over',
    subject: after.key,
    before: before.keyResult,
    after,
    feed: {
      kind: 'key_result.updated',
      data: { changed: carried.changed, rolledFrom: after.rolledFrom },
    },
  }
}
