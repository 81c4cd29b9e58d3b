import { describe, expect, it } from 'vitest'
import { readDelivery } from '../../src/contracts/jira/webhook.ts'
import { NO_FIELDS } from '../../src/domain/site.ts'
import { SILENT_EDITS_REFUSED } from '../../src/demo/jira-simulator/rest/faults.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { MONDAY, simulatedJira, type SimulatedJira } from '../support/simulated-jira.ts'

const document = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})

const commentsOf = (issue: string) => `/rest/api/3/issue/${issue}/comment`

function newIssue({ jira }: SimulatedJira): string {
  return jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'Anchor' }).id
}

async function comment(site: SimulatedJira, issue: string, text: string): Promise<string> {
  const answer = await site.call('POST', commentsOf(issue), {
    body: document(text),
    properties: [{ key: 'throughline', value: { keyResult: 'KR-1' } }],
  })
  expect(answer.status).toBe(201)
  return (answer.body as { id: string }).id
}

describe.skipIf(!hasSharedData)('comments over REST', () => {
  it('are created with their properties, listed, edited in place and deleted', async () => {
    await using site = await simulatedJira()
    const issue = newIssue(site)
    const other = site.jira.addComment(issue, { at: MONDAY, text: 'From a person' })
    const id = await comment(site, issue, 'First')

    const listed = await site.call('GET', `${commentsOf(issue)}?orderBy=created`)
    expect(listed.body).toMatchObject({ total: 2, comments: [{ id: other }, { id }] })
    const expanded = await site.call('POST', '/rest/api/3/comment/list?expand=properties', {
      ids: [Number(other), Number(id), 404],
    })
    expect(expanded.body).toMatchObject({
      total: 2,
      values: [{ properties: [] }, { properties: [{ key: 'throughline', value: { keyResult: 'KR-1' } }] }],
    })

    const edited = await site.call('PUT', `${commentsOf(issue)}/${id}`, { body: document('Second') })
    expect(edited.body).toMatchObject({ id, body: document('Second') })
    expect(site.jira.commentsOf(issue).map(({ text }) => text)).toEqual(['From a person', 'Second'])
    expect(site.jira.commentsOf(issue)[1]?.properties.get('throughline')).toEqual({ keyResult: 'KR-1' })

    expect((await site.call('DELETE', `${commentsOf(issue)}/${id}`)).status).toBe(204)
    expect((await site.call('GET', `${commentsOf(issue)}/${id}`)).status).toBe(404)
    expect((await site.call('PUT', `${commentsOf(issue)}/${id}`, { body: document('x') })).status).toBe(404)
    expect((await site.call('POST', commentsOf('SHOP-404'), { body: document('x') })).status).toBe(404)
  })

  it('tell watchers when created, and when edited unless asked not to', async () => {
    await using site = await simulatedJira()
    const issue = newIssue(site)
    const id = await comment(site, issue, 'First')
    await site.call('PUT', `${commentsOf(issue)}/${id}?notifyUsers=false`, { body: document('Silent') })
    await site.call('PUT', `${commentsOf(issue)}/${id}`, { body: document('Aloud') })
    expect(site.jira.commentWrites.map(({ kind, notifies }) => [kind, notifies])).toEqual([
      ['created', true],
      ['updated', false],
      ['updated', true],
    ])
  })

  it('are dropped with a 403 where silent edits are refused', async () => {
    await using site = await simulatedJira()
    const issue = newIssue(site)
    const id = await comment(site, issue, 'First')
    const allowAgain = site.jira.faults.add(SILENT_EDITS_REFUSED)
    const edit = async (query: string) =>
      (await site.call('PUT', `${commentsOf(issue)}/${id}${query}`, { body: document('Second') })).status
    expect(await edit('?notifyUsers=false')).toBe(403)
    expect(site.jira.commentsOf(issue)[0]?.text).toBe('First')
    expect(await edit('')).toBe(200)
    allowAgain()
    expect(await edit('?notifyUsers=false')).toBe(200)
  })

  it('are refused when the body is no document, or not ours to edit', async () => {
    await using site = await simulatedJira()
    const issue = newIssue(site)
    const foreign = site.jira.addComment(issue, { at: MONDAY, text: 'From a person' })
    for (const body of ['plain text', null, { type: 'paragraph' }, { type: 'doc', version: 1 }]) {
      expect((await site.call('POST', commentsOf(issue), { body })).status).toBe(400)
    }
    const tooLong = { key: 'x'.repeat(256), value: 1 }
    const tooBig = { key: 'x', value: 'x'.repeat(32_768) }
    for (const property of [tooLong, tooBig]) {
      const body = { body: document('x'), properties: [property] }
      expect((await site.call('POST', commentsOf(issue), body)).status).toBe(400)
    }
    const edit = await site.call('PUT', `${commentsOf(issue)}/${foreign}`, { body: document('x') })
    expect(edit.status).toBe(400)
    expect(site.jira.commentsOf(issue)).toHaveLength(1)
  })

  it('have properties that can be read and written one by one', async () => {
    await using site = await simulatedJira()
    const id = await comment(site, newIssue(site), 'First')
    const properties = `/rest/api/3/comment/${id}/properties`
    expect((await site.call('PUT', `${properties}/mark`, { a: 1 })).status).toBe(201)
    expect((await site.call('PUT', `${properties}/mark`, { a: 2 })).status).toBe(200)
    expect((await site.call('GET', `${properties}/mark`)).body).toEqual({ key: 'mark', value: { a: 2 } })
    expect((await site.call('GET', properties)).body).toMatchObject({
      keys: [{ key: 'throughline' }, { key: 'mark' }],
    })
    expect((await site.call('DELETE', `${properties}/mark`)).status).toBe(204)
    expect((await site.call('GET', `${properties}/mark`)).status).toBe(404)
  })

  it('come back as webhooks that Throughline knows as its own and ignores', async () => {
    await using site = await simulatedJira()
    const issue = newIssue(site)
    const { accountId } = site.jira.history.site.account
    const id = await comment(site, issue, 'First')
    await site.call('PUT', `${commentsOf(issue)}/${id}`, { body: document('Second') })
    site.jira.addComment(issue, { at: MONDAY, text: 'From a person' })
    const context = { fields: NO_FIELDS, ownAccountId: accountId, receivedAt: 0 }
    const readings = site.events
      .filter(({ name }) => name.startsWith('comment_'))
      .map(({ name, body }) => ({
        name,
        reading: readDelivery(new TextEncoder().encode(JSON.stringify(body)), context),
      }))
    expect(readings).toMatchObject([
      { name: 'comment_created', reading: { kind: 'ignored', reason: 'own_comment' } },
      { name: 'comment_updated', reading: { kind: 'ignored', reason: 'own_comment' } },
      { name: 'comment_created', reading: { kind: 'ignored', reason: 'comments_do_not_move_progress' } },
    ])
  })

  it('are limited to 20 writes to one issue in 2 s and 100 in 30 s', async () => {
    let nowMs = 0
    await using site = await simulatedJira({ elapsedMs: () => nowMs })
    const issue = newIssue(site)
    const write = () => site.call('POST', commentsOf(issue), { body: document('x') })
    for (let count = 0; count < 20; count++) expect((await write()).status).toBe(201)
    const refused = await write()
    expect(refused.status).toBe(429)
    expect(refused.headers.get('ratelimit-reason')).toBe('jira-per-issue-on-write')
    expect(refused.headers.get('retry-after')).toBe('2')
    expect((await site.call('POST', commentsOf(newIssue(site)), { body: document('x') })).status).toBe(201)

    for (let round = 1; round < 5; round++) {
      nowMs = round * 2_001
      for (let count = 0; count < 20; count++) expect((await write()).status).toBe(201)
    }
    nowMs = 5 * 2_001
    expect((await write()).headers.get('retry-after')).toBe('20')
    expect(site.jira.commentsOf(issue)).toHaveLength(100)
    expect(site.jira.writeLimitViolations()).toBe(2)
    nowMs = 30_001
    expect((await write()).status).toBe(201)
  })
})
