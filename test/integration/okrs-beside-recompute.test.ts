import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { archiveKeyResult } from '../../src/app/goals/archive-key-result.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { documentFrom, EXAMPLE, forgetGoals, okrFiles } from '../support/okr-files.ts'
import { doneOrLockedOut } from '../support/pauses.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { factsWith } from '../support/status-facts.ts'

let store: FreshDatabase
let files: ReturnType<typeof okrFiles>

beforeAll(async () => {
  store = await freshDatabase()
  files = okrFiles(store)
})
afterAll(() => store.drop())
beforeEach(() => forgetGoals(store))

const KEYS = ['KR-1', 'KR-2'] as KeyResultKey[]
const COMMENT = { subject: 'KR-2', topic: 'status', siteId: 'main', issueId: '7' } as const

describe('archiving a key result beside a recomputation', () => {
  it('waits for it, and keeps what it asks for at its end from being written', async () => {
    await files.apply(EXAMPLE)
    await store.query('truncate dirty_key_results')
    const key = 'KR-2' as KeyResultKey
    let archiving: Promise<unknown> = Promise.resolve()
    await store.database.transaction(async ({ progress, comments }) => {
      await progress.markDirty([{ keyResult: key, relink: false, day: null }])
      await comments.want(COMMENT, { content: { kind: 'status', facts: factsWith() }, cursor: 0 }, 0)
      archiving = archiveKeyResult(files.deps, { key })
      await doneOrLockedOut(archiving, store)
    })
    await archiving
    expect(await store.query('select is_due from jira_comments')).toEqual([{ is_due: false }])
  })
})

describe('applying a file beside a recomputation', () => {
  it('takes its locks in the same order: marks before comments, so neither waits for the other for ever', async () => {
    await files.apply(EXAMPLE)
    await store.query(
      `insert into jira_comments (subject, topic, site_id, issue_id, wanted, wanted_cursor, is_due)
       values ('KR-2', 'status', 'main', '7', '{}', 0, true)`,
    )
    const file = EXAMPLE.replace(/ {6}- key: KR-2[\s\S]*?period: month \}\n/, '').replace(
      'baseline: 45, target: 55',
      'baseline: 45, target: 65',
    )
    let applying: Promise<unknown> = Promise.resolve()
    await store.database.transaction(async ({ progress, comments }) => {
      // As a recomputation of both does: first their marks, and at its end what their comments should say.
      await progress.claimDirty(KEYS)
      applying = files.apply(file)
      await doneOrLockedOut(applying, store)
      await comments.unwant(COMMENT)
    })
    await applying
    expect(await store.query(`select key from key_results where archived_at is not null`)).toEqual([
      { key: 'KR-2' },
    ])
    expect(await store.query('select is_due from jira_comments')).toEqual([{ is_due: false }])
  })

  it('does so also where it only archives, and comments are asked for in another order', async () => {
    await files.apply(EXAMPLE)
    await store.query(
      `insert into jira_comments (subject, topic, site_id, issue_id, wanted, wanted_cursor, is_due)
       values ('KR-1', 'status', 'main', '7', '{}', 0, true), ('KR-2', 'status', 'main', '7', '{}', 0, true)`,
    )
    const document = documentFrom(EXAMPLE)
    const file = {
      ...document,
      objectives: document.objectives.map((objective) => ({
        ...objective,
        keyResults: objective.keyResults.filter(({ key }) => !KEYS.some((archived) => archived === key)),
      })),
    }
    let applying: Promise<unknown> = Promise.resolve()
    await store.database.transaction(async ({ progress, comments }) => {
      await progress.claimDirty(KEYS)
      await comments.unwant(COMMENT)
      applying = files.apply(file)
      await doneOrLockedOut(applying, store)
      await comments.unwant({ ...COMMENT, subject: 'KR-1' })
    })
    await applying
    expect(
      await store.query(`select key from key_results where archived_at is not null order by key`),
    ).toEqual([{ key: 'KR-1' }, { key: 'KR-2' }])
    expect(await store.query('select distinct is_due from jira_comments')).toEqual([{ is_due: false }])
  })
})
