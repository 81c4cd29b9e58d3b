import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { relayComments } from '../../src/app/relay-comments.ts'
import { JiraError, type Jira } from '../../src/app/ports/jira.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import type { CommentDocument } from '../../src/domain/writeback/comment-document.ts'
import { eventually } from '../support/eventually.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { silentLog } from '../support/silent-log.ts'
import { factsWith } from '../support/status-facts.ts'

const DOCUMENT: CommentDocument = { blocks: [] }

/** A Jira whose requests about comments wait until they are let go, one after the other. */
class SlowJira {
  readonly created: string[] = []
  /** What it says to requests to create, instead of creating. */
  readonly refusals: JiraError[] = []
  readonly waiting: { readonly request: string; go(): void }[] = []

  #isPatient = true

  readonly #wait = (request: string) =>
    new Promise<void>((go) => {
      if (this.#isPatient) this.waiting.push({ request, go })
      else go()
    })

  /** Keeps nobody waiting any longer. */
  end(): void {
    this.#isPatient = false
    for (const { go } of this.waiting) go()
  }

  readonly port = {
    findComment: async (issueId: string) => {
      await this.#wait(`find ${issueId}`)
      return null
    },
    createComment: async (issueId: string) => {
      await this.#wait(`create ${issueId}`)
      const refusal = this.refusals.pop()
      if (refusal !== undefined) throw refusal
      this.created.push(issueId)
      return `comment-${this.created.length}`
    },
  } as unknown as Jira

  /** Lets the first waiting request of this text go, as soon as there is one. */
  async letGo(request: string): Promise<void> {
    const found = await eventually(request, () => this.waiting.find((one) => one.request === request))
    this.waiting.splice(this.waiting.indexOf(found), 1)
    found.go()
  }
}

let store: FreshDatabase
let jira: SlowJira

beforeEach(async () => {
  store = await freshDatabase()
  jira = new SlowJira()
})
afterEach(async () => {
  jira.end()
  await store.drop()
})

async function want(issueId: string, progressPercent: number): Promise<void> {
  const id = { subject: 'KR-12', topic: 'status', siteId: 'main', issueId } as const
  const content = { kind: 'status', facts: factsWith({ progressPercent }) } as const
  await store.database.records.comments.want(id, { content, cursor: 0 }, 0)
}

const relay = () =>
  relayComments({
    database: store.database,
    clock: { now: () => Date.parse('2026-11-21T10:00:00Z') },
    jiraOf: () => jira.port,
    render: () => DOCUMENT,
    log: silentLog,
  })

/** What a restart of the database does to those who write: their locks are gone. */
async function loseLocks(): Promise<void> {
  const ours = 'where datname = current_database()'
  await store.query(
    `select pg_terminate_backend(pid) from pg_stat_activity ${ours} and state = 'idle in transaction'`,
  )
  await eventually('the locks to be gone', async () => {
    const held = await store.query(
      `select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database ${ours})`,
    )
    return held.length === 0
  })
}

const ofKeyResult = () => store.database.records.comments.ofKeyResults(['KR-12' as KeyResultKey])

describe('two relays of comments', () => {
  it('create one comment, also when what is wanted changes while it is being created', async () => {
    await want('1', 20)
    const first = relay()
    await jira.letGo('find 1')
    await eventually('the request to create', () =>
      jira.waiting.some(({ request }) => request === 'create 1'),
    )
    await want('1', 60)

    await relay()
    expect(jira.waiting.map(({ request }) => request)).toEqual(['create 1'])

    await jira.letGo('create 1')
    await first
    expect(jira.created).toEqual(['1'])
    const [comment] = await ofKeyResult()
    expect(comment).toMatchObject({
      commentId: 'comment-1',
      written: { content: { facts: { progressPercent: 20 } } },
      wanted: { facts: { progressPercent: 60 } },
    })
  })

  it('create one comment when the first loses its lock while its request is under way', async () => {
    await want('1', 20)
    const first = relay().catch((error: unknown) => error)
    await jira.letGo('find 1')
    await eventually('the request to create', () =>
      jira.waiting.some(({ request }) => request === 'create 1'),
    )
    await loseLocks()
    const second = relay()
    await jira.letGo('find 1')
    await second
    expect(jira.waiting.map(({ request }) => request)).toEqual(['create 1'])

    await jira.letGo('create 1')
    expect(await first).toBeInstanceOf(Error)
    expect(jira.created).toEqual(['1'])
    expect(await ofKeyResult()).toMatchObject([{ commentId: 'comment-1' }])
  })

  it('create one comment when the first loses its lock while it is still looking for one', async () => {
    await want('1', 20)
    const slow = relay().catch((error: unknown) => error)
    const ofSlow = await eventually('the slow one to look', () => jira.waiting[0])
    jira.waiting.splice(0, 1)
    await loseLocks()
    const fast = relay()
    await jira.letGo('find 1')
    await jira.letGo('create 1')
    await fast

    ofSlow.go()
    await slow
    expect(jira.created).toEqual(['1'])
  })

  it('do not wait for each other once Jira has refused', async () => {
    await want('1', 20)
    jira.refusals.push(new JiraError('rate_limited', 'too many', { retryAfterMs: 60_000 }))
    const first = relay()
    await jira.letGo('find 1')
    await jira.letGo('create 1')
    await first
    await store.query('update jira_comments set due_at = now()')
    const second = relay()
    await jira.letGo('find 1')
    await jira.letGo('create 1')
    await second
    expect(jira.created).toEqual(['1'])
  })

  it('take one comment each, so that one that hangs keeps no other waiting', async () => {
    await want('1', 20)
    await want('2', 20)
    const hanging = relay()
    await eventually('the first to hang', () => jira.waiting.length === 1)
    const [ofHanging] = jira.waiting
    const other = ofHanging!.request === 'find 1' ? '2' : '1'
    const second = relay()
    await jira.letGo(`find ${other}`)
    await jira.letGo(`create ${other}`)
    await second
    expect(jira.created).toEqual([other])

    const left = other === '1' ? '2' : '1'
    await jira.letGo(`find ${left}`)
    await jira.letGo(`create ${left}`)
    await hanging
    expect(jira.created.toSorted()).toEqual(['1', '2'])
  })

  it('do not forget a wish that came while the one before was found to need no writing', async () => {
    const { comments } = store.database.records
    await want('1', 20)
    const [taken] = await ofKeyResult()
    await want('1', 60)
    await comments.postpone(taken!, null)
    expect(await comments.takeDue()).toMatchObject({ wanted: { facts: { progressPercent: 60 } } })

    await comments.postpone((await ofKeyResult())[0]!, null)
    expect(await comments.takeDue()).toBeNull()
  })
})
