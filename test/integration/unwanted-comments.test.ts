import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { archiveKeyResult } from '../../src/app/goals/archive-key-result.ts'
import { updateKeyResult } from '../../src/app/goals/update-key-result.ts'
import type { OutboxComment } from '../../src/app/ports/comments.ts'
import type { Jira } from '../../src/app/ports/jira.ts'
import { relayComments } from '../../src/app/relay-comments.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import type { StatusFacts } from '../../src/domain/writeback/status-facts.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { silentLog } from '../support/silent-log.ts'
import { factsWith } from '../support/status-facts.ts'

const KR = 'KR-12' as KeyResultKey
const EPIC = { subject: KR, topic: 'status', siteId: 'main', issueId: '1' } as const
/** Writing comments is on, but no request is sent: the relay of these tests has a Jira of its own. */
const WITH_COMMENTS = {
  JIRA_URL: 'http://127.0.0.1:1',
  JIRA_EMAIL: 'someone@example.org',
  JIRA_API_TOKEN: 'a token of these tests',
}

let service: TestService
/** The issues that were written to, and how. */
let writes: string[]

beforeEach(async () => {
  writes = []
  service = await startTestService(WITH_COMMENTS)
  await storeGoals(service.database, { keyResults: { 'KR-12': BY_COUNT } })
  const at = '2026-10-05T09:00:00.000Z'
  await service.deliver(issueEvent({ id: 1, at, level: 1, labels: ['KR-12'] }))
  await service.deliver(issueEvent({ id: 2, at, parentId: 1 }))
  await service.deliver(issueEvent({ id: 3, at, level: 1 }))
  await service.drain()
})
afterEach(() => service.stop())

const statusWith = (facts: StatusFacts, cursor: number) =>
  ({ content: { kind: 'status', facts }, cursor }) as const

function factsOf({ wanted }: OutboxComment): StatusFacts {
  if (wanted.kind !== 'status') throw new Error(`a status was expected, not a ${wanted.kind}`)
  return wanted.facts
}

const jira: Pick<Jira, 'findComment' | 'createComment' | 'updateComment'> = {
  findComment: () => Promise.resolve(null),
  createComment: (issueId) => {
    writes.push(`create ${issueId}`)
    return Promise.resolve('77')
  },
  updateComment: (issueId) => {
    writes.push(`edit ${issueId}`)
    return Promise.resolve('written')
  },
}

const relay = (changed: Partial<Jira> = {}) =>
  relayComments({
    database: service.database,
    clock: service.clock,
    jiraOf: () => ({ ...jira, ...changed }) as Jira,
    render: () => ({ blocks: [] }),
    log: silentLog,
  })

const changes = () => ({
  database: service.database,
  clock: service.clock,
  doorbell: service.doorbell,
  actor: 'api',
})
const archive = () => archiveKeyResult(changes(), { key: KR })

const dueIssues = async () => {
  const rows = await service.store.query('select issue_id from jira_comments where is_due order by 1')
  return rows.map((row) => row.issue_id)
}

describe('the comment of an archived key result', () => {
  it('is not due any more, written before or not', async () => {
    expect(await dueIssues()).toEqual(['1'])
    await archive()
    expect(await dueIssues()).toEqual([])
    await relay()
    expect(writes).toEqual([])
  })

  it('is not written either when a recompute that began before asks for it afterwards', async () => {
    await archive()
    await service.database.records.comments.want(EPIC, statusWith(factsWith(), 0), 0)
    await relay()
    expect(writes).toEqual([])
    expect(await dueIssues()).toEqual([])
  })

  it('is not created when it is archived while the relay looks for the one it has', async () => {
    await relay({
      findComment: async () => {
        await archive()
        return null
      },
    })
    expect(writes).toEqual([])
  })
})

describe('a comment on an issue that is no longer an anchor', () => {
  it('is not due any more, and is when the issue becomes one again', async () => {
    await updateKeyResult(changes(), {
      key: KR,
      changes: { anchorIssue: { siteId: 'main', issue: 'WEB-3' }, dueDay: '2026-12-01' },
    })
    await service.drain()
    expect(await dueIssues()).toEqual(['3'])

    await updateKeyResult(changes(), { key: KR, changes: { anchorIssue: null, dueDay: '2026-12-02' } })
    await service.drain()
    expect(await dueIssues()).toEqual(['1'])
  })
})

describe('a comment that people deleted in Jira', () => {
  it('stays away, but a wish that came meanwhile is looked at again', async () => {
    const { comments } = service.database.records
    await relay()
    const [written] = await comments.ofKeyResults([KR])
    const later = statusWith({ ...factsOf(written!), health: 'off_track' }, 9)
    await comments.want(EPIC, statusWith({ ...factsOf(written!), title: 'Another title' }, 5), 0)
    service.setNow(service.clock.now() + DAY_MS)
    await relay({
      updateComment: async () => {
        await comments.want(EPIC, later, 0)
        return 'gone'
      },
    })
    expect(writes).toEqual(['create 1', 'create 1'])
    expect(await comments.ofKeyResults([KR])).toMatchObject([
      { written: { content: later.content }, isMuted: false },
    ])
    expect(await dueIssues()).toEqual([])
  })

  it('is not due again by itself', async () => {
    const { comments } = service.database.records
    await relay()
    const [written] = await comments.ofKeyResults([KR])
    await comments.want(EPIC, statusWith({ ...factsOf(written!), title: 'Another title' }, 5), 0)
    service.setNow(service.clock.now() + 3_600_000)
    await relay({ updateComment: () => Promise.resolve('gone') })
    expect(await dueIssues()).toEqual([])
    expect(await comments.ofKeyResults([KR])).toMatchObject([{ isMuted: true, commentId: null }])
  })
})
