import type { Verdict } from '../grades/grade.ts'
import { shownProgress } from '../measures/progress.ts'
import { dayOf } from '../time.ts'
import { daysOfCycle, dayWords } from './day-words.ts'
import { hintSentence } from './hint-sentence.ts'
import { keyResultMarkdown } from './key-result-markdown.ts'
import {
  amountText,
  countText,
  listText,
  markdownTable,
  markdownText,
  percentText,
  scoreText,
} from './markdown-text.ts'
import type { DroppedGoal, ObjectiveRetrospective, Retrospective } from './retrospective.ts'

/** The retrospective as a person reads it, in English. Titles are only ever text in it. */
export function retrospectiveMarkdown(retrospective: Retrospective): string {
  const { cycle, objectives, hints, dropped } = retrospective
  return [
    `# Retrospective: ${markdownText(cycle.title)} (${cycle.key})`,
    standingText(retrospective),
    '## In short',
    ...(objectives.length === 0 ? ['This cycle has no objectives.'] : inShort(retrospective)),
    ...(hints.length === 0 ? [] : ['## Before the next cycle', hintList(hints.map(hintSentence))]),
    ...objectives.flatMap((objective) => objectiveMarkdown(objective, cycle)),
    ...(dropped.length === 0
      ? []
      : ['## Given up on the way', hintList(dropped.map((goal) => droppedLine(goal, cycle)))]),
  ]
    .join('\n\n')
    .concat('\n')
}

function standingText({ cycle, asOf, closedAt, isEarly }: Retrospective): string {
  const time = `${dayWords(cycle.startDay)} to ${dayWords(cycle.endDay)}`
  const asOfDay = dayWords(dayOf(asOf, cycle.timeZone))
  if (closedAt === null) {
    return `${time}\n\n> **Preview: this cycle is not closed.** These are its numbers as of ${asOfDay}; they still change.`
  }
  const early = isEarly ? ', before its end' : ''
  return `${time} · closed on ${dayWords(dayOf(closedAt, cycle.timeZone))} · graded as of ${asOfDay}${early}`
}

function droppedLine(
  { key, title, objective, archivedAt, rawProgress }: DroppedGoal,
  cycle: Retrospective['cycle'],
): string {
  const day = daysOfCycle(cycle)(dayOf(archivedAt, cycle.timeZone))
  const place = objective === null ? '' : ` (of ${objective})`
  const way = rawProgress === null ? '' : `, ${percentText(shownProgress(rawProgress) * 100)} of the way`
  return `${key} ${markdownText(title)}${place}: archived on ${day}${way}.`
}

function inShort({ summary, objectives }: Retrospective): string[] {
  const rows = objectives.map(({ key, title, ambition, grade, keyResults }) => [
    key,
    markdownText(title),
    ambition,
    String(keyResults.length),
    scoreText(grade.score),
    grade.verdict === null ? 'not graded' : VERDICTS[grade.verdict],
  ])
  const header = ['key', 'objective', 'ambition', 'key results', 'grade', 'verdict'].map((title, column) => ({
    title,
    isNumber: column === 3 || column === 4,
  }))
  return [markdownTable(header, rows), hintList(facts(summary))]
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  pass: '✔ passed',
  good: '✔ good',
  progress: '◐ progress',
  miss: '✘ missed',
}

function facts(summary: Retrospective['summary']): string[] {
  const { changes, warnings, delivered, withoutData } = summary
  const unestimated =
    delivered.unestimated === 0 ? '' : ` (${countText(delivered.unestimated, 'issue')} without an estimate)`
  return [
    `${countText(summary.objectives, 'objective')} with ${countText(summary.keyResults, 'key result')}; ` +
      `mean grade ${scoreText(summary.meanScore)}.`,
    ...(withoutData.length === 0 ? [] : [`Without data, and so counted as 0: ${namedText(withoutData)}.`]),
    changesText(changes),
    ...(changes.late === 0
      ? []
      : [`${countText(changes.late, 'change')} came after the end of the cycle; nothing is graded by that.`]),
    warningsText(warnings),
    forecastsText(summary.forecasts),
    `Delivered: ${countText(delivered.issues, 'issue')}, ${countText(delivered.points, 'point')}${unestimated}.`,
  ]
}

/** More than these are not named one by one. */
const MAX_NAMED = 12

function namedText(keys: readonly string[]): string {
  const more = keys.length - MAX_NAMED
  return listText(more > 0 ? [...keys.slice(0, MAX_NAMED), `${amountText(more)} more`] : keys)
}

function warningsText({ raised, standing }: Retrospective['summary']['warnings']): string {
  if (raised === 0) return 'Nothing was warned of.'
  const stood = standing === 0 ? 'none still stood' : `${standing} still stood`
  return `${countText(raised, 'warning')} ${raised === 1 ? 'was' : 'were'} raised; ${stood} at the end.`
}

/** A Brier score up to each of these, in words. */
const FORECAST_WORTH: readonly (readonly [number, string])[] = [
  [0.1, 'were good'],
  [0.2, 'were fair'],
  [0.3, 'were about as good as a coin'],
  [1, 'were worse than a coin'],
]

function forecastsText({ forecasts, brier }: Retrospective['summary']['forecasts']): string {
  if (brier === null) return 'No forecast can be held against what came of it.'
  const worth = FORECAST_WORTH.find(([limit]) => brier <= limit)?.[1] ?? 'were worse than a coin'
  return `Forecasts ${worth}: Brier score ${brier.toFixed(2)} over ${forecasts} (0 is perfect, a coin gets 0.25).`
}

function changesText(changes: Retrospective['summary']['changes']): string {
  const { targets, baselines, dueDates, weights, rules, scope, easier } = changes
  const moved = [
    ...(targets === 0 ? [] : [countText(targets, 'target')]),
    ...(baselines === 0 ? [] : [countText(baselines, 'baseline')]),
    ...(rules === 0 ? [] : [countText(rules, 'way of measuring', 'ways of measuring')]),
    ...(dueDates === 0 ? [] : [countText(dueDates, 'due day')]),
    ...(weights === 0 ? [] : [countText(weights, 'weight')]),
    ...(scope === 0 ? [] : [`the scope by ${countText(scope, 'issue')}`]),
  ]
  if (moved.length === 0) return 'No goal and no scope was changed on the way.'
  const less = easier === 0 ? '' : `; ${easier} of these ${easier === 1 ? 'made' : 'each made'} a goal easier`
  return `Changed on the way: ${listText(moved)}${less}.`
}

const LEVELS: Readonly<Record<ObjectiveRetrospective['level'], string>> = {
  company: 'Company objective',
  department: 'Department objective',
  team: 'Team objective',
  individual: 'Individual objective',
}

function objectiveMarkdown(objective: ObjectiveRetrospective, cycle: Retrospective['cycle']): string[] {
  const { key, title, level, ambition, team, grade, keyResults, hints, delivered } = objective
  const about = [LEVELS[level], ambition, ...(team === null ? [] : [`team ${team}`])].join(' · ')
  const rule =
    ambition === 'committed'
      ? 'a committed objective passes at 1.0'
      : 'an aspirational objective is good from 0.7, progress from 0.4'
  const verdict =
    grade.verdict === null
      ? 'Not graded: it has no key results.'
      : `Grade **${scoreText(grade.score)}**: ${VERDICTS[grade.verdict]} (${rule}).`
  return [
    `## ${key} ${markdownText(title)}`,
    `${about}. ${verdict}`,
    ...(hints.length === 0 ? [] : [hintList(hints.map(hintSentence))]),
    ...(delivered.issues === 0 ? [] : [investmentTable(objective)]),
    ...keyResults.flatMap((keyResult) => keyResultMarkdown(keyResult, cycle)),
  ]
}

function investmentTable({ keyResults }: ObjectiveRetrospective): string {
  const header = ['key', 'issues', 'points', 'meant', 'went', 'deviation'].map((title, column) => ({
    title,
    isNumber: column > 0,
  }))
  const rows = keyResults.map(({ key, investment }) => [
    key,
    String(investment.issues),
    String(Number(investment.points.toFixed(1))),
    percentText(investment.intendedPercent),
    percentText(investment.actualPercent),
    investment.deviation === null ? '–' : signed(Math.round(investment.deviation)),
  ])
  const by = keyResults[0]?.investment.by ?? 'issues'
  return `Where the work went, by ${by}; deviation in percentage points:\n\n${markdownTable(header, rows)}`
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}

function hintList(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}
