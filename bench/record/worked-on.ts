import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { applyFacts } from '../../src/app/apply-facts.ts'
import { loadSiteContext } from '../../src/app/site-context.ts'
import type { SprintId } from '../../src/domain/ids.ts'
import { FETCHED_RANK, type Fact, type Sprint } from '../../src/domain/mirror/facts.ts'
import { HOUR_MS, type EpochMs } from '../../src/domain/time.ts'
import { issueIdOf, STATUS } from '../load/issue-event.ts'
import type { BenchRecord } from './bench-record.ts'

/** A story with a usual life. */
export interface Story {
  readonly number: number
  readonly labels: readonly string[]
  readonly points: number | null
  readonly createdAt: EpochMs
  /** null: still to do. */
  readonly startedAt: EpochMs | null
  /** null: not yet. */
  readonly doneAt: EpochMs | null
  readonly sprints: readonly { readonly id: SprintId; readonly at: EpochMs }[]
}

const STORIES_PER_PAGE = 1_000

/** Stores stories with their histories, and sprints, through the way that backfills take. */
export async function storeStories(
  { transaction }: BenchRecord,
  stories: readonly Story[],
  sprints: readonly Sprint[] = [],
): Promise<void> {
  for (let first = 0; first < stories.length; first += STORIES_PER_PAGE) {
    const page = stories.slice(first, first + STORIES_PER_PAGE)
    await transaction(async (records) => {
      const context = await loadSiteContext(records, 'main', compileLinkRules)
      await applyFacts(records, context, [
        ...Object.values(STATUS).map(statusFact),
        ...sprints.map((sprint): Fact => ({ kind: 'sprint', version: { at: Date.now(), rank: 1 }, sprint })),
        ...page.flatMap(factsOf),
      ])
    })
  }
}

function statusFact({ id, name, statusCategory }: (typeof STATUS)[keyof typeof STATUS]): Fact {
  const version = { at: 1, rank: 1 }
  return { kind: 'status', version, statusId: id, name, category: statusCategory.key }
}

function factsOf({ number, labels, points, createdAt, startedAt, doneAt, sprints }: Story): Fact[] {
  const { toDo, inProgress, done } = STATUS
  const status = doneAt !== null ? done : startedAt !== null ? inProgress : toDo
  let changeId = number * 100
  const change = (at: EpochMs) => ({ changeId: String(changeId++), at })
  const sprintIds = sprints.map(({ id }) => id)
  const changes: Extract<Fact, { kind: 'changes' }>['changes'] = [
    ...(points === null
      ? []
      : [{ field: 'points', from: null, to: points, ...change(createdAt + HOUR_MS) } as const]),
    ...sprints.map(
      ({ at }, index) =>
        ({
          field: 'sprint',
          from: sprintIds.slice(0, index),
          to: sprintIds.slice(0, index + 1),
          ...change(at),
        }) as const,
    ),
    ...(startedAt === null
      ? []
      : [{ field: 'status', from: toDo.id, to: inProgress.id, ...change(startedAt) } as const]),
    ...(doneAt === null
      ? []
      : [{ field: 'status', from: inProgress.id, to: done.id, ...change(doneAt) } as const]),
  ]
  return [
    {
      kind: 'issue',
      issueId: issueIdOf(number),
      createdAt,
      version: { at: Math.max(createdAt, ...changes.map(({ at }) => at)), rank: FETCHED_RANK },
      state: {
        key: `BENCH-${number}`,
        projectId: '10000',
        summary: `Pay by phone (${number})`,
        level: 0,
        statusId: status.id,
        statusName: status.name,
        statusCategory: status.statusCategory.key,
        resolution: null,
        numbers: {},
        isFlagged: false,
        labels: [...labels],
        keyResultField: [],
        parentId: null,
        parentKey: null,
        points,
        sprintIds,
        assigneeId: null,
      },
      blockers: null,
    },
    { kind: 'changes', issueId: issueIdOf(number), source: 'rest', changes },
  ]
}
