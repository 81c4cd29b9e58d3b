import type { BoardTrend } from '../app/sprints/board-trend.ts'
import type { PlannedSprint } from '../app/sprints/plan-sprint.ts'
import type { ReviewedSprint } from '../app/sprints/review-sprint.ts'
import type { StoodUpSprint } from '../app/sprints/stand-up-sprint.ts'
import type { OpenBlocker } from '../domain/sprints/blocked.ts'
import { amountOf, type Shares, type SprintAmount } from '../domain/sprints/allocation.ts'
import { healthOf } from '../domain/sprints/key-result-standing.ts'
import type { NeededPace } from '../domain/sprints/sprint-pace.ts'
import type { SprintPlan, UncoveredKeyResult } from '../domain/sprints/sprint-plan.ts'
import type { SprintIssue } from '../domain/sprints/sprint-report.ts'
import type { Move, StandupIssue } from '../domain/sprints/sprint-standup.ts'
import type { WorkItem } from '../domain/sprints/sprint-work.ts'
import { plainText } from '../domain/writeback/plain-text.ts'
import { table } from './table.ts'

/** Text of people is shown as one line without control characters: a terminal would obey them. */
const CELL = 60
const LINE = 200

/** How many issues or key results a list names before it only counts. */
const LISTED = 20

export function planText({ sprint, plan, forecast }: PlannedSprint): string {
  const { total, unaligned } = plan.allocation
  const rows = plan.keyResults.map(({ standing, drives, supports, share, pace, isNamedInGoal }) => [
    standing.keyResult + (isNamedInGoal ? ' *' : ''),
    plainText(standing.title, CELL),
    healthOf(standing).replace('_', ' '),
    String(drives.issues + supports.issues),
    number(drives.points + supports.points),
    percent(share.points ?? share.issues),
    ...paceCells(pace),
  ])
  return paragraphs(
    titleOf(sprint, plan.run),
    sprint.goal === '' ? '' : `Goal: ${plainText(sprint.goal, LINE)}`,
    `${amountText(total)}. Serving no key result: ${amountText(unaligned.amount)}, ${sharesText(unaligned.share)}.`,
    rows.length === 0
      ? 'No key result is served.'
      : table(['key result', 'title', 'health', 'issues', 'points', 'share', ...PACE_HEADER], rows),
    goalText(plan),
    uncoveredText(plan.uncovered),
    listText('Serve no key result', plan.servesNone),
    listText('Not estimated', plan.unestimated),
    blockedText(
      'Blocked',
      plan.blocked.map(({ item, blockers }) => ({ key: item.key, blockers })),
    ),
    `Forecast: ${percent(forecast.pUnder)} that it delivers less than its scope of now; ` +
      `${signed(forecast.expectedOutcome)} points expected. ${learnedText(forecast)}`,
  )
}

function learnedText({ learnedFrom, inputs }: PlannedSprint['forecast']): string {
  const strongest = inputs.slice(0, 3).map(({ name, pull }) => `${name} (${signed(pull)})`)
  const because = strongest.length === 0 ? '' : ` Moved most by ${strongest.join(', ')}.`
  return `Learned from ${counted(learnedFrom, 'earlier sprint')}.${because}`
}

const PACE_HEADER = ['left', 'sprints', 'needs per sprint', 'plans']

function paceCells(pace: NeededPace | null): string[] {
  if (pace === null) return ['', '', '', '']
  const { remaining, sprintsLeft, neededPerSprint, planned } = pace
  const needed = neededPerSprint === null ? '–' : number(neededPerSprint)
  return [number(remaining), String(sprintsLeft), needed, number(planned)]
}

function goalText({ named }: SprintPlan): string {
  if (named.length === 0) return ''
  const each = named.map(({ keyResult, standing, openIssues }) =>
    standing === null
      ? `${keyResult} (there is no such key result)`
      : `${keyResult} (${counted(openIssues, 'open issue')})`,
  )
  return `* named in the goal: ${each.join(', ')}`
}

function uncoveredText(uncovered: readonly UncoveredKeyResult[]): string {
  if (uncovered.length === 0) return ''
  const rows = uncovered
    .slice(0, LISTED)
    .map(({ standing, pace }) => [
      standing.keyResult,
      plainText(standing.title, CELL),
      healthOf(standing).replace('_', ' '),
      ...paceCells(pace),
    ])
  const more = uncovered.length > LISTED ? `\nand ${uncovered.length - LISTED} more` : ''
  return `In danger, and nothing open here serves them:\n${table(['key result', 'title', 'health', ...PACE_HEADER], rows)}${more}`
}

function listText(title: string, items: readonly WorkItem[]): string {
  if (items.length === 0) return ''
  const lines = items
    .slice(0, LISTED)
    .map(
      ({ key, summary, points }) =>
        `  ${key}  ${plainText(summary, LINE)}${points === null ? '' : ` (${number(points)} pts)`}`,
    )
  const more = items.length > LISTED ? [`  and ${items.length - LISTED} more`] : []
  return [`${title}:`, ...lines, ...more].join('\n')
}

interface Waiting {
  readonly key: string
  readonly blockers: readonly (OpenBlocker & { readonly isInSprint?: boolean })[]
}

function blockedText(title: string, issues: readonly Waiting[]): string {
  if (issues.length === 0) return ''
  const lines = issues.slice(0, LISTED).map(({ key, blockers }) => `  ${key}${byText(blockers)}`)
  const more = issues.length > LISTED ? [`  and ${issues.length - LISTED} more`] : []
  return [`${title}:`, ...lines, ...more].join('\n')
}

/** How many issues that one waits for are named. */
const BLOCKERS_NAMED = 3

/** `by PROJ-7 (not in this sprint), PROJ-9`; nothing for what only a flag or a label says. */
function byText(blockers: Waiting['blockers']): string {
  if (blockers.length === 0) return ''
  const named = blockers
    .slice(0, BLOCKERS_NAMED)
    .map(
      ({ key, isInSprint }) => plainText(key, CELL) + (isInSprint === false ? ' (not in this sprint)' : ''),
    )
  const more = blockers.length > BLOCKERS_NAMED ? [`${blockers.length - BLOCKERS_NAMED} more`] : []
  return ` by ${[...named, ...more].join(', ')}`
}

export function standupText({ sprint, standup }: StoodUpSprint): string {
  const { delivered, reopened, started, blocked, since } = standup
  const rows = (what: string, issues: readonly StandupIssue[]) =>
    issues.map(({ key, summary, points, moves }) => [
      what,
      key,
      plainText(summary, CELL),
      points === null ? '' : number(points),
      moves.map(moveText).join(', '),
    ])
  const all = [
    ...rows('delivered', delivered),
    ...rows('reopened', reopened),
    ...rows('started', started),
    ...blocked.flatMap((issue) => rows(`blocked${byText(issue.blockers)}`, [issue])),
  ]
  return paragraphs(
    `${plainText(sprint.name, CELL)} (${sprint.sprintId}), since ${minute(since)} UTC`,
    all.length === 0
      ? 'Nothing was delivered, started or blocked.'
      : table(['', 'issue', 'summary', 'points', 'key results'], all),
  )
}

/** `KR-1 +5 %` for what moved it, `KR-1 (5 %)` for what it is worth, `KR-1` where linked work does not measure it. */
function moveText({ keyResult, role, progressMoved, progressWorth }: Move): string {
  if (role === 'supports') return `${keyResult} (supports)`
  if (progressMoved === null || progressWorth === null) return keyResult
  if (progressMoved !== 0) return `${keyResult} ${signed(progressMoved * 100)} %`
  return `${keyResult} (${number(progressWorth * 100)} %)`
}

export function reviewText({ sprint, review, goals }: ReviewedSprint): string {
  const { report, keyResults, planned, actual, blocked } = review
  const lists = [
    ['committed', report.committed],
    ['added', report.added],
    ['removed', report.removed],
    ['completed', report.completed],
    ['not completed', report.notCompleted],
    ['carried over', report.carriedOver],
  ] as const
  const rows = keyResults.map((each) => [
    each.keyResult,
    plainText(goals.get(each.keyResult)?.keyResult.title ?? '', CELL),
    String(each.completed.issues),
    number(each.completed.points),
    percent(each.planned.points ?? each.planned.issues),
    percent(each.actual.points ?? each.actual.issues),
    percent(each.progress?.before ?? null),
    percent(each.progress?.after ?? null),
    String(each.carriedOver.issues),
  ])
  return paragraphs(
    titleOf(sprint, report),
    table(['', 'issues', 'points', ''], lists.map(listRow)),
    `Serving no key result: planned ${sharesText(planned.unaligned.share)}; actual ${sharesText(actual.unaligned.share)}.`,
    rows.length === 0 ? 'No key result was served.' : table(REVIEW_HEADER, rows),
    blockedText('Blocked at the completion', blocked),
  )
}

const REVIEW_HEADER = [
  'key result',
  'title',
  'completed',
  'points',
  'planned',
  'actual',
  'before',
  'after',
  'carried over',
]

function listRow([name, issues]: readonly [string, readonly SprintIssue[]]): string[] {
  const { points } = amountOf(issues)
  const keys = issues.slice(0, 8).map(({ key }) => key)
  return [
    name,
    String(issues.length),
    number(points),
    [...keys, ...(issues.length > 8 ? ['…'] : [])].join(' '),
  ]
}

export function trendText({ boardId, sprints, medians }: BoardTrend): string {
  if (sprints.length === 0) return `Board ${boardId} has no closed sprints.`
  const cells = (
    alignment: Shares,
    velocity: { points: number | null; issues: number | null },
    kept: Shares,
  ) => [
    percent(alignment.points ?? alignment.issues),
    velocity.points === null ? '–' : number(velocity.points),
    velocity.issues === null ? '–' : number(velocity.issues),
    percent(kept.points ?? kept.issues),
  ]
  const rows = sprints.map(({ sprint, point: { alignment, velocity, predictability, endAt } }) => [
    `${sprint.sprintId} ${plainText(sprint.name, CELL)}`,
    minute(endAt).slice(0, 10),
    ...cells(alignment, velocity, predictability),
  ])
  const last = ['median', '', ...cells(medians.alignment, medians.velocity, medians.predictability)]
  return table(['sprint', 'closed', 'aligned', 'points', 'issues', 'of commitment'], [...rows, last])
}

function titleOf(
  { name, sprintId, state }: { name: string; sprintId: number; state: string },
  { startAt, endAt }: { startAt: number; endAt: number },
): string {
  return `${plainText(name, CELL)} (${sprintId}, ${state}), ${minute(startAt)} to ${minute(endAt)} UTC`
}

function amountText({ issues, points, unestimated }: SprintAmount): string {
  const missing = unestimated > 0 ? ` (${unestimated} not estimated)` : ''
  return `${counted(issues, 'issue')}, ${counted(points, 'point')}${missing}`
}

function sharesText({ points, issues }: Shares): string {
  return `${percent(points)} of the points, ${percent(issues)} of the issues`
}

function counted(amount: number, unit: string): string {
  return `${number(amount)} ${unit}${amount === 1 ? '' : 's'}`
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`
}

function number(value: number): string {
  return String(Number(value.toFixed(1)))
}

function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : number(value)
}

function minute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}
