import { parseKeyResultKey, parseObjectiveKey } from '../../domain/ids.ts'
import type { KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { GoalSet } from '../../domain/okrs/goal-set.ts'
import type { OkrDocument } from '../../domain/okrs/okr-document.ts'
import type { Records } from '../ports/records.ts'

/**
 * Every stored goal that a document speaks of or moves: with an objective, key results that the document does not name.
 * And all that those support or need, up to the top: what a circle could close over.
 */
export async function loadGoals(
  { okrSets }: Pick<Records, 'okrSets'>,
  document: OkrDocument<unknown>,
): Promise<GoalSet> {
  const asked = referredByDocument(document)
  const keyResults = document.objectives.flatMap((objective) => objective.keyResults)
  for (;;) {
    const set = await okrSets.read({
      cycles: document.cycles.map(({ key }) => key),
      objectives: [...asked].flatMap((key) => parseObjectiveKey(key) ?? []),
      wholeObjectives: document.objectives.map(({ key }) => key),
      keyResults: [...asked].flatMap((key) => parseKeyResultKey(key) ?? []),
      initiatives: keyResults.flatMap(({ initiatives }) => initiatives.map(({ key }) => key)),
      kpis: document.kpis.map(({ key }) => key),
    })
    const loaded = new Set<string>([...set.objectives, ...set.keyResults].map(({ key }) => key))
    const further = [...referredByStored(set)].filter((key) => !loaded.has(key) && !asked.has(key))
    if (further.length === 0) return set
    for (const key of further) asked.add(key)
  }
}

type AnyKey = ObjectiveKey | KeyResultKey

function referredByDocument({ objectives }: OkrDocument<unknown>): Set<AnyKey> {
  const keys = new Set<AnyKey>()
  for (const { key, parent, keyResults } of objectives) {
    keys.add(key)
    if (parent !== null) keys.add(parent)
    for (const own of keyResults) for (const each of [own.key, ...own.dependsOn]) keys.add(each)
  }
  return keys
}

function referredByStored({ objectives, keyResults, initiatives }: GoalSet): Set<AnyKey> {
  return new Set<AnyKey>([
    ...objectives.flatMap(({ parent }) => parent ?? []),
    ...keyResults.flatMap(({ objective, dependsOn }) => [objective, ...dependsOn]),
    ...initiatives.map(({ keyResult }) => keyResult),
  ])
}
