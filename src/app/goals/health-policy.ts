import {
  BUILT_IN_POLICIES,
  DEFAULT_POLICY,
  problemsOfPolicy,
  type HealthPolicy,
} from '../../domain/health/health-policy.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import { ThroughlineError } from '../errors.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'

type Goals = Pick<Records, 'goals'>

/** Every policy there is, by name: the built-in ones as they came or as they were edited, and those people wrote. */
export async function listHealthPolicies({ goals }: Goals): Promise<HealthPolicy[]> {
  const policies = new Map(BUILT_IN_POLICIES)
  for (const policy of await goals.healthPolicies()) policies.set(policy.name, policy)
  return [...policies.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Throws `OKR_HEALTH_POLICY_NOT_FOUND`. */
export async function findHealthPolicy({ goals }: Goals, name: string): Promise<HealthPolicy> {
  const policy = (await goals.healthPolicy(name)) ?? BUILT_IN_POLICIES.get(name)
  if (policy === undefined) {
    throw new ThroughlineError('OKR_HEALTH_POLICY_NOT_FOUND', `There is no health policy called ${name}.`)
  }
  return policy
}

/**
 * The policy a key result is judged by: its own, else that of its objective, else the default. A policy may have been
 * taken away while its only key results were archived: then too the default.
 */
export async function policyOf(
  { goals }: Goals,
  { keyResult, objective }: Pick<KeyResultInContext, 'keyResult' | 'objective'>,
): Promise<HealthPolicy> {
  const name = keyResult.healthPolicy ?? objective.healthPolicy ?? DEFAULT_POLICY.name
  return (await goals.healthPolicy(name)) ?? BUILT_IN_POLICIES.get(name) ?? DEFAULT_POLICY
}

/** Refuses a name that no policy has. Throws `OKR_INPUT_INVALID`. */
export async function requirePolicy({ goals }: Goals, name: string | null): Promise<void> {
  if (name === null || BUILT_IN_POLICIES.has(name) || (await goals.healthPolicy(name)) !== null) return
  const message = `there is no health policy called ${name}`
  throw new ThroughlineError('OKR_INPUT_INVALID', `The goal cannot be kept: ${message}.`, {
    problems: [{ field: 'healthPolicy', message }],
  })
}

/**
 * Writes a policy, a new one or an edit, and has every key result under it assessed again. Throws
 * `OKR_INPUT_INVALID` for bands that are in no order.
 */
export function saveHealthPolicy(deps: ChangeDeps, policy: HealthPolicy): Promise<HealthPolicy> {
  const problems = problemsOfPolicy(policy)
  if (problems.length > 0) {
    throw new ThroughlineError('OKR_INPUT_INVALID', 'The health policy cannot be kept as it was given.', {
      problems: problems.map(({ field, message }) => ({ field, message })),
    })
  }
  return changeGoals(deps, async (records) => {
    const before = (await records.goals.healthPolicy(policy.name)) ?? BUILT_IN_POLICIES.get(policy.name)
    if (canonicalText(before) === canonicalText(policy)) return { result: policy, record: null }
    await records.goals.saveHealthPolicy(policy)
    return changed(records, policy, before ?? null, policy)
  })
}

/**
 * Takes a policy that people wrote away, or brings a built-in one back to what it was. Throws
 * `OKR_HEALTH_POLICY_NOT_FOUND`, and `OKR_HEALTH_POLICY_IN_USE` for one that goals still name.
 */
export function removeHealthPolicy(deps: ChangeDeps, name: string): Promise<HealthPolicy | null> {
  return changeGoals(deps, async (records) => {
    const before = await findHealthPolicy(records, name)
    const builtIn = BUILT_IN_POLICIES.get(name) ?? null
    const users = await records.goals.keyResultsUnderPolicy(name, DEFAULT_POLICY.name)
    if (builtIn === null && users.length > 0) throw inUse(name, users)
    if (canonicalText(before) === canonicalText(builtIn)) return { result: builtIn, record: null }
    await records.goals.removeHealthPolicy(name)
    return changed(records, builtIn, before, builtIn, name)
  })
}

async function changed<T extends HealthPolicy | null>(
  records: Records,
  result: T,
  before: HealthPolicy | null,
  after: HealthPolicy | null,
  name = after!.name,
) {
  const keyResults = await records.goals.keyResultsUnderPolicy(name, DEFAULT_POLICY.name)
  return {
    result,
    record: {
      action: after === null ? 'health_policy.remove' : 'health_policy.save',
      subject: name,
      before,
      after,
      feed: { kind: 'health_policy.changed' as const, data: { keyResults: keyResults.length } },
    },
    dirty: keyResults.map((keyResult) => ({ keyResult, relink: false })),
  }
}

function inUse(name: string, users: readonly string[]): ThroughlineError {
  const some = users.slice(0, 5).join(', ')
  return new ThroughlineError(
    'OKR_HEALTH_POLICY_IN_USE',
    `${users.length} key results are judged by ${name} (${some}${users.length > 5 ? ' …' : ''}). ` +
      'Give them another policy first.',
  )
}
