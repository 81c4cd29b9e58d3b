import { timeBoxOf, type Cycle, type KeyResult, type Objective } from '../../domain/goals.ts'
import { BUILT_IN_POLICIES } from '../../domain/health/health-policy.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import {
  dayAt,
  planIn,
  type GoalTemplate,
  type TemplateKeyResult,
  type TemplateObjective,
} from '../../domain/templates/goal-template.ts'
import { changeGoals, type ChangeDeps } from '../goals/change-goals.ts'
import { findCycle, requireLiveCycle } from '../goals/find-goals.ts'
import type { Records } from '../ports/records.ts'
import { createdKeyResult, createdObjective } from './created-records.ts'
import { findTemplate } from './goal-templates.ts'

export interface StartedGoals {
  readonly cycle: Cycle
  readonly objectives: readonly { readonly objective: Objective; readonly keyResults: readonly KeyResult[] }[]
  /** Teams and health policies that the template names and nobody has any more; their goals are without. */
  readonly missing: { readonly teams: readonly string[]; readonly healthPolicies: readonly string[] }
}

/**
 * Makes the goals of a template anew in a cycle, with keys of their own: all of them or none. Throws
 * `OKR_TEMPLATE_NOT_FOUND`, `OKR_CYCLE_NOT_FOUND`, `OKR_CYCLE_CLOSED`, and `OKR_INPUT_INVALID` for an archived cycle.
 */
export function startFromTemplate(
  deps: ChangeDeps,
  { cycle: key, template: name }: { readonly cycle: CycleKey; readonly template: string },
): Promise<StartedGoals> {
  return changeGoals(deps, async (records) => {
    const template = await findTemplate(records, name)
    const cycle = await findCycle(records, key)
    requireLiveCycle(cycle, 'cycle')
    const keys = await freshKeys(records, template)
    const known = await knownNames(records)
    const objectives = template.objectives.map((objective) => ({
      objective: objectiveFrom(objective, cycle, keys, known),
      keyResults: objective.keyResults.map((keyResult) =>
        keyResultFrom(keyResult, { objective: keys.of(objective.key), cycle, keys, known }),
      ),
    }))
    const made = objectives.flatMap(({ keyResults }) => keyResults)
    await records.okrSets.save({
      cycles: [],
      teams: [],
      objectives: objectives.map(({ objective }) => objective),
      keyResults: made,
      initiatives: [],
    })
    return {
      result: { cycle, objectives, missing: missingOf(template, known) },
      record: {
        action: 'cycle.start_from_template',
        subject: key,
        before: null,
        after: { template: name, objectives: objectives.map(({ objective }) => objective.key) },
        feed: { kind: 'cycle.updated', data: { changed: ['objectives'], template: name } },
      },
      also: objectives.flatMap(({ objective, keyResults }) => [
        createdObjective(objective),
        ...keyResults.map((keyResult) => createdKeyResult(keyResult, cycle)),
      ]),
      dirty: made.map((keyResult) => ({ keyResult: keyResult.key, relink: true })),
    }
  })
}

interface Keys {
  of<Key extends ObjectiveKey | KeyResultKey>(key: Key): Key
}

/** In the order of the template, so that goals that stood together count on. */
async function freshKeys({ goals }: Pick<Records, 'goals'>, { objectives }: GoalTemplate): Promise<Keys> {
  const fresh = new Map<string, string>()
  for (const objective of objectives) {
    fresh.set(objective.key, await goals.nextObjectiveKey())
    for (const { key } of objective.keyResults) fresh.set(key, await goals.nextKeyResultKey())
  }
  return { of: <Key extends ObjectiveKey | KeyResultKey>(key: Key) => fresh.get(key) as Key }
}

interface KnownNames {
  readonly teams: ReadonlySet<string>
  readonly policies: ReadonlySet<string>
}

async function knownNames({ goals }: Pick<Records, 'goals'>): Promise<KnownNames> {
  return {
    teams: new Set((await goals.teams()).map(({ key }) => key)),
    policies: new Set([
      ...BUILT_IN_POLICIES.keys(),
      ...(await goals.healthPolicies()).map(({ name }) => name),
    ]),
  }
}

function objectiveFrom(template: TemplateObjective, cycle: Cycle, keys: Keys, known: KnownNames): Objective {
  const { key, title, description, parent, contributionWeight, healthRollUp, level, ambition, owner } =
    template
  return {
    key: keys.of(key),
    cycle: cycle.key,
    title,
    description,
    parent: parent === null ? null : keys.of(parent),
    contributionWeight,
    healthRollUp,
    level,
    ambition,
    owner,
    team: ifKnown(template.team, known.teams),
    healthPolicy: ifKnown(template.healthPolicy, known.policies),
    externalId: null,
    archivedAt: null,
  }
}

function keyResultFrom(
  { dueShare, plan, ...keyResult }: TemplateKeyResult,
  place: {
    readonly objective: ObjectiveKey
    readonly cycle: Cycle
    readonly keys: Keys
    readonly known: KnownNames
  },
): KeyResult {
  const { cycle, keys, known } = place
  const dueDay = dueShare === null ? null : dayAt(dueShare, cycle)
  return {
    ...keyResult,
    key: keys.of(keyResult.key),
    objective: place.objective,
    dueDay,
    plan: planIn(plan, cycle, timeBoxOf({ dueDay }, cycle)),
    healthPolicy: ifKnown(keyResult.healthPolicy, known.policies),
    dependsOn: keyResult.dependsOn.map((needed) => keys.of(needed)),
    healthOverride: null,
    valueOverride: null,
    anchorIssue: null,
    externalId: null,
    rolledFrom: null,
    archivedAt: null,
  }
}

function ifKnown<Name extends string>(name: Name | null, known: ReadonlySet<string>): Name | null {
  return name !== null && known.has(name) ? name : null
}

function missingOf({ objectives }: GoalTemplate, known: KnownNames): StartedGoals['missing'] {
  const teams = objectives.flatMap(({ team }) => team ?? [])
  const policies = objectives.flatMap(({ healthPolicy, keyResults }) => [
    ...(healthPolicy === null ? [] : [healthPolicy]),
    ...keyResults.flatMap((keyResult) => keyResult.healthPolicy ?? []),
  ])
  const unknown = (names: readonly string[], among: ReadonlySet<string>) =>
    [...new Set(names)].filter((name) => !among.has(name)).sort()
  return { teams: unknown(teams, known.teams), healthPolicies: unknown(policies, known.policies) }
}
