import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { applyFacts } from '../../src/app/apply-facts.ts'
import { loadSiteContext } from '../../src/app/site-context.ts'
import { FETCHED_RANK, type Fact } from '../../src/domain/mirror/facts.ts'
import { DAY_MS, HOUR_MS, type EpochMs } from '../../src/domain/time.ts'
import { issueIdOf, STATUS } from '../load/issue-event.ts'
import type { BenchRecord } from './bench-record.ts'

const ISSUES_PER_PAGE = 1_000

/** Days over which issues were created: as many as a key result's chart has, whatever their number. */
const DAYS = 120

/** When the n-th of some linked issues was created. */
export function createdAtOf(number: number, now: EpochMs): EpochMs {
  return now - (2 + (number % DAYS)) * DAY_MS
}

/** Stores stories 1 to `count` with their history through the way that backfills take; all carry the label KR-1. */
export async function linkIssues(
  { transaction }: BenchRecord,
  count: number,
  now: EpochMs,
  say: (line: string) => void,
): Promise<void> {
  for (let first = 1; first <= count; first += ISSUES_PER_PAGE) {
    const numbers = Array.from(
      { length: Math.min(ISSUES_PER_PAGE, count - first + 1) },
      (_, position) => first + position,
    )
    await transaction(async (records) => {
      const context = await loadSiteContext(records, 'main', compileLinkRules)
      await applyFacts(
        records,
        context,
        numbers.flatMap((number) => factsOf(number, now)),
      )
    })
    if (first % 20_000 === 1 && count > 20_000) say(`${first - 1} of ${count} issues are linked`)
  }
}

/** A story in progress that was estimated and started. */
function factsOf(number: number, now: EpochMs): Fact[] {
  const createdAt = createdAtOf(number, now)
  const startedAt = createdAt + 5 * HOUR_MS
  const change = (part: number, at: EpochMs) => ({ changeId: String(number * 10 + part), at })
  const { toDo, inProgress } = STATUS
  return [
    {
      kind: 'issue',
      issueId: issueIdOf(number),
      createdAt,
      version: { at: startedAt, rank: FETCHED_RANK },
      state: {
        key: `BENCH-${number}`,
        projectId: '10000',
        summary: `Pay by phone (${number})`,
        level: 0,
        statusId: inProgress.id,
        statusName: inProgress.name,
        statusCategory: 'indeterminate',
        resolution: null,
        numbers: {},
        isFlagged: false,
        labels: ['KR-1'],
        keyResultField: [],
        parentId: null,
        parentKey: null,
        points: 3,
        sprintIds: [],
        assigneeId: null,
      },
      blockers: null,
    },
    {
      kind: 'changes',
      issueId: issueIdOf(number),
      source: 'rest',
      changes: [
        { field: 'points', from: null, to: 3, ...change(0, createdAt + HOUR_MS) },
        { field: 'status', from: toDo.id, to: inProgress.id, ...change(1, startedAt) },
      ],
    },
  ]
}
