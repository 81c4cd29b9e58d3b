import { today, type Contribution } from '../domain/contributions/contribution.ts'
import { evaluateContributions } from '../domain/contributions/evaluate.ts'
import { flowOf, sumTally } from '../domain/contributions/tally.ts'
import { movementBetween, type ContributionStanding, type Movement } from '../domain/explanation.ts'
import type { IssueId, KeyResultKey } from '../domain/ids.ts'
import { ownTags } from '../domain/links/link-rules.ts'
import { canonicalText } from '../domain/mirror/facts.ts'
import type { IssueHistory } from '../domain/mirror/issue.ts'
import { sizeUnitOf, type Measure } from '../domain/measures/measure.ts'
import { dayOf, type CalendarDay } from '../domain/time.ts'
import { loadLineages, type Lineages } from './lineages.ts'
import type { DirtyMark, KeyResultFlow } from './ports/progress.ts'
import type { Records } from './ports/records.ts'
import type { SiteContext } from './site-context.ts'

type Measures = ReadonlyMap<KeyResultKey, { measure: Measure; timeZone: string }>

interface EvaluateOptions {
  readonly tellMovements?: boolean
  readonly known?: ReadonlyMap<IssueId, IssueHistory>
}

/** What becomes of contributions, worked out but not written yet. */
export interface Evaluation {
  /** The key results it moves, and those that are to be looked at again because of it. */
  readonly marks: readonly DirtyMark[]
  readonly save: readonly Contribution[]
  readonly remove: readonly Contribution[]
  readonly flow: readonly KeyResultFlow[]
  readonly movements: readonly (Movement & { readonly keyResult: KeyResultKey })[]
}

/**
 * Brings the contributions of these issues up to date with the mirror, and with them the daily flow of every key
 * result they touch. Costs what these issues' own histories cost, however many issues a key result has. It marks key
 * results: a transaction that marks others too works it out, marks once and saves.
 *
 * @returns the key results to recompute; they are marked dirty in the same transaction
 */
export async function evaluateIssues(
  records: Records,
  context: SiteContext,
  issueIds: readonly IssueId[],
  options: EvaluateOptions = {},
): Promise<KeyResultKey[]> {
  const evaluation = await workOutEvaluation(records, context, issueIds, options)
  await records.progress.markDirty(evaluation.marks)
  await saveEvaluation(records, evaluation)
  return [...new Set(evaluation.marks.map(({ keyResult }) => keyResult))]
}

/**
 * Works out what `evaluateIssues` would write; only reads. The caller holds the site's lock until it is saved.
 *
 * @param options.tellMovements false when only our view changes (a key result is new, derived rows are rebuilt):
 *   nothing moved in Jira, so nothing is told as movement
 * @param options.known histories the caller has just read, so that they are not read again
 */
export async function workOutEvaluation(
  records: Records,
  context: SiteContext,
  issueIds: readonly IssueId[],
  { tellMovements = true, known = new Map<IssueId, IssueHistory>() }: EvaluateOptions = {},
): Promise<Evaluation> {
  if (issueIds.length === 0) return { marks: [], save: [], remove: [], flow: [], movements: [] }
  const siteId = context.site.id
  const lineages = await loadLineages(records, siteId, issueIds, known)
  const stored = await records.contributions.ofIssues(siteId, issueIds)
  const measures = await records.goals.measuresOf(keyResultsNamed(lineages, stored, context))
  const evaluated = await evaluate(records, context, lineages, issueIds, measures)
  const pairs = pairUp(stored, evaluated)
  const changes = pairs.filter(({ before, after }) => canonicalText(before) !== canonicalText(after))
  const flow = changes.flatMap((change) => flowDifference(change, measures))
  const days = Map.groupBy(flow, (line) => line.keyResult)
  const moved = [...new Set(changes.map(({ keyResult }) => keyResult))]
  return {
    marks: [
      ...moved.map((keyResult) => ({
        keyResult,
        day: earliestDay(days.get(keyResult) ?? []),
        relink: false,
      })),
      ...rivals(pairs).map((keyResult) => ({ keyResult, day: null, relink: false })),
    ],
    save: changes.flatMap(({ after }) => after ?? []),
    remove: changes.flatMap(({ before, after }) => (after === null && before ? [before] : [])),
    flow,
    movements: tellMovements ? changes.flatMap((change) => movementOf(change, lineages)) : [],
  }
}

/**
 * Writes an evaluation whose marks are set. A mark is a lock: whoever else moves the key result waits, so its movements
 * are numbered in the order they commit and none falls behind the cursor of a snapshot.
 */
export async function saveEvaluation(
  { contributions }: Records,
  { save, remove, flow, movements }: Evaluation,
): Promise<void> {
  await contributions.save(save)
  await contributions.remove(remove)
  await contributions.addFlow(flow)
  await contributions.addMovements(movements)
}

async function evaluate(
  records: Records,
  { site, links, notDelivered }: SiteContext,
  lineages: Lineages,
  issueIds: readonly IssueId[],
  measures: Measures,
): Promise<Contribution[]> {
  const rules = {
    links,
    notDelivered,
    categories: await records.mirror.statusCategories(site.id),
    sizeUnits: new Map([...measures].map(([key, { measure }]) => [key, sizeUnitOf(measure)])),
  }
  return [...new Set(issueIds)].flatMap((issueId) => {
    const issue = lineages.histories.get(issueId)
    return issue === undefined ? [] : evaluateContributions({ siteId: site.id, issue, ...lineages }, rules)
  })
}

/** Every key result that any of the issues, or any issue above them, names or ever named. */
function keyResultsNamed(
  lineages: Lineages,
  stored: readonly Contribution[],
  context: SiteContext,
): KeyResultKey[] {
  const named = new Set<KeyResultKey>(stored.map(({ keyResult }) => keyResult))
  for (const history of lineages.histories.values()) {
    for (const keyResult of keyResultsTagged(history, context)) named.add(keyResult)
    for (const link of lineages.manualLinksOf(history.issueId)) named.add(link.keyResult)
  }
  return [...named]
}

/** The key results an issue's own labels and field values name, now or at any time. */
export function keyResultsTagged({ current, changes }: IssueHistory, { links }: SiteContext): KeyResultKey[] {
  const states = [current]
  for (const change of changes) {
    if (change.field === 'labels') states.push({ ...current, labels: [...change.from, ...change.to] })
    if (change.field === 'keyResultField')
      states.push({ ...current, keyResultField: [...change.from, ...change.to] })
  }
  return [...new Set(states.flatMap((state) => ownTags(state, links).map((tag) => tag.keyResult)))]
}

interface ContributionChange {
  readonly keyResult: KeyResultKey
  readonly before: Contribution | null
  readonly after: Contribution | null
}

function pairUp(stored: readonly Contribution[], evaluated: readonly Contribution[]): ContributionChange[] {
  const idOf = ({ issueId, keyResult }: Contribution) => `${issueId} ${keyResult}`
  const before = new Map(stored.map((contribution) => [idOf(contribution), contribution]))
  const after = new Map(evaluated.map((contribution) => [idOf(contribution), contribution]))
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((id) => {
    const pair = { before: before.get(id) ?? null, after: after.get(id) ?? null }
    return { keyResult: (pair.after ?? pair.before!).keyResult, ...pair }
  })
}

/** Key results with a claim to an epic that another key result claims anew, or no longer: they may be in conflict. */
function rivals(pairs: readonly ContributionChange[]): KeyResultKey[] {
  const claimed = pairs.filter(({ before, after }) => claimOf(before) !== null || claimOf(after) !== null)
  const byEpic = Map.groupBy(claimed, ({ before, after }) => (after ?? before!).issueId)
  return [...byEpic.values()]
    .filter((claims) => claims.some(({ before, after }) => claimOf(before) !== claimOf(after)))
    .flatMap((claims) => claims.map(({ keyResult }) => keyResult))
}

/** What a claim of an epic follows from; null: none. */
function claimOf(contribution: Contribution | null): string | null {
  return contribution?.isAnchorCandidate === true ? canonicalText(contribution.reason) : null
}

function flowDifference(
  { keyResult, before, after }: ContributionChange,
  measures: Measures,
): KeyResultFlow[] {
  const timeZone = measures.get(keyResult)?.timeZone ?? 'UTC'
  const flow = (contribution: Contribution | null, sign: 1 | -1) =>
    contribution === null
      ? []
      : flowOf(contribution, (at) => dayOf(at, timeZone)).map((line) => ({
          ...line,
          issues: sign * line.issues,
          sharePercent: sign * line.sharePercent,
        }))
  const byDay = Map.groupBy([...flow(before, -1), ...flow(after, 1)], (line) => line.day)
  return [...byDay].flatMap(([day, lines]) => sumTally(lines).map((line) => ({ keyResult, day, ...line })))
}

function earliestDay(flow: readonly KeyResultFlow[]): CalendarDay | null {
  return flow.reduce<CalendarDay | null>(
    (first, { day }) => (first === null || day < first ? day : first),
    null,
  )
}

function movementOf(
  { keyResult, before, after }: ContributionChange,
  { histories }: Lineages,
): (Movement & { keyResult: KeyResultKey })[] {
  const was = standing(before)
  const is = standing(after)
  const kind = movementBetween(was, is)
  const contribution = after ?? before
  if (kind === null || contribution === null) return []
  const { siteId, issueId } = contribution
  const issueKey = histories.get(issueId)?.current.key ?? null
  const { at } = today(contribution)
  return [
    {
      keyResult,
      kind,
      siteId,
      issueId,
      issueKey,
      at,
      sizeBefore: was?.size ?? null,
      sizeAfter: is?.size ?? null,
    },
  ]
}

/** How a contribution stands today; work that only supports moves nothing. */
function standing(contribution: Contribution | null): ContributionStanding | null {
  if (contribution === null) return null
  const { state, size, role } = today(contribution)
  return role === 'drives' ? { state, size } : null
}
