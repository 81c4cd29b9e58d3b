import type { Cycle, GoalKey, Objective } from '../../domain/goals.ts'
import { numberOf, parseKeyResultKey, parseObjectiveKey, type ObjectiveKey } from '../../domain/ids.ts'
import type { CycleClosing } from '../ports/cycle-closings.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'

/** An objective and its like in the next cycle. */
export interface CopiedObjective {
  readonly from: Objective
  readonly to: Objective
  /** False: an earlier roll-over had copied it. */
  readonly created: boolean
}

/**
 * The objectives of these key results in the next cycle, and copies to be saved where it does not have them yet. A copy supports what its
 * original did as far as that lives in the next cycle: it was there before, was copied with it, or is carried there now.
 */
export async function copyObjectives(
  records: Pick<Records, 'goals'>,
  goals: readonly KeyResultInContext[],
  { closing, into }: { readonly closing: CycleClosing; readonly into: Cycle },
): Promise<CopiedObjective[]> {
  const originals = new Map(goals.map(({ objective }) => [objective.key, objective]))
  const copies = new Map<ObjectiveKey, { key: ObjectiveKey; known: Objective | null }>()
  for (const key of [...originals.keys()].sort((a, b) => numberOf(a) - numberOf(b))) {
    const known = await copiedBefore(records, key, closing, into)
    copies.set(key, { key: known?.key ?? (await records.goals.nextObjectiveKey()), known })
  }
  const carried = new Set<string>(goals.map(({ keyResult }) => keyResult.key))
  const found: CopiedObjective[] = []
  for (const [key, copy] of copies) {
    const from = originals.get(key)!
    if (copy.known !== null) {
      found.push({ from, to: copy.known, created: false })
      continue
    }
    const parent = await parentIn(records, from.parent, { into, copies, carried })
    const to: Objective = {
      ...from,
      key: copy.key,
      cycle: into.key,
      parent,
      contributionWeight: parent === null ? null : from.contributionWeight,
      // An import that finds it again by this finds the original.
      externalId: null,
      archivedAt: null,
    }
    found.push({ from, to, created: true })
  }
  return found
}

async function copiedBefore(
  { goals }: Pick<Records, 'goals'>,
  key: ObjectiveKey,
  { rolledOver }: CycleClosing,
  into: Cycle,
): Promise<Objective | null> {
  const earlier = rolledOver.find((each) => each.from === key && each.into === into.key)
  const copy = earlier === undefined ? null : await goals.objective(earlier.to)
  return copy !== null && copy.cycle === into.key && copy.archivedAt === null ? copy : null
}

async function parentIn(
  { goals }: Pick<Records, 'goals'>,
  parent: GoalKey | null,
  next: {
    readonly into: Cycle
    readonly copies: ReadonlyMap<ObjectiveKey, { readonly key: ObjectiveKey }>
    readonly carried: ReadonlySet<string>
  },
): Promise<GoalKey | null> {
  if (parent === null || next.carried.has(parent)) return parent
  const objective = parseObjectiveKey(parent)
  if (objective !== null) {
    const copy = next.copies.get(objective)
    if (copy !== undefined) return copy.key
    return (await goals.objective(objective))?.cycle === next.into.key ? parent : null
  }
  const keyResult = parseKeyResultKey(parent)
  const found = keyResult === null ? null : await goals.keyResult(keyResult)
  return found?.cycle.key === next.into.key ? parent : null
}
