import type { Verdict } from '../grades/grade.ts'
import { dayOf } from '../time.ts'
import { hintSentence } from './hint-sentence.ts'
import { keyResultMarkdown } from './key-result-markdown.ts'
import { countText, listText, markdownTable, markdownText, percentText, scoreText } from './markdown-text.ts'
import type { ObjectiveRetrospective, Retrospective } from './retrospective.ts'

/** The retrospective as a person reads it, in English. Titles are only ever text in it. */
export function retrospectiveMarkdown(retrospective: Retrospective): string {
  const { cycle, objectives, hints } = retrospective
  return [
    `# Retrospective: ${markdownText(cycle.title)} (${cycle.key})`,
    standingText(retrospective),
    '## In short',
    ...(objectives.length === 0 ? ['This cycle has no objectives.'] : inShort(retrospective)),
    ...(hints.length === 0 ? [] : ['## Before the next cycle', hintList(hints.map(hintSentence))]),
    ...objectives.flatMap((objective) => objectiveMarkdown(objective, cycle.timeZone)),
  ]
    .join('\n\n')
    .concat('\n')
}

function standingText({ cycle, asOf, closedAt, isEarly }: Retrospective): string {
  const time = `${cycle.startDay} to ${cycle.endDay}`
  const asOfDay = dayOf(asOf, cycle.timeZone)
  if (closedAt === null) {
    return `${time}\n\n> **Preview: this cycle is not closed.** These are its numbers as of ${asOfDay}; they still change.`
  }
  const early = isEarly ? ', before its end' : ''
  return `${time} · closed on ${dayOf(closedAt, cycle.timeZone)} · graded as of ${asOfDay}${early}`
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
  const { forecasts, changes, warnings, delivered, withoutData } = summary
  return [
    `${countText(summary.objectives, 'objective')} with ${countText(summary.keyResults, 'key result')}; ` +
      `mean grade ${scoreText(summary.meanScore)}.`,
    ...(withoutData.length === 0 ? [] : [`Without data, and so counted as 0: ${listText(withoutData)}.`]),
    changesText(changes),
    `${countText(warnings.raised, 'warning')} ${warnings.raised === 1 ? 'was' : 'were'} raised, ` +
      `${warnings.standing} still stood at the end.`,
    forecasts.brier === null
      ? 'No forecast can be held against its outcome.'
      : `Forecasts: Brier score ${forecasts.brier.toFixed(2)} over ${countText(forecasts.forecasts, 'forecast')} ` +
        '(0 is perfect, a coin gets 0.25).',
    `Delivered: ${countText(delivered.issues, 'issue')}, ${countText(delivered.points, 'point')}` +
      `${delivered.unestimated === 0 ? '' : ` (${countText(delivered.unestimated, 'issue')} not estimated)`}.`,
  ]
}

function changesText({
  targets,
  targetsLowered,
  dueDates,
  scope,
}: Retrospective['summary']['changes']): string {
  if (targets + dueDates + scope === 0) return 'No target, due date or scope was changed.'
  const easier = targetsLowered === 0 ? '' : ` (${targetsLowered} made easier)`
  return `Changed on the way: ${countText(targets, 'target')}${easier}, ${countText(dueDates, 'due date')}, scope by ${countText(scope, 'issue')}.`
}

function objectiveMarkdown(objective: ObjectiveRetrospective, timeZone: string): string[] {
  const { key, title, level, ambition, team, grade, keyResults, hints, delivered } = objective
  const about = [level, ambition, ...(team === null ? [] : [`team ${team}`])].join(' · ')
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
    ...keyResults.flatMap((keyResult) => keyResultMarkdown(keyResult, timeZone)),
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
