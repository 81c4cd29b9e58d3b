import type { Verdict } from '../grades/grade.ts'
import { shownProgress } from '../measures/progress.ts'
import { dayOf } from '../time.ts'
import { dayWords } from './day-words.ts'
import { hintSentence } from './hint-sentence.ts'
import { keyResultMarkdown } from './key-result-markdown.ts'
import { amountText, markdownTable, markdownText, percentText, scoreText, whyText } from './markdown-text.ts'
import type { DroppedGoal, MovedGoal, ObjectiveRetrospective, Retrospective } from './retrospective.ts'
import { deliveredText, factLines } from './summary-lines.ts'
import { tellingOf, type Telling } from './telling.ts'

/** The retrospective as a person reads it, in English. Titles are only ever text in it. */
export function retrospectiveMarkdown(retrospective: Retrospective): string {
  const { cycle, objectives, hints, dropped, movedAway } = retrospective
  const telling = tellingOf(retrospective)
  return [
    `# Retrospective: ${markdownText(cycle.title)} (${cycle.key})`,
    standingText(retrospective),
    '## In short',
    ...(objectives.length === 0 ? ['This cycle has no objectives.'] : inShort(retrospective, telling)),
    ...(hints.length === 0 ? [] : ['## Before the next cycle', hintList(hints.map(hintSentence))]),
    ...objectives.flatMap((objective) => objectiveMarkdown(objective, telling)),
    ...(dropped.length === 0
      ? []
      : ['## Given up on the way', hintList(dropped.map((goal) => droppedLine(goal, telling)))]),
    ...(movedAway.length === 0
      ? []
      : ['## Moved to another cycle', hintList(movedAway.map((goal) => movedLine(goal, telling)))]),
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

function droppedLine(goal: DroppedGoal, { dayAt }: Telling): string {
  return `${goalText(goal)}: archived on ${dayAt(goal.archivedAt)}${reachedText(goal)}.`
}

function movedLine(goal: MovedGoal, { dayAt }: Telling): string {
  return `${goalText(goal)}: moved to ${goal.into} on ${dayAt(goal.at)}${reachedText(goal)}.${whyText(goal)}`
}

function goalText({ key, title, objective }: Pick<DroppedGoal, 'key' | 'title' | 'objective'>): string {
  return `${key} ${markdownText(title)}${objective === null ? '' : ` (of ${objective})`}`
}

function reachedText({ rawProgress }: Pick<DroppedGoal, 'rawProgress'>): string {
  return rawProgress === null ? '' : `, ${percentText(shownProgress(rawProgress) * 100)} of the way`
}

function inShort({ summary, objectives }: Retrospective, telling: Telling): string[] {
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
  return [markdownTable(header, rows), hintList(factLines(summary, telling))]
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  pass: '✔ passed',
  good: '✔ good',
  progress: '◐ progress',
  miss: '✘ missed',
}

const LEVELS: Readonly<Record<ObjectiveRetrospective['level'], string>> = {
  company: 'Company objective',
  department: 'Department objective',
  team: 'Team objective',
  individual: 'Individual objective',
}

function objectiveMarkdown(objective: ObjectiveRetrospective, telling: Telling): string[] {
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
    ...(delivered.issues === 0 ? [] : [investmentText(objective)]),
    ...keyResults.flatMap((keyResult) => keyResultMarkdown(keyResult, telling)),
  ]
}

/** Of one key result all work went into it, as was meant. */
function investmentText({ keyResults, delivered }: ObjectiveRetrospective): string {
  if (keyResults.length === 1) return deliveredText(delivered)
  const header = ['key', 'issues', 'points', 'meant', 'went', 'deviation'].map((title, column) => ({
    title,
    isNumber: column > 0,
  }))
  const rows = keyResults.map(({ key, investment }) => [
    key,
    amountText(investment.issues),
    amountText(investment.points),
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
