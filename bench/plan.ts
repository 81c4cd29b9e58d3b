import { byTurns, figure, median, type Figure } from './benchmark.ts'
import { STATUS } from './load/issue-event.ts'
import { ADMIN_TOKEN, startThroughline } from './processes/throughline.ts'
import { openRecord, storeKeyResults, type BenchRecord } from './record/bench-record.ts'
import { storeStories, type Story } from './record/worked-on.ts'
import { compileLinkRules } from '../src/adapters/system/label-pattern.ts'
import { loadSiteContext } from '../src/app/site-context.ts'
import type { SprintId } from '../src/domain/ids.ts'
import type { Sprint } from '../src/domain/mirror/facts.ts'
import { DAY_MS, HOUR_MS, type EpochMs } from '../src/domain/time.ts'
import type { Surroundings } from './surroundings.ts'

const ISSUES = 500
const KEY_RESULTS = 50
const LIMIT_MS = 50
const SPRINT_DAYS = 14
const BOARD = 1

/** Closed sprints of the same board: as many as a plan looks back on. */
const EARLIER_SPRINTS = 12
const ISSUES_OF_EARLIER = 80

/**
 * The plan of a sprint with 500 issues and 50 key results over HTTP, against no more than reading the rows it is made
 * of; once as the first sprint of its board, and once with a past to forecast from.
 */
export async function plan(surroundings: Surroundings): Promise<Figure[]> {
  const first = await measure(surroundings, 0)
  const later = await measure(surroundings, EARLIER_SPRINTS)
  const what = `a sprint of ${ISSUES} issues for ${KEY_RESULTS} key results over HTTP`
  const past = `${EARLIER_SPRINTS} earlier sprints of ${ISSUES_OF_EARLIER} issues each`
  return [
    figure({
      name: 'plan',
      value: first.planMs,
      baseline: first.readMs,
      unit: 'ms',
      detail: `${what}, the first of its board, against only its reads`,
      target: null,
    }),
    figure({
      name: 'plan.limit',
      value: first.planMs,
      baseline: LIMIT_MS,
      unit: 'ms',
      detail: 'the same against a limit',
      target: { atMost: 1 },
    }),
    figure({
      name: 'plan.past',
      value: later.planMs,
      baseline: later.readMs,
      unit: 'ms',
      detail: `${what}, with ${past} to forecast from, against only its reads`,
      target: null,
    }),
    figure({
      name: 'plan.past.limit',
      value: later.planMs,
      baseline: LIMIT_MS,
      unit: 'ms',
      detail: 'the same against a limit',
      target: { atMost: 1 },
    }),
  ]
}

async function measure(
  surroundings: Surroundings,
  earlier: number,
): Promise<{ planMs: number; readMs: number }> {
  const [rounds, warmUp] = surroundings.isQuick ? [3, 1] : [31, 15]
  const now = Date.now()
  await using database = await surroundings.createDatabase()
  await using record = await openRecord(database)
  await storeKeyResults(record, KEY_RESULTS)
  const closed = Array.from({ length: earlier }, (_, index) => closedSprint(index + 1, earlier, now))
  const active = activeSprint(earlier + 1, now)
  await storeStories(
    record,
    [...closed.flatMap((sprint) => storiesOf(sprint, ISSUES_OF_EARLIER)), ...storiesOf(active, ISSUES)],
    [...closed, active],
  )
  await database.query('vacuum analyze')
  await using throughline = await startThroughline({ role: 'web', databaseUrl: database.url })
  const ask = () => timed(() => askForPlan(throughline.address, active.sprintId))
  const read = () => timed(() => readRows(record, [...closed, active]))
  await byTurns(warmUp, ask, read)
  const [asked, only] = await byTurns(rounds, ask, read)
  const [planMs, readMs] = [median(asked), median(only)]
  surroundings.say(
    `${earlier} earlier sprints: plan ${planMs.toFixed(0)} ms, only reading ${readMs.toFixed(0)} ms`,
  )
  return { planMs, readMs }
}

function activeSprint(sprintId: SprintId, now: EpochMs): Sprint {
  const startAt = now - 6 * DAY_MS
  return sprintOf({ sprintId, state: 'active', startAt, completeAt: null })
}

function closedSprint(sprintId: SprintId, count: number, now: EpochMs): Sprint {
  const startAt = now - (6 + SPRINT_DAYS * (count + 1 - sprintId)) * DAY_MS
  return sprintOf({ sprintId, state: 'closed', startAt, completeAt: startAt + SPRINT_DAYS * DAY_MS })
}

function sprintOf(given: Pick<Sprint, 'sprintId' | 'state' | 'completeAt'> & { startAt: EpochMs }): Sprint {
  const endAt = given.startAt + SPRINT_DAYS * DAY_MS
  return { ...given, name: `Sprint ${given.sprintId}`, endAt, goal: 'KR-1 first', boardId: BOARD }
}

/** Stories of a sprint: a third is done, a third of the rest in progress; most serve one of the key results. */
function storiesOf({ sprintId, startAt, completeAt }: Sprint, count: number): Story[] {
  return Array.from({ length: count }, (_, index) => {
    const createdAt = startAt! - 20 * DAY_MS
    const daysIn = completeAt === null ? 5 : 12
    const isDone = index % 3 === 0
    const isStarted = isDone || index % 3 === 1
    const startedAt = startAt! + ((index % daysIn) * DAY_MS) / 2
    return {
      number: sprintId * 1_000 + index,
      labels: index % 11 === 10 ? [] : [`KR-${1 + (index % KEY_RESULTS)}`],
      points: index % 7 === 6 ? null : 1 + (index % 5),
      createdAt,
      startedAt: isStarted ? startedAt : null,
      doneAt: isDone ? startedAt + DAY_MS / 2 : null,
      sprints: [{ id: sprintId, at: startAt! - HOUR_MS }],
    }
  })
}

async function askForPlan(address: string, sprintId: SprintId): Promise<void> {
  const response = await fetch(`${address}/api/v1/sprints/${sprintId}/plan`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`the plan was answered with ${response.status}`)
  if (!text.includes(`"KR-${KEY_RESULTS}"`)) throw new Error(`the plan misses KR-${KEY_RESULTS}`)
}

/** The rows a plan is made of, and nothing made of them. */
async function readRows({ records }: BenchRecord, sprints: readonly Sprint[]): Promise<void> {
  const { mirror, contributions, goals, progress } = records
  const all = { cycle: null, objective: null, includeArchived: false }
  const [keyResults] = await Promise.all([
    goals.keyResults({ after: null, limit: 200 }, all),
    mirror.sprintsWithId(sprints.at(-1)!.sprintId),
    mirror.closedSprints('main', BOARD, { after: null, limit: EARLIER_SPRINTS }),
    mirror.statusCategories('main'),
    loadSiteContext(records, 'main', compileLinkRules),
  ])
  const issueIds = await Promise.all(
    sprints.map(({ sprintId }) => mirror.referencingIssues('main', 'sprint', [String(sprintId)])),
  )
  const [histories] = await Promise.all([
    mirror.histories('main', issueIds.flat()),
    contributions.ofIssues('main', issueIds.flat()),
    progress.latestSnapshots(keyResults.map(({ keyResult }) => keyResult.key)),
  ])
  const done = histories.filter(({ current }) => current.statusId === STATUS.done.id)
  if (done.length === 0) throw new Error('no story is done')
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startAt = performance.now()
  await work()
  return performance.now() - startAt
}
