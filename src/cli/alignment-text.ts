import type { Alignment, AlignmentNode } from '../domain/alignment/alignment.ts'
import type { GoalKey } from '../domain/goals.ts'
import type { Health } from '../domain/health/health.ts'
import { healthWords } from '../domain/roll-up/figures.ts'
import { plainText } from '../domain/writeback/plain-text.ts'
import { wholePercent } from '../domain/writeback/whole-percent.ts'

/** Text of people is shown as one line without control characters: a terminal would obey them. */
const TITLE = 70

/** The tree of an alignment with how each goal stands, then what supports nothing, then what does not fit. */
export function alignmentText({ cycles, roots, orphans, conflicts }: Alignment): string {
  const name = cycles.map(({ key }) => key).join(', ')
  const parts = [
    cycles.length === 0 ? 'No cycle runs now.' : `Alignment of ${name}`,
    roots.length === 0 ? 'There are no objectives.' : roots.flatMap((root) => treeLines(root)).join('\n'),
    orphans.length === 0 ? '' : `Below the company and supporting nothing: ${orphans.join(', ')}.`,
    conflicts.length === 0
      ? 'Conflicts: none.'
      : ['Conflicts:', ...conflicts.map(({ sentence }) => `  ${plainText(sentence, 300)}`)].join('\n'),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** An objective, its key results with what supports each below it, then what supports the objective itself. */
function treeLines({ objective, standing, isElsewhere, keyResults, children }: AlignmentNode): string[] {
  const { key, level, cycle, title } = objective
  const place = isElsewhere ? `${level} of ${cycle}` : level
  const supporting = (goal: GoalKey) => children.filter((child) => child.objective.parent === goal)
  const listed = new Set<GoalKey>(keyResults.map((one) => one.key))
  const below = [
    ...keyResults.map((one) => [
      `${one.key}  ${standingText(one.health, one.progress)}  ${plainText(one.title, TITLE)}`,
      ...branches(supporting(one.key).map(treeLines)),
    ]),
    ...children.filter((child) => !listed.has(child.objective.parent ?? key)).map(treeLines),
  ]
  return [
    `${key} ${place}  ${standingText(standing.health, standing.progress)}  ${plainText(title, TITLE)}`,
    ...branches(below),
  ]
}

function branches(groups: readonly (readonly string[])[]): string[] {
  return groups.flatMap(([first = '', ...rest], index) => {
    const isLast = index === groups.length - 1
    return [`${isLast ? '└─' : '├─'} ${first}`, ...rest.map((line) => `${isLast ? '  ' : '│ '} ${line}`)]
  })
}

function standingText(health: Health, progress: number | null): string {
  const percent = wholePercent(progress)
  return `${percent === null ? '–' : `${percent} %`} ${healthWords(health)}`
}
