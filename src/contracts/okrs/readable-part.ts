import type { z } from 'zod'
import type { GoalKind } from '../../domain/okrs/goal-set.ts'
import { subjectOf } from '../../domain/okrs/goal-set.ts'
import type { DocumentPath, OkrDocument } from '../../domain/okrs/okr-document.ts'
import { keyCore, type Unread } from '../../domain/okrs/unread.ts'
import { valueAt } from '../problem-text.ts'

type Plain = Record<string | number, unknown>

/** The lists of a document, and of what. */
const LISTS: Readonly<Record<string, GoalKind>> = {
  cycles: 'cycle',
  teams: 'team',
  objectives: 'objective',
  keyResults: 'key_result',
  initiatives: 'initiative',
  kpis: 'kpi',
}

/** What a goal cannot be without; everything else has a default. */
const IN_PLACE: Readonly<Record<GoalKind, Plain>> = {
  cycle: { title: 'unread', startDay: '2000-01-01', endDay: '2000-01-01' },
  team: { title: 'unread' },
  objective: { title: 'unread', cycle: 'could-not-be-read' },
  key_result: { title: 'unread', measure: { kind: 'binary' } },
  initiative: { title: 'unread' },
  kpi: { title: 'unread', unit: 'unread', band: { atLeast: 0 } },
}

const PREFIXES: Readonly<Record<GoalKind, string>> = {
  cycle: 'could-not-be-read-',
  team: 'could-not-be-read-',
  objective: 'O-',
  key_result: 'KR-',
  initiative: 'INI-',
  kpi: 'KPI-',
}

/** Far above every key that can be chosen. */
const FIRST_KEY_IN_PLACE = 999_000_000

/** A document that becomes readable piece by piece: what cannot be read makes way for something that can. */
export interface ReadablePart {
  readonly value: unknown
  /** False: nothing of it is readable. */
  putAside(issues: readonly z.core.$ZodIssue[]): boolean
  /** What was put aside, once the rest is read. */
  unread(document: OkrDocument): Unread
}

/** Every part keeps its place, so that its line can be told. @param given is not touched */
export function createReadablePart(given: unknown): ReadablePart {
  const value = structuredClone(given)
  const keys: { kind: GoalKind; text: string }[] = []
  const kinds = new Set<GoalKind>()
  const properties: { kind: GoalKind; goal: DocumentPath; name: string }[] = []
  let keysInPlace = 0
  const keyInPlace = (kind: GoalKind) => `${PREFIXES[kind]}${FIRST_KEY_IN_PLACE + keysInPlace++}`

  const forgetList = (holder: Plain, name: string) => {
    kinds.add(LISTS[name]!)
    // Whoever cannot be read holds what cannot be read.
    if (name === 'objectives') kinds.add('key_result')
    if (Object.hasOwn(holder, name)) holder[name] = []
  }
  const forgetGoal = (list: Plain, index: number, kind: GoalKind) => {
    list[index] = { ...structuredClone(IN_PLACE[kind]), key: keyInPlace(kind) }
    kinds.add(kind)
    if (kind === 'objective') kinds.add('key_result')
  }
  const forgetKey = (goal: Plain, kind: GoalKind) => {
    const { key } = goal
    const text = typeof key === 'string' || typeof key === 'number' ? String(key) : ''
    // Without anything that tells it from others, any name may be its own.
    if (keyCore(kind, text) === '') kinds.add(kind)
    else keys.push({ kind, text })
    goal.key = keyInPlace(kind)
  }
  const forgetProperty = (goal: Plain, kind: GoalKind, [name, index]: readonly (string | number)[]) => {
    const list = name === 'dependsOn' ? goal[name] : undefined
    if (Array.isArray(list) && typeof index === 'number') list[index] = keyInPlace('key_result')
    else if (name === 'key') forgetKey(goal, kind)
    else if (Object.hasOwn(IN_PLACE[kind], name!)) goal[name!] = structuredClone(IN_PLACE[kind][name!])
    else Reflect.deleteProperty(goal, name!)
  }

  const forget = (path: DocumentPath): boolean => {
    let holder = value as Plain
    let kind: GoalKind | null = null
    let at = 0
    for (; at < path.length && Object.hasOwn(LISTS, path[at]!); at += 2) {
      const name = String(path[at])
      if (path.length === at + 1) {
        forgetList(holder, name)
        return true
      }
      const list = holder[name] as Plain
      const index = Number(path[at + 1])
      // Gone with all that was in it.
      if (list[index] === undefined) return true
      kind = LISTS[name]!
      if (path.length === at + 2) {
        forgetGoal(list, index, kind)
        return true
      }
      holder = list[index] as Plain
    }
    if (kind === null) {
      if (path[0] === 'version') holder.version = 1
      return path[0] === 'version'
    }
    forgetProperty(holder, kind, path.slice(at))
    properties.push({ kind, goal: path.slice(0, at), name: String(path[at]) })
    return true
  }

  const forgetUnknown = (path: DocumentPath, names: readonly string[]) => {
    const holder = valueAt(value, path) as Plain | undefined
    // Gone with what held it.
    if (holder === undefined) return true
    for (const name of names) {
      // A list under another name is most likely one of goals.
      if (Array.isArray(holder[name]))
        for (const list of path.length === 0 ? ALL : OF_OBJECTIVE) kinds.add(list)
      Reflect.deleteProperty(holder, name)
    }
    return true
  }

  return {
    value,
    putAside: (issues) =>
      issues.every((issue) => {
        const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
        return issue.code === 'unrecognized_keys' ? forgetUnknown(path, issue.keys) : forget(path)
      }),
    unread: (document) => ({ properties: bySubject(document, properties), keys, kinds }),
  }
}

const ALL: readonly GoalKind[] = Object.values(LISTS)
const OF_OBJECTIVE: readonly GoalKind[] = ['key_result']

function bySubject(
  document: OkrDocument,
  properties: readonly { kind: GoalKind; goal: DocumentPath; name: string }[],
): Unread['properties'] {
  const found = new Map<string, Set<string>>()
  for (const { kind, goal, name } of properties) {
    const known = valueAt(document, goal) as { readonly key: string } | undefined
    if (known === undefined) continue
    const subject = subjectOf(kind, known.key)
    const names = found.get(subject) ?? new Set()
    found.set(subject, names.add(name))
  }
  return found
}
