import { parseKeyResultKey, parseObjectiveKey } from '../../domain/ids.ts'
import type { GoalKey } from '../../domain/goals.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { Records } from '../ports/records.ts'

/** What goals that rows refer to are by now. */
export interface Standing {
  readonly isLive: (key: GoalKey) => boolean
  /** How a key result is measured; null for another key. */
  readonly measureOf: (key: GoalKey) => Measure | null
}

/** Looks up the goals that a page of rows refers to. */
export async function standingOf(
  { okrSets }: Pick<Records, 'okrSets'>,
  keys: readonly GoalKey[],
): Promise<Standing> {
  const asked = [...new Set(keys)]
  const { objectives, keyResults } = await okrSets.read({
    cycles: [],
    objectives: asked.flatMap((key) => parseObjectiveKey(key) ?? []),
    wholeObjectives: [],
    keyResults: asked.flatMap((key) => parseKeyResultKey(key) ?? []),
    initiatives: [],
    kpis: [],
  })
  const live = new Set<string>(
    [...objectives, ...keyResults].filter(({ archivedAt }) => archivedAt === null).map(({ key }) => key),
  )
  const measures = new Map<string, Measure>(keyResults.map(({ key, measure }) => [key, measure]))
  return { isLive: (key) => live.has(key), measureOf: (key) => measures.get(key) ?? null }
}
