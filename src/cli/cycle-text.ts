import type { ClosedCycle } from '../app/cycles/close-cycle.ts'
import type { RolledOverCycle } from '../app/cycles/roll-over.ts'
import type { StartedGoals } from '../app/cycles/start-from-template.ts'
import { scoreText } from '../domain/retrospective/markdown-text.ts'
import type { GoalTemplate } from '../domain/templates/goal-template.ts'
import { plainText } from '../domain/writeback/plain-text.ts'
import { table } from './table.ts'

const CELL = 50

/** The grades of a closed cycle. */
export function closedText({ cycle, closing: { retrospective } }: ClosedCycle): string {
  const rows = retrospective.objectives.flatMap(({ key, title, grade, keyResults }) => [
    [key, plainText(title, CELL), scoreText(grade.score), grade.verdict ?? ''],
    ...keyResults.map((each) => [
      `  ${each.key}`,
      plainText(each.title, CELL),
      scoreText(each.grade.score),
      each.grade.hasNoData ? 'no data' : each.grade.verdict,
    ]),
  ])
  const head = `${cycle.key} is closed, graded as of ${new Date(retrospective.asOf).toISOString()}.`
  if (rows.length === 0) return `${head} It has no objectives.`
  return [
    head,
    table(['', 'title', 'grade', ''], rows),
    `What it came to: throughline cycle retrospective ${cycle.key}`,
  ].join('\n\n')
}

/** What went on into the next cycle, and what was left behind. */
export function rolledOverText({ from, into, objectives, keyResults }: RolledOverCycle): string {
  if (keyResults.length === 0) return `Nothing of ${from.key} is left to carry on.`
  const copied = objectives
    .filter(({ created }) => created)
    .map(
      (objective) => `  ${objective.from.key} → ${objective.to.key}  ${plainText(objective.to.title, CELL)}`,
    )
  const lines = keyResults.map(({ keyResult, clearedDueDay, clearedTargets, rebaselined }) => {
    const notes = [
      ...(clearedDueDay === null ? [] : [`due day ${clearedDueDay} cleared`]),
      ...(clearedTargets === 0 ? [] : [`${clearedTargets} planned targets cleared`]),
      ...(rebaselined === null ? [] : [`baseline ${rebaselined.from} → ${rebaselined.to}`]),
    ]
    const note = notes.length === 0 ? '' : ` (${notes.join('; ')})`
    return `  ${keyResult.key} in ${keyResult.objective}  ${plainText(keyResult.title, CELL)}${note}`
  })
  return [
    `Carried from ${from.key} into ${into.key}:`,
    ...lines,
    ...(copied.length === 0 ? [] : ['Objectives copied:', ...copied]),
  ].join('\n')
}

export function startedText({ cycle, objectives, missing }: StartedGoals): string {
  const gone = [
    ...missing.teams.map((team) => `team ${team}`),
    ...missing.healthPolicies.map((name) => `policy ${name}`),
  ]
  return [
    `Made in ${cycle.key}:`,
    ...objectives.flatMap(({ objective, keyResults }) => [
      `  ${objective.key}  ${plainText(objective.title, CELL)}`,
      ...keyResults.map(({ key, title }) => `    ${key}  ${plainText(title, CELL)}`),
    ]),
    ...(gone.length === 0 ? [] : [`Left out, since there is no such thing any more: ${gone.join(', ')}`]),
  ].join('\n')
}

export function templatesText(templates: readonly GoalTemplate[]): string {
  if (templates.length === 0) return 'There are no templates.'
  const rows = templates.map(({ name, title, savedAt, objectives }) => [
    name,
    plainText(title, CELL),
    String(objectives.length),
    String(objectives.reduce((sum, { keyResults }) => sum + keyResults.length, 0)),
    new Date(savedAt).toISOString().slice(0, 10),
  ])
  return table(['name', 'title', 'objectives', 'key results', 'saved'], rows)
}
