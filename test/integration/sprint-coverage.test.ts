import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IssueId, KeyResultKey } from '../../src/domain/ids.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

const KR = 'KR-1' as KeyResultKey

let store: FreshDatabase
beforeEach(async () => {
  store = await freshDatabase()
})
afterEach(() => store.drop())

interface SprintRow {
  readonly id: number
  readonly board: number
  readonly state: 'active' | 'closed' | 'future'
  readonly site?: string
}

async function storeSprint({ id, board, state, site = 'main' }: SprintRow): Promise<void> {
  await store.query(
    `insert into sprints (site_id, sprint_id, version_at, version_rank, name, state, goal, board_id)
     values ($1, $2, now(), 0, '', $3, '', $4)`,
    [site, id, state, board],
  )
}

/** An issue that counts for the key result, was in these sprints, and is in the last of them. */
async function storeIssue(
  issueId: IssueId,
  sprintIds: readonly number[],
  site = 'main',
  keyResult = KR,
): Promise<void> {
  const step = { at: 0, state: 'to_do', size: null, role: 'drives', sharePercent: 100, outReason: null }
  await store.query(`insert into issues (site_id, issue_id, state) values ($1, $2, $3)`, [
    site,
    issueId,
    { sprintIds: sprintIds.slice(-1) },
  ])
  await store.query(`insert into contributions values ($1, $2, $3, '{}', false, $4)`, [
    keyResult,
    site,
    issueId,
    JSON.stringify([step]),
  ])
  await store.query(`insert into issue_references select $1, 'sprint', unnest($2::text[]), $3`, [
    site,
    sprintIds.map(String),
    issueId,
  ])
}

async function coverage(keyResult = KR) {
  const { running, latest, work } = await store.database.records.coverage.sprintCoverage(keyResult)
  const ids = (sprints: typeof latest) => sprints.map(({ siteId, sprintId }) => `${siteId} ${sprintId}`)
  return { running: ids(running), latest: ids(latest).sort(), work: work.length }
}

const NOTHING = { running: [], latest: [], work: 0 }

describe('the sprints that may cover a key result', () => {
  it('are those of the boards where its issues are or were, while one runs there', async () => {
    await storeSprint({ id: 1, board: 7, state: 'closed' })
    await storeSprint({ id: 2, board: 7, state: 'active' })
    await storeSprint({ id: 3, board: 7, state: 'future' })
    await storeSprint({ id: 4, board: 8, state: 'active' })
    await storeSprint({ id: 5, board: 9, state: 'closed' })
    await storeSprint({ id: 1, board: 7, state: 'active', site: 'second' })
    expect(await coverage()).toEqual(NOTHING)
    await storeIssue('10', [1])
    await storeIssue('11', [5])
    expect(await coverage()).toEqual({ running: ['main 2'], latest: ['main 1', 'main 2'], work: 0 })
    await storeIssue('12', [1, 2])
    expect(await coverage()).toMatchObject({ work: 1 })
    await storeIssue('12', [1], 'second')
    expect(await coverage()).toMatchObject({
      running: ['main 2', 'second 1'],
      latest: ['main 1', 'main 2', 'second 1'],
      work: 2,
    })
  })

  it('are not those of a board that worked on it long ago', async () => {
    for (let id = 1; id <= 10; id++) await storeSprint({ id, board: 7, state: 'closed' })
    await storeIssue('10', [1])
    await storeSprint({ id: 11, board: 7, state: 'active' })
    expect(await coverage()).toEqual(NOTHING)
    await storeIssue('11', [2])
    expect((await coverage()).latest).toHaveLength(10)
  })

  it('hold the running one, however many began after it', async () => {
    await storeSprint({ id: 1, board: 7, state: 'active' })
    for (let id = 2; id <= 13; id++) await storeSprint({ id, board: 7, state: 'closed' })
    await storeIssue('10', [1])
    expect(await coverage()).toMatchObject({ running: ['main 1'], work: 1 })
  })

  it('are those of each, however many key results are asked for at once', async () => {
    const [, other, none, last] = [1, 2, 3, 4].map((number) => `KR-${number}` as KeyResultKey)
    await storeSprint({ id: 1, board: 7, state: 'active' })
    await storeSprint({ id: 2, board: 7, state: 'active' })
    await storeSprint({ id: 3, board: 8, state: 'active' })
    await storeSprint({ id: 1, board: 9, state: 'active', site: 'second' })
    await storeIssue('10', [1])
    await storeIssue('11', [1, 2], 'main', other)
    await storeIssue('12', [3], 'main', other)
    await storeIssue('13', [3], 'main', other)
    await storeIssue('14', [1], 'second', other)
    // A board that worked on one of them long ago, and on another of late.
    for (let id = 20; id <= 29; id++) await storeSprint({ id, board: 10, state: 'closed' })
    await storeSprint({ id: 30, board: 10, state: 'active' })
    await storeIssue('15', [20], 'main', none)
    await storeIssue('16', [29], 'main', last)
    const atOnce = await Promise.all([other, none, KR, other, last].map((key) => coverage(key)))
    expect(atOnce[0]).toMatchObject({ latest: ['main 1', 'main 2', 'main 3', 'second 1'], work: 4 })
    expect(atOnce[1]).toEqual(NOTHING)
    expect(atOnce[2]).toMatchObject({ latest: ['main 1', 'main 2'], work: 1 })
    expect(atOnce[3]).toEqual(atOnce[0])
    expect(atOnce[4]).toMatchObject({ running: ['main 30'], work: 0 })
    expect([await coverage(other), await coverage()]).toEqual([atOnce[0], atOnce[2]])
  })

  it('are not deleted', async () => {
    await storeSprint({ id: 1, board: 7, state: 'closed' })
    await storeSprint({ id: 2, board: 7, state: 'active' })
    await storeIssue('10', [1])
    await store.query(`update sprints set deleted_at = now() where sprint_id = 2`)
    expect(await coverage()).toEqual(NOTHING)
  })

  it('are found beside more sprints than a statement has parameters, and no other board is read', async () => {
    await store.query(
      `insert into sprints (site_id, sprint_id, version_at, version_rank, name, state, goal, board_id)
       select 'main', n, now(), 0, '', case when n % 10 = 9 then 'active' else 'closed' end, '', n / 10
       from generate_series(10, 70009) as n`,
    )
    await store.query(
      `insert into issue_references select 'main', 'sprint', n::text, n::text from generate_series(10, 70009) as n`,
    )
    await storeIssue('80000', [18, 19])
    expect(await coverage()).toMatchObject({ running: ['main 19'], work: 1 })
    expect((await coverage()).latest).toHaveLength(10)
  })
})
