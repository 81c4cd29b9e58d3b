import { applyFacts } from '../../src/app/apply-facts.ts'
import { recomputeKeyResult } from '../../src/app/recompute-key-result.ts'
import { loadSiteContext, unconnectedSite } from '../../src/app/site-context.ts'
import { createSlots } from '../../src/app/slots.ts'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import type { SiteId } from '../../src/domain/ids.ts'
import type { Fact, Sprint } from '../../src/domain/mirror/facts.ts'
import type { FieldChange, IssueHistory } from '../../src/domain/mirror/issue.ts'
import type { EpochMs } from '../../src/domain/time.ts'
import type { TestApi } from './api.ts'
import { A_CYCLE, aKeyResult, AN_OBJECTIVE, BY_METRIC, BY_POINTS } from './api-goals.ts'
import { CATEGORIES, day, DOING, DONE, moved, TO_DO } from './issues.ts'
import { aSprint, inSprint } from './sprint-pasts.ts'

/** Thursday 2026-10-29, nine o'clock in London: sprint 7 runs since Monday. */
export const SPRINT_NOW = Date.UTC(2026, 9, 29, 9)
const HOUR = 3_600_000

export const CLOSED = aSprint({
  sprintId: 6,
  state: 'closed',
  startAt: day(11),
  endAt: day(22),
  completeAt: day(22),
})
export const ACTIVE = aSprint({
  sprintId: 7,
  startAt: day(25),
  endAt: day(36),
  goal: 'KR-1 first; kr:9 and KR-2 as well',
})
export const FUTURE = aSprint({ sprintId: 8, state: 'future', startAt: null, endAt: null })

const sprints = (from: number[], to: number[]): FieldChange => ({ field: 'sprint', from, to })

const blockedBy = (key: string): FieldChange => ({ field: `blocker:${key}`, from: false, to: true })

/** What is and was in them, beside a sub-task, an issue of the next sprint and one of the backlog. */
export const SPRINT_ISSUES = [
  inSprint(1, { labels: ['KR-1'], points: 5, sprintIds: [6], statusId: DONE }, moved(day(20), DOING, DONE)),
  inSprint(
    2,
    { labels: ['KR-1'], points: 8, sprintIds: [6, 7], statusId: DONE },
    [day(22) + 4_000, sprints([6], [6, 7])],
    moved(SPRINT_NOW - 2 * HOUR, TO_DO, DONE),
  ),
  inSprint(3, { points: 3, sprintIds: [6] }, [day(15), blockedBy('PROJ-9')]),
  inSprint(4, { labels: ['KR-2'], points: null }, [day(26), { field: 'labels', from: [], to: ['KR-2'] }]),
  inSprint(5, { points: 2, statusId: DOING }, moved(SPRINT_NOW - 30 * HOUR, TO_DO, DOING)),
  inSprint(6, { labels: ['KR-1', 'blocked'], points: 3, assigneeId: 'some-person' }, [
    day(26),
    blockedBy('PROJ-9'),
  ]),
  inSprint(7, { level: -1, parentId: '6', points: 40 }),
  inSprint(8, { labels: ['KR-1'], points: 4, sprintIds: [8] }),
  inSprint(9, { labels: ['KR-1'], points: 20, sprintIds: [] }),
]

/** KR-1 by points, KR-2 and KR-3 by reported values. */
export async function createSprintGoals(api: TestApi): Promise<void> {
  for (const [url, body] of [
    ['cycles', A_CYCLE],
    ['objectives', AN_OBJECTIVE],
    ['key-results', aKeyResult({ title: 'Checkout in one step', measure: BY_POINTS })],
    ['key-results', aKeyResult({ title: 'Activation rises', measure: BY_METRIC })],
    ['key-results', aKeyResult({ title: 'Churn falls', measure: BY_METRIC })],
  ] as const) {
    const { status, text } = await api.ask('POST', `/api/v1/${url}`, { body })
    if (status !== 201) throw new Error(text)
  }
  for (const [key, value, at] of [
    ['KR-2', 46, '2026-10-10T10:00:00Z'],
    ['KR-2', 47, '2026-10-22T10:00:00Z'],
    ['KR-3', 45.1, '2026-10-20T10:00:00Z'],
  ] as const) {
    await api.ask('POST', `/api/v1/key-results/${key}/check-ins`, { body: { value, at } })
  }
}

interface SprintSite {
  readonly siteId?: SiteId
  readonly sprints: readonly Sprint[]
  readonly issues: readonly IssueHistory[]
}

/** What Jira would have told of these sprints and issues, through the one way into the mirror; then recomputes. */
export async function storeSprintSite(
  { store }: TestApi,
  { siteId = 'main', sprints, issues }: SprintSite,
  now: EpochMs,
): Promise<void> {
  const version = { at: now, rank: 1 }
  const facts: Fact[] = [
    ...[...CATEGORIES].map(([statusId, category]): Fact => ({
      kind: 'status',
      version,
      statusId,
      name: '',
      category,
    })),
    ...sprints.map((sprint): Fact => ({ kind: 'sprint', version, sprint })),
    ...issues.flatMap(({ issueId, createdAt, deletedAt, current, changes }): Fact[] => [
      { kind: 'issue', issueId, createdAt, version, state: current, blockers: null },
      { kind: 'changes', issueId, source: 'rest', changes },
      ...(deletedAt === null ? [] : [{ kind: 'issue_deleted', issueId, at: deletedAt } as const]),
    ]),
  ]
  await store.database.records.sites.save(unconnectedSite(siteId))
  await store.database.transaction(async (records) => {
    await applyFacts(records, await loadSiteContext(records, siteId, compileLinkRules), facts)
  })
  await recomputeAll(store.database, now)
}

/** Does all recomputing that waits. */
export async function recomputeAll(database: TestApi['store']['database'], now: EpochMs): Promise<void> {
  const deps = {
    database,
    clock: { now: () => now },
    doorbell: {
      ring: () => Promise.resolve(),
      free: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
    compileLinkRules,
    relinkSlots: createSlots(1),
    isOutage: () => false,
    publicUrl: 'https://okr.example.com',
    writesComments: false,
  }
  for (;;) {
    const keys = await database.records.progress.dirtyKeyResults(100)
    if (keys.length === 0) return
    for (const key of keys) await recomputeKeyResult(deps, key)
  }
}
