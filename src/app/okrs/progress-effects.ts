import type { KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import { objectiveAbove } from '../../domain/alignment/lineage.ts'
import { subjectOf, type Goal } from '../../domain/okrs/goal-set.ts'
import { movesObjectives, objectiveEffects } from '../../domain/okrs/objective-effect.ts'
import type { PlannedChange } from '../../domain/okrs/plan.ts'
import { progressEffect, type ObjectiveEffect } from '../../domain/okrs/progress-effect.ts'
import type { Records } from '../ports/records.ts'
import type { Worlds } from './goal-problems.ts'

/** Changes with what each does to the progress of its key result. */
export async function withEffects(
  { progress }: Pick<Records, 'progress'>,
  changes: readonly PlannedChange[],
): Promise<PlannedChange[]> {
  const remeasured = changes.flatMap(({ before, after, properties }): KeyResultKey[] => {
    const isMeasured = properties.some(({ name }) => name.startsWith('measure'))
    return before !== null && after.kind === 'key_result' && isMeasured ? [after.goal.key] : []
  })
  const snapshots = await progress.latestSnapshots(remeasured)
  return changes.map((change) => {
    const { before, after } = change
    if (before?.kind !== 'key_result' || after.kind !== 'key_result') return change
    const numbers = snapshots.get(after.goal.key)?.numbers ?? null
    return { ...change, progress: progressEffect(before.goal, after.goal, numbers) }
  })
}

/** What changes do to the progress of stored objectives: reads only what counts for those they can move. */
export async function objectivesMoved(
  { alignment }: Pick<Records, 'alignment'>,
  changes: readonly PlannedChange[],
  worlds: Worlds,
): Promise<ObjectiveEffect[]> {
  const moving = changes.filter(movesObjectives)
  const touched = new Set(
    moving.flatMap(({ before, after }) => [
      ...objectivesAt(before, worlds.before),
      ...objectivesAt(after, worlds.after),
    ]),
  )
  const stored = [...touched].filter((key) => worlds.before.has(key))
  if (stored.length === 0) return []
  const affected = await alignment.withAncestors(stored)
  const objectives = await alignment.contributingTo(affected.map(({ key }) => key))
  const keyResults = await alignment.keyResultsOf(objectives.map(({ key }) => key))
  return objectiveEffects(moving, { objectives, keyResults })
}

/** The objective a goal counts in, and itself. */
function objectivesAt(known: Goal | null, world: ReadonlyMap<string, Goal>): ObjectiveKey[] {
  if (known?.kind === 'key_result') return [known.goal.objective]
  if (known?.kind !== 'objective') return []
  const { key, parent } = known.goal
  const holder = parent === null ? undefined : world.get(subjectOf('key_result', parent))
  const objectiveOf = new Map(holder?.kind === 'key_result' ? [[holder.goal.key, holder.goal.objective]] : [])
  return [key, ...[objectiveAbove(parent, objectiveOf)].filter((above) => above !== null)]
}
