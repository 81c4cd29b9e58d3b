import { valueText } from './conflict-text.ts'
import type { GoalKind } from './goal-set.ts'
import type { OkrPlan, PlannedChange } from './plan.ts'
import type { ProgressEffect } from './progress-effect.ts'

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

/** A plan as a diff for people: each goal with what becomes of it, and what that does to its progress. */
export function planText({ changes }: OkrPlan): string {
  if (changes.length === 0) return 'Nothing to do: the goals are as the file says.'
  const lines = changes.slice(0, MOST_SHOWN).flatMap(linesOf)
  const rest = changes.length - MOST_SHOWN
  return [...lines, ...(rest > 0 ? [`… and ${rest} more changes`] : []), '', countText(changes)].join('\n')
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
