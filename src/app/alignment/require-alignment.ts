import { circleThrough } from '../../domain/alignment/circle.ts'
import type { GoalKey, KeyResult, Objective } from '../../domain/goals.ts'
import { parseKeyResultKey, parseObjectiveKey, type KeyResultKey } from '../../domain/ids.ts'
import { ThroughlineError } from '../errors.ts'
import type { Records } from '../ports/records.ts'

type Goals = Pick<Records, 'goals'>

/**
 * Refuses a parent that does not exist, and one that leads back to the objective, over objectives and key results.
 * Levels are free: what is unusual about them is told by the alignment. Throws `OKR_INPUT_INVALID` and
 * `OKR_ALIGNMENT_CIRCULAR`, both at `parent`.
 */
export async function requireParent(
  records: Goals,
  objective: Pick<Objective, 'key' | 'parent'>,
): Promise<void> {
  const { key, parent } = objective
  if (parent === null) return
  if (parent !== key && (await aboveOf(records, parent)) === null) {
    const what = parent.startsWith('KR-') ? 'key result' : 'objective'
    refuseUnknown([{ field: 'parent', message: `there is no ${what} ${parent}` }])
  }
  const chain = await chainAbove(records, parent, new Map([[key, [parent]]]))
  refuseCircle('parent', circleThrough<GoalKey>(key, chain), 'An objective cannot support itself')
}

/**
 * Refuses to move a key result to an objective that supports it. Throws `OKR_ALIGNMENT_CIRCULAR` at `objective`.
 */
export async function requireMoveWithoutCircle(
  records: Goals,
  { key, objective }: Pick<KeyResult, 'key' | 'objective'>,
): Promise<void> {
  const chain = await chainAbove(records, objective, new Map([[key, [objective]]]))
  refuseCircle('objective', circleThrough<GoalKey>(key, chain), 'An objective cannot support itself')
}

/**
 * Refuses dependencies that do not exist, are named twice, or lead back to the key result. Throws
 * `OKR_INPUT_INVALID` with every problem and `OKR_ALIGNMENT_CIRCULAR`, at `dependsOn`.
 */
export async function requireDependencies(
  records: Goals,
  { key, dependsOn }: Pick<KeyResult, 'key' | 'dependsOn'>,
): Promise<void> {
  if (dependsOn.length === 0) return
  const leadsTo = new Map<KeyResultKey, readonly KeyResultKey[]>([[key, dependsOn]])
  let reached: readonly KeyResultKey[] = dependsOn.filter((needed) => needed !== key)
  const found = await dependenciesOf(records, reached)
  refuseUnknown(
    dependsOn.flatMap((needed, index) => {
      const field = `dependsOn.${index}`
      if (dependsOn.indexOf(needed) < index) return [{ field, message: `names ${needed} a second time` }]
      return needed === key || found.has(needed)
        ? []
        : [{ field, message: `there is no key result ${needed}` }]
    }),
  )
  for (let next = found; next.size > 0; next = await dependenciesOf(records, reached)) {
    for (const [needed, needs] of next) leadsTo.set(needed, needs)
    reached = [...new Set([...next.values()].flat())].filter((needed) => !leadsTo.has(needed))
  }
  refuseCircle('dependsOn', circleThrough(key, leadsTo), 'A key result cannot depend on itself')
}

async function dependenciesOf({ goals }: Goals, keys: readonly KeyResultKey[]) {
  const found = keys.length === 0 ? [] : await goals.keyResultsIn(keys)
  return new Map(found.map(({ keyResult }) => [keyResult.key, keyResult.dependsOn]))
}

/** Everything above a goal, each with what it leads to. Where a stored circle closes, the way ends. */
async function chainAbove(
  records: Goals,
  start: GoalKey,
  chain: Map<GoalKey, readonly GoalKey[]>,
): Promise<ReadonlyMap<GoalKey, readonly GoalKey[]>> {
  let at: GoalKey | undefined = start
  while (at !== undefined && !chain.has(at)) {
    const above: readonly GoalKey[] = (await aboveOf(records, at)) ?? []
    chain.set(at, above)
    at = above[0]
  }
  return chain
}

/** The parent of an objective, the objective of a key result; null when there is no such goal. */
async function aboveOf({ goals }: Goals, key: GoalKey): Promise<GoalKey[] | null> {
  const objectiveKey = parseObjectiveKey(key)
  if (objectiveKey !== null) {
    const objective = await goals.objective(objectiveKey)
    if (objective === null) return null
    return objective.parent === null ? [] : [objective.parent]
  }
  const keyResultKey = parseKeyResultKey(key)
  const found = keyResultKey === null ? null : await goals.keyResult(keyResultKey)
  return found === null ? null : [found.keyResult.objective]
}

function refuseUnknown(problems: readonly { field: string; message: string }[]): void {
  const [first] = problems
  if (first === undefined) return
  throw new ThroughlineError('OKR_INPUT_INVALID', `Cannot use ${first.field}: ${first.message}.`, {
    problems,
  })
}

function refuseCircle(field: string, circle: readonly string[] | null, rule: string): void {
  if (circle === null) return
  const message = `leads in a circle: ${circle.join(' → ')}`
  throw new ThroughlineError('OKR_ALIGNMENT_CIRCULAR', `${rule}: ${circle.join(' → ')}. Break the circle.`, {
    problems: [{ field, message }],
  })
}
