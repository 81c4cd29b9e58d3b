import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { relayComments } from '../../src/app/relay-comments.ts'
import type { Jira } from '../../src/app/ports/jira.ts'
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
  readonly waiting: { readonly request: string; go(): void }[] = []

  readonly #wait = (request: string) => new Promise<void>((go) => this.waiting.push({ request, go }))

  readonly port = {
    findComment: async (issueId: string) => {
      await this.#wait(`find ${issueId}`)
      return null
    },
    createComment: async (issueId: string) => {
      await this.#wait(`create ${issueId}`)
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
afterEach(() => store.drop())

const idOf = (issueId: string) => ({ keyResult: 'KR-12' as KeyResultKey, siteId: 'main', issueId })

async function want(issueId: string, progressPercent: number): Promise<void> {
  await store.database.records.comments.want(
    idOf(issueId),
    { facts: factsWith({ progressPercent }), cursor: 0 },
    0,
  )
}

const relay = () =>
  relayComments({
    database: store.database,
    clock: { now: () => Date.parse('2026-11-21T10:00:00Z') },
    jiraOf: () => jira.port,
    renderStatusComment: () => DOCUMENT,
    log: silentLog,
  })

const LEASES_RUN_OUT = `update status_comments set leased_until = now() - interval '1 second'
  where leased_until is not null`

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
    const [comment] = await store.database.records.comments.ofKeyResult('KR-12' as KeyResultKey)
    expect(comment).toMatchObject({
      commentId: 'comment-1',
      written: { facts: { progressPercent: 20 } },
      wanted: { progressPercent: 60 },
    })
  })

  it('create one comment when the first is so slow that its turn has passed', async () => {
    await want('1', 20)
    const slow = relay()
    await eventually('the slow one to look', () => jira.waiting.length === 1)
    await store.query(LEASES_RUN_OUT)
    const fast = relay()
    await eventually('the fast one to look', () => jira.waiting.length === 2)
    const [ofSlow] = jira.waiting.splice(0, 1)
    await jira.letGo('find 1')
    await jira.letGo('create 1')
    await fast

    ofSlow!.go()
    await slow
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
    const leased = (await comments.lease(60_000))!
    await want('1', 60)
    await comments.postpone(leased, null)
    expect(await comments.lease(60_000)).toMatchObject({ wanted: { progressPercent: 60 } })

    await comments.postpone((await comments.ofKeyResult('KR-12' as KeyResultKey))[0]!, null)
    await store.query(LEASES_RUN_OUT)
    expect(await comments.lease(60_000)).toBeNull()
  })
})
