import type { CycleKey } from '../../domain/ids.ts'
import { templateOf, type GoalTemplate } from '../../domain/templates/goal-template.ts'
import { ThroughlineError } from '../errors.ts'
import { changeGoals, type ChangeDeps } from '../goals/change-goals.ts'
import { findCycle } from '../goals/find-goals.ts'
import { liveKeyResults } from '../goals/live-key-results.ts'
import type { Records } from '../ports/records.ts'
import { objectivesOf } from './objectives-of-cycle.ts'

export interface NewTemplate {
  readonly name: string
  readonly title: string
  readonly cycle: CycleKey
  /** Whether it says who answers for what. */
  readonly keepsOwners: boolean
}

/**
 * Saves the live objectives of a cycle, open or closed, as a set to start other cycles from. Throws
 * `OKR_CYCLE_NOT_FOUND`, `OKR_TEMPLATE_EXISTS`, and `OKR_INPUT_INVALID` for a cycle without objectives.
 */
export function saveTemplate(
  deps: ChangeDeps,
  { name, title, cycle: key, keepsOwners }: NewTemplate,
): Promise<GoalTemplate> {
  return changeGoals(deps, async (records, now) => {
    const cycle = await findCycle(records, key)
    const objectives = await objectivesOf(records, cycle, { includeArchived: false })
    if (objectives.length === 0) throw isEmpty(key)
    const goals = await liveKeyResults(records, { cycle: key })
    const byObjective = Map.groupBy(goals, (goal) => goal.objective.key)
    const sets = objectives.map((objective) => ({
      objective,
      keyResults: (byObjective.get(objective.key) ?? []).map(({ keyResult }) => keyResult),
    }))
    const template: GoalTemplate = {
      name,
      title,
      savedAt: now,
      objectives: templateOf(sets, cycle, keepsOwners),
    }
    if (!(await records.templates.insert(template))) {
      throw new ThroughlineError(
        'OKR_TEMPLATE_EXISTS',
        `There is a template ${name} already. Choose another name, or remove that one first.`,
      )
    }
    return {
      result: template,
      record: {
        action: 'template.save',
        subject: name,
        before: null,
        after: { title, cycle: key, objectives: objectives.length, keyResults: goals.length },
        feed: { kind: 'template.saved', data: { title, cycle: key, objectives: objectives.length } },
      },
    }
  })
}

/** Throws `OKR_TEMPLATE_NOT_FOUND`. */
export async function findTemplate(
  { templates }: Pick<Records, 'templates'>,
  name: string,
): Promise<GoalTemplate> {
  const template = await templates.one(name)
  if (template === null) {
    throw new ThroughlineError('OKR_TEMPLATE_NOT_FOUND', `There is no template ${name}.`)
  }
  return template
}

/** Removes a template; the goals that were made from it stay. Throws `OKR_TEMPLATE_NOT_FOUND`. */
export function removeTemplate(deps: ChangeDeps, name: string): Promise<void> {
  return changeGoals(deps, async (records) => {
    const before = await findTemplate(records, name)
    await records.templates.remove(name)
    return {
      result: undefined,
      record: {
        action: 'template.remove',
        subject: name,
        before,
        after: null,
        feed: { kind: 'template.removed', data: { title: before.title } },
      },
    }
  })
}

function isEmpty(key: CycleKey): ThroughlineError {
  const message = `${key} has no objectives, so there is nothing to save`
  return new ThroughlineError('OKR_INPUT_INVALID', `${message}.`, { problems: [{ field: 'cycle', message }] })
}
