import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IssueId } from '../../src/domain/ids.ts'
import { sortChanges, type FieldChange, type IssueChange } from '../../src/domain/mirror/issue.ts'
import { day, issueState } from '../support/issues.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

let store: FreshDatabase
beforeEach(async () => {
  store = await freshDatabase()
})
afterEach(() => store.drop())

const CREATED = day(0) + 1
const CURRENT = issueState({
  summary: 'Say "hi" — 说\n你好 \\',
  points: 0.1,
  numbers: { customfield_7: 1.005 },
})
const VALUES: readonly FieldChange[] = [
  { field: 'status', from: null, to: '3' },
  { field: 'resolution', from: null, to: { id: '1', name: 'Won’t "Do"' } },
  { field: 'sprint', from: [], to: [4, 12] },
  { field: 'points', from: null, to: 0.30000000000000004 },
  { field: 'labels', from: ['a"b', '标签'], to: [] },
  { field: 'flag', from: false, to: true },
  { field: 'customfield_7', from: 1e21, to: null },
]
/** Change ids of Jira outgrow 2^53; some of these happened in one millisecond. */
const CHANGES: readonly IssueChange[] = VALUES.map((value, index) => ({
  ...value,
  changeId: `9007199254740993${index}`,
  at: day(1) + (index >> 1) * 7 + 3,
}))

async function storeIssue(issueId: IssueId, changes: readonly IssueChange[]): Promise<void> {
  const { mirror } = store.database.records
  const version = { at: day(2), rank: 1 }
  await mirror.saveIssues('main', [
    { kind: 'issue', issueId, createdAt: CREATED, version, state: CURRENT, blockers: null },
  ])
  await mirror.saveChanges('main', [{ kind: 'changes', issueId, source: 'rest', changes }])
}

const histories = (...ids: IssueId[]) => store.database.records.mirror.histories('main', ids)

describe('the history of an issue', () => {
  it('is read as it was kept, to the millisecond and the last digit', async () => {
    await storeIssue('1', CHANGES.toReversed())
    expect(await histories('1')).toEqual([
      { issueId: '1', createdAt: CREATED, deletedAt: null, current: CURRENT, changes: sortChanges(CHANGES) },
    ])
  })

  it('is its own, and comes once however often it is asked for', async () => {
    await storeIssue('1', CHANGES.slice(0, 2))
    await storeIssue('2', [])
    await storeIssue('3', CHANGES.slice(4))
    const found = await histories('1', '2', '1', '99')
    expect(found.map(({ issueId, changes }) => [issueId, changes.length]).sort()).toEqual([
      ['1', 2],
      ['2', 0],
    ])
  })

  it('ends with the first of what takes the issue away', async () => {
    const { mirror } = store.database.records
    const endsAt = async () => (await histories('1'))[0]?.deletedAt
    await storeIssue('1', [])
    const version = { at: day(9), rank: 1 }
    const { projectId } = CURRENT
    await mirror.saveProjects('main', [{ kind: 'project', version, projectId, key: 'PROJ', deleted: true }])
    expect(await endsAt()).toBe(day(9))
    await mirror.saveVanishedIssues('main', [{ kind: 'issue_vanished', issueId: '1', at: day(8) + 5 }])
    expect(await endsAt()).toBe(day(8) + 5)
    await mirror.saveDeletedIssues('main', [{ kind: 'issue_deleted', issueId: '1', at: day(7) }])
    expect(await endsAt()).toBe(day(7))
  })
})
