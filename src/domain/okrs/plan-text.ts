import { valueText } from './conflict-text.ts'
import type { Goal, GoalKind } from './goal-set.ts'
import type { OkrPlan, PlannedChange } from './plan.ts'
import type { ObjectiveEffect, ProgressEffect } from './progress-effect.ts'

const SIGNS = { create: '+', change: '~', restore: '↑', archive: '-' } as const

const DONE = { create: 'created', change: 'changed', restore: 'restored', archive: 'archived' } as const

const NAMES: Readonly<Record<GoalKind, readonly [string, string]>> = {
  team: ['team', 'teams'],
  cycle: ['cycle', 'cycles'],
  objective: ['objective', 'objectives'],
  key_result: ['key result', 'key results'],
  initiative: ['initiative', 'initiatives'],
  kpi: ['KPI', 'KPIs'],
}

/** Beyond this many lines nobody reads on: the rest is counted. */
const MOST_SHOWN = 200

/**
 * A plan as a diff for people: each goal with what becomes of it, and what that does to its progress; then what all of
 * it does to objectives, and what the file leaves alone.
 */
export function planText({ changes, objectives, leftAlone }: OkrPlan): string {
  const rest = changes.length - MOST_SHOWN
  const parts = [
    [...changes.slice(0, MOST_SHOWN).flatMap(linesOf), ...(rest > 0 ? [`… and ${rest} more changes`] : [])],
    objectives.length === 0 ? [] : ['Progress of objectives:', ...shortened(objectives.map(objectiveLine))],
    leftAlone.length === 0 ? [] : [leftAloneLine(leftAlone)],
    [changes.length === 0 ? 'Nothing to do: the goals are as the file says.' : countText(changes)],
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function shortened(lines: readonly string[]): string[] {
  const rest = lines.length - MOST_SHOWN
  return [...lines.slice(0, MOST_SHOWN), ...(rest > 0 ? [`… and ${rest} more`] : [])]
}

function linesOf({ kind, key, title, action, properties, progress }: PlannedChange): string[] {
  return [
    `${SIGNS[action]} ${NAMES[kind][0]} ${key}  ${title}`,
    ...properties.map(({ name, before, after }) => `    ${name}: ${valueText(before)} → ${valueText(after)}`),
    ...(progress === null ? [] : [`    ${effectText(progress)}`]),
  ]
}

function effectText(effect: ProgressEffect): string {
  if (effect.kind === 'recomputed')
    return 'progress: recomputed after apply; what is measured becomes another thing'
  return `progress: ${percent(effect.before)} → ${percent(effect.after)}, for the goal moves and nobody got any further`
}

function percent(raw: number): string {
  return `${Math.round(raw * 1_000) / 10} %`
}

function objectiveLine({ objective, title, before, after, awaited, because }: ObjectiveEffect): string {
  const is = after === null && awaited.length > 0 ? 'recomputed after apply' : shareText(after)
  const moves = `${shareText(before)} → ${is}`
  const further =
    after === null || awaited.length === 0 ? '' : `; ${namesText(awaited)} from the first value on`
  return `  ${objective}  ${title}: ${moves}${further} (${namesText(because)})`
}

function shareText(share: number | null): string {
  return share === null ? 'no data' : percent(share)
}

function leftAloneLine(goals: readonly Goal[]): string {
  const keys = goals.map(({ goal }) => goal.key)
  return `Left as they are, for no file ever named them: ${namesText(keys)}`
}

/** Beyond this many names, the rest is counted. */
const MOST_NAMES = 20

function namesText(keys: readonly string[]): string {
  const rest = keys.length - MOST_NAMES
  return keys.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** `2 key results created, 1 objective archived` */
export function countText(changes: readonly PlannedChange[]): string {
  const groups = Map.groupBy(changes, ({ kind, action }) => `${kind} ${action}`)
  return [...groups.values()]
    .map((group) => {
      const { kind, action } = group[0]!
      return `${group.length} ${NAMES[kind][group.length === 1 ? 0 : 1]} ${DONE[action]}`
    })
    .join(', ')
}
