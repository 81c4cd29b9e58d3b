import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommentTopic } from '../../src/app/ports/comments.ts'
import type { Jira } from '../../src/app/ports/jira.ts'
import { relayComments } from '../../src/app/relay-comments.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import type { CommentContent } from '../../src/domain/writeback/comment-content.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { silentLog } from '../support/silent-log.ts'
import { factsWith } from '../support/status-facts.ts'
import { contentOf, episodeWith, KR } from '../support/warnings.ts'

/** 23:30 in Shanghai, where the cycle is at home. */
const LATE = Date.parse('2026-11-20T15:30:00Z')

let store: FreshDatabase
let now: number
let created: string[]

beforeEach(async () => {
  store = await freshDatabase()
  now = LATE
  created = []
  await storeGoals(store.database, { timeZone: 'Asia/Shanghai', keyResults: { [KR]: BY_COUNT } })
  const status = { kind: 'status', facts: factsWith() } as const
  await store.database.transaction(async ({ comments }) => {
    const want = (issueId: string, topic: CommentTopic, content: CommentContent) =>
      comments.want({ subject: KR, topic, siteId: 'main', issueId }, { content, cursor: 0 }, 0)
    await want('1', 'status', status)
    await want('2', 'status', status)
    await want('1', 'warning-7', contentOf(episodeWith()))
  })
})
afterEach(() => store.drop())

/** Relays that all look for their comment before any of them goes on. */
async function relayTogether(relays: number): Promise<void> {
  let arrived = 0
  let open: () => void = () => undefined
  const all = new Promise<void>((resolve) => {
    open = resolve
  })
  const jira = {
    findComment: () => {
      if (++arrived >= relays) open()
      return all.then(() => null)
    },
    createComment: (issueId: string, _document: unknown, { kind }: { kind: string }) => {
      created.push(`${kind} on ${issueId}`)
      return Promise.resolve(`comment-${created.length}`)
    },
  } as unknown as Jira
  const deps = {
    database: store.database,
    clock: { now: () => now },
    jiraOf: () => jira,
    render: () => ({ blocks: [] }),
    log: silentLog,
  }
  await Promise.all(Array.from({ length: relays }, () => relayComments(deps)))
}

async function nextDay(): Promise<void> {
  await store.query('update jira_comments set due_at = now() where is_due')
  await relayTogether(1)
}

describe('the comment of a warning whose anchor moved while it was created', () => {
  it('stays where it is, and none is created on the new anchor', async () => {
    const { comments } = store.database.records
    await relayTogether(1)
    const content = contentOf(episodeWith())
    const id = { subject: KR, topic: 'warning-7', siteId: 'main', issueId: '2' } as const
    await comments.want(id, { content, cursor: 0 }, 0)
    for (let day = 0; day < 3; day++) {
      now += DAY_MS
      await nextDay()
    }
    expect(created.filter((one) => one.startsWith('warning'))).toEqual(['warning-7 on 1'])
  })
})

describe('new comments of one key result, which all notify people', () => {
  it('are one a day, the warning first', async () => {
    await relayTogether(1)
    expect(created).toEqual(['warning-7 on 1'])
    await nextDay()
    expect(created).toHaveLength(1)
    now += 30 * 60_000
    await nextDay()
    expect(created).toEqual(['warning-7 on 1', 'status on 1'])
    now += DAY_MS
    await nextDay()
    expect(created).toEqual(['warning-7 on 1', 'status on 1', 'status on 2'])
  })

  it('are one a day also when several relays are about to create them at the same time', async () => {
    await relayTogether(3)
    expect(created).toHaveLength(1)
    const rows = await store.query(
      "select count(*) filter (where notified_at is not null)::int as told, count(*) filter (where is_due and due_at > now() + interval '20 minutes')::int as waiting from jira_comments",
    )
    expect(rows).toEqual([{ told: 1, waiting: 2 }])
  })
})
