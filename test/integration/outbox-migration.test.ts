import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planComment } from '../../src/domain/writeback/plan-comment.ts'
import type { StatusFacts } from '../../src/domain/writeback/status-facts.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { factsWith } from '../support/status-facts.ts'
import { KR } from '../support/warnings.ts'

const STATEMENT_END = '--> statement-breakpoint'
const AT = Date.parse('2026-11-20T09:00:00Z')

const statements = (name: string) =>
  readFileSync(resolve(import.meta.dirname, '../../migrations', name), 'utf8').split(STATEMENT_END)

let store: FreshDatabase

/** The tables of the outbox as they were before, beside everything else as it is. */
beforeEach(async () => {
  store = await freshDatabase()
  await store.query('drop table jira_comments, warnings, team_digests')
  for (const statement of statements('0000_foundation.sql').filter((text) =>
    text.includes('"status_comments"'),
  )) {
    await store.query(statement)
  }
})
afterEach(() => store.drop())

/** Facts as they were stored before warnings and forecasts. */
function olderFacts(change: Partial<StatusFacts> = {}): object {
  const { overruled, gapPoints, forecast, warnings, lastSprint, ...older } = factsWith(change)
  expect([overruled, gapPoints, forecast, warnings, lastSprint]).toEqual([null, 10, null, [], null])
  return older
}

async function migrate(): Promise<void> {
  for (const statement of statements('0002_warnings.sql')) await store.query(statement)
}

describe('status comments from before there were others', () => {
  it('stay known as they were written, and are neither written again nor created a second time', async () => {
    await store.query(
      `insert into status_comments (key_result, site_id, issue_id, comment_id, wanted, wanted_cursor,
        written_facts, written_cursor, written_at, is_due)
      values ('KR-12', 'main', '1', '77', $1, 5, $2, 4, to_timestamp($3), true)`,
      [olderFacts(), olderFacts(), AT / 1_000],
    )
    await migrate()
    const [comment] = await store.database.records.comments.ofKeyResults([KR])
    expect(comment).toMatchObject({
      subject: 'KR-12',
      topic: 'status',
      siteId: 'main',
      issueId: '1',
      commentId: '77',
      wantedCursor: 5,
      written: { cursor: 4, at: AT },
      mayExist: false,
      notifiedAt: null,
    })
    expect(comment?.wanted).toEqual({ kind: 'status', facts: factsWith({ gapPoints: null }) })
    const plan = planComment({ ...comment!, nextNoticeAt: 0, now: AT + 86_400_000 })
    expect(plan).toEqual({ kind: 'none' })
    expect(await store.database.records.comments.takeDue()).toMatchObject({ topic: 'status' })
  })

  it('that were never written are still to be created', async () => {
    await store.query(
      `insert into status_comments (key_result, site_id, issue_id, wanted, wanted_cursor, is_due)
      values ('KR-12', 'main', '1', $1, 0, true)`,
      [olderFacts()],
    )
    await migrate()
    const [comment] = await store.database.records.comments.ofKeyResults([KR])
    expect(comment).toMatchObject({ commentId: null, written: null })
    expect(planComment({ ...comment!, nextNoticeAt: 0, now: AT })).toEqual({ kind: 'create' })
  })
})
