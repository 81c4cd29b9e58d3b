import {
  HIGHEST_CHOSEN_NUMBER,
  numberOf,
  type CycleKey,
  type InitiativeKey,
  type KeyResultKey,
  type KpiKey,
  type ObjectiveKey,
} from '../ids.ts'
import { sameText } from './same-text.ts'
import type { GoalSet } from '../okrs/goal-set.ts'

type AnyKey = ObjectiveKey | KeyResultKey | InitiativeKey | KpiKey

/** A goal as lines name it: where it is, and what it is called. */
export interface BookedGoal {
  readonly key: AnyKey
  /** The cycle it belongs to; null: none. */
  readonly cycle: CycleKey | null
  /** The key of what holds it; null: nothing does. */
  readonly holder: AnyKey | null
  readonly title: string
  readonly externalId: string | null
}

/** Every goal there is and every goal a file makes, to be found by what lines call it. */
export interface GoalBook {
  /** An archived goal by its key, in any case; by nothing else: its title may be another goal's by now. */
  archived(key: string): BookedGoal | undefined
  /** The next free number of a kind of key: `KR-`. */
  nextKey(prefix: 'O' | 'KR' | 'INI' | 'KPI'): string
  enter(goal: BookedGoal): void
  /** By its key; one that is not archived. */
  goal(key: string): BookedGoal | undefined
  /**
   * By its external id within a cycle, or in any when the cycle is not known; `prefixes` say which kinds may match, the
   * first of them before the others. Of several goals the one that came last.
   */
  byExternalId(id: string, cycle: CycleKey | null, prefixes: readonly string[]): BookedGoal | undefined
  /** By its title under what holds it, or within its cycle. */
  byTitle(title: string, within: string, prefixes: readonly string[]): BookedGoal | undefined
}

export function createGoalBook(stored: GoalSet, keysInFile: readonly AnyKey[]): GoalBook {
  const goals = new Map<string, BookedGoal>()
  const archived = new Map<string, BookedGoal>()
  const named = new Map<string, BookedGoal>()
  const last: Record<string, number> = {}
  const count = (key: AnyKey) => {
    const prefix = prefixOf(key)
    last[prefix] = Math.max(last[prefix] ?? 0, numberOf(key))
  }
  const entryOf = (how: 'title' | 'id', within: string | null, prefix: string, text: string) =>
    `${how}\0${within ?? ''}\0${prefix}\0${sameText(text)}`
  const name = (how: 'title' | 'id', within: string | null, text: string, goal: BookedGoal) => {
    named.set(entryOf(how, within, prefixOf(goal.key), text), goal)
  }
  const called = (how: 'title' | 'id', within: string | null, text: string, prefixes: readonly string[]) => {
    for (const prefix of prefixes) {
      const goal = named.get(entryOf(how, within, prefix, text))
      if (goal !== undefined) return goal
    }
    return undefined
  }
  const book: GoalBook = {
    archived: (key) => archived.get(key.trim().toUpperCase()),
    nextKey(prefix) {
      last[prefix] = (last[prefix] ?? 0) + 1
      return `${prefix}-${last[prefix]}`
    },
    enter(goal) {
      goals.set(goal.key, goal)
      const { cycle, holder, title, externalId } = goal
      name('title', cycle, title, goal)
      if (holder !== null) name('title', holder, title, goal)
      if (externalId === null) return
      name('id', cycle, externalId, goal)
      name('id', null, externalId, goal)
    },
    goal: (key) => goals.get(key),
    byExternalId: (id, cycle, prefixes) => called('id', cycle, id, prefixes),
    byTitle: (title, within, prefixes) => called('title', within, title, prefixes),
  }
  const enterStored = (goal: BookedGoal, archivedAt: number | null) => {
    count(goal.key)
    if (archivedAt === null) book.enter(goal)
    else archived.set(goal.key, goal)
  }
  for (const objective of stored.objectives) {
    enterStored({ ...objective, holder: null }, objective.archivedAt)
  }
  const cycleOf = new Map(stored.objectives.map(({ key, cycle }) => [key, cycle]))
  for (const keyResult of stored.keyResults) {
    const { objective } = keyResult
    enterStored(
      { ...keyResult, cycle: cycleOf.get(objective) ?? null, holder: objective },
      keyResult.archivedAt,
    )
  }
  for (const initiative of stored.initiatives) {
    enterStored(
      { ...initiative, cycle: null, holder: initiative.keyResult, externalId: null },
      initiative.archivedAt,
    )
  }
  for (const kpi of stored.kpis) enterStored({ ...kpi, cycle: null, holder: null }, kpi.archivedAt)
  // One that is refused for its size must not make those that are counted on from it too long.
  keysInFile.filter((key) => numberOf(key) <= HIGHEST_CHOSEN_NUMBER).forEach(count)
  return book
}

function prefixOf(key: string): string {
  return key.slice(0, key.indexOf('-'))
}
