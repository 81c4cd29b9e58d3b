import type { IssueId, KeyResultKey, SiteId } from '../domain/ids.ts'
import type { Fact, Sprint } from '../domain/mirror/facts.ts'
import type { ChangedField, IssueHistory, IssueState } from '../domain/mirror/issue.ts'
import { descendantsOf } from './descendants.ts'
import { saveEvaluation, workOutEvaluation, type Evaluation } from './evaluate-issues.ts'
import type { EpochMs } from '../domain/time.ts'
import type { NewFeedEntry } from './ports/feed.ts'
import type { IssueTransition } from './ports/mirror.ts'
import type { Records } from './ports/records.ts'
import { referencesOf } from './references.ts'
import type { SiteContext } from './site-context.ts'

export interface AppliedFacts {
  /** Key results that moved, or are to be looked at again, and have to be recomputed. */
  readonly moved: readonly KeyResultKey[]
  /** What readers of the feed should learn; the caller appends it last. */
  readonly feed: readonly NewFeedEntry[]
}

/**
 * The one way into the mirror, for webhooks and for backfills alike: facts → mirror → contributions → dirty marks, in
 * the caller's transaction. Any set of facts ends in the same record, whatever its order, batching and repetition.
 */
export async function applyFacts(
  records: Records,
  context: SiteContext,
  facts: readonly Fact[],
): Promise<AppliedFacts> {
  const siteId = context.site.id
  const { mirror } = records
  await mirror.lockSite(siteId)

  const statuses = await mirror.saveStatuses(siteId, ofKind(facts, 'status'))
  const projects = await mirror.saveProjects(siteId, ofKind(facts, 'project'))
  const sprints = await mirror.saveSprints(siteId, ofKind(facts, 'sprint'))
  const deletedSprints = await mirror.saveDeletedSprints(siteId, ofKind(facts, 'sprint_deleted'))
  await mirror.saveBoards(siteId, ofKind(facts, 'board'))
  const transitions = await mirror.saveIssues(siteId, ofKind(facts, 'issue'))
  const changed = await mirror.saveChanges(siteId, ofKind(facts, 'changes'))
  await mirror.saveBlockingLinks(siteId, ofKind(facts, 'blocking_link'))
  const goneOrBack = [
    ...(await mirror.saveDeletedIssues(siteId, ofKind(facts, 'issue_deleted'))),
    ...(await mirror.saveVanishedIssues(siteId, ofKind(facts, 'issue_vanished'))),
    ...(await mirror.saveSeenIssues(siteId, ofKind(facts, 'issue_seen'))),
  ]

  const touched = unique([
    ...transitions.map(({ issueId }) => issueId),
    ...changed.map(({ issueId }) => issueId),
    ...goneOrBack,
  ])
  const histories = await mirror.histories(siteId, touched)
  await mirror.addReferences(
    siteId,
    histories.flatMap((history) => referencesOf(history, context)),
  )
  const links = linksTouched(transitions, changed, goneOrBack)
  const inProjects = await mirror.referencingIssues(siteId, 'project', projects)
  const affected = unique([
    ...touched,
    ...(await mirror.referencingIssues(siteId, 'status', statuses)),
    ...inProjects,
    ...(await descendantsOf(records, siteId, [...links, ...inProjects])),
  ])
  const evaluations = await workOutPages(
    records,
    context,
    affected,
    new Map(histories.map((history) => [history.issueId, history])),
  )
  const laidBare = await coverageMoved(records, siteId, { sprints, deletedSprints, transitions })
  const ticked = await records.goals.keyResultsTickedBy(siteId, affected)
  const marks = [
    ...evaluations.flatMap((evaluation) => evaluation.marks),
    ...[...laidBare, ...ticked].map((keyResult) => ({ keyResult, day: null, relink: false })),
  ]
  await records.progress.markDirty(marks)
  for (const evaluation of evaluations) await saveEvaluation(records, evaluation)
  return {
    moved: unique(marks.map(({ keyResult }) => keyResult)),
    feed: sprints.flatMap(({ before, after, at }) => sprintEntry(siteId, before, after, at)),
  }
}

function ofKind<K extends Fact['kind']>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind)
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)]
}

/** Issues whose own links, or place in the tree, are not what they were: what is below them may count differently. */
function linksTouched(
  transitions: readonly IssueTransition[],
  changed: readonly { issueId: IssueId; field: ChangedField }[],
  goneOrBack: readonly IssueId[],
): IssueId[] {
  const LINKING: readonly ChangedField[] = ['labels', 'keyResultField', 'parent']
  const moved = transitions.filter(({ before, after }) => before === null || linksDiffer(before, after))
  return unique([
    ...moved.map(({ issueId }) => issueId),
    ...changed.filter(({ field }) => LINKING.includes(field)).map(({ issueId }) => issueId),
    ...goneOrBack,
  ])
}

function linksDiffer(before: IssueState, after: IssueState): boolean {
  return (
    before.key !== after.key ||
    before.level !== after.level ||
    before.parentId !== after.parentId ||
    before.parentKey !== after.parentKey ||
    before.labels.join(' ') !== after.labels.join(' ') ||
    before.keyResultField.join(' ') !== after.keyResultField.join(' ')
  )
}

/** Issues evaluated at a time: a project that is deleted, or a status that changes its category, may touch thousands. */
const PAGE_ISSUES = 500

/** All before any is written: their marks are locks, which are taken at once. */
async function workOutPages(
  records: Records,
  context: SiteContext,
  issueIds: readonly IssueId[],
  known: ReadonlyMap<IssueId, IssueHistory>,
): Promise<Evaluation[]> {
  const evaluations: Evaluation[] = []
  for (let start = 0; start < issueIds.length; start += PAGE_ISSUES) {
    const page = issueIds.slice(start, start + PAGE_ISSUES)
    evaluations.push(await workOutEvaluation(records, context, page, { known }))
  }
  return evaluations
}

/**
 * Key results in danger that may be covered by a running sprint now, or no longer: one starts, ends or is deleted, or
 * an issue of theirs comes in or leaves.
 */
async function coverageMoved(
  { progress, coverage }: Records,
  siteId: SiteId,
  moved: {
    readonly sprints: readonly { readonly before: Sprint | null; readonly after: Sprint }[]
    readonly deletedSprints: readonly Sprint[]
    readonly transitions: readonly IssueTransition[]
  },
): Promise<KeyResultKey[]> {
  const isRunning = (sprint: Sprint | null) => sprint?.state === 'active'
  const hasTurned = moved.sprints.some(({ before, after }) => isRunning(before) !== isRunning(after))
  if (hasTurned || moved.deletedSprints.some(isRunning)) {
    return progress.keyResultsInDanger()
  }
  const replanned = moved.transitions.filter(
    ({ before, after }) => (before?.sprintIds ?? []).join() !== after.sprintIds.join(),
  )
  return coverage.inDangerWith(
    siteId,
    replanned.map(({ issueId }) => issueId),
  )
}

/**
 * A sprint that was never seen before is news only while it runs: a backfill must not announce the past.
 * @param seenAt when Jira said so, for what has no date of its own
 */
function sprintEntry(siteId: SiteId, before: Sprint | null, after: Sprint, seenAt: EpochMs): NewFeedEntry[] {
  const { sprintId, name, state, startAt, endAt, completeAt, goal } = after
  const entry = (kind: NewFeedEntry['kind'], at: EpochMs): NewFeedEntry[] => [
    {
      kind,
      subject: `${siteId}/${sprintId}`,
      at,
      data: { siteId, sprintId, name, state, goal, startAt, endAt, completeAt },
    },
  ]
  if (state === 'active' && before?.state !== 'active') return entry('sprint.started', startAt ?? seenAt)
  if (before === null) return []
  if (state === 'closed' && before.state !== 'closed') return entry('sprint.closed', completeAt ?? seenAt)
  return entry('sprint.updated', seenAt)
}
