import { describe, expect, it } from 'vitest'
import { createJira } from '../../src/adapters/jira/create-jira.ts'
import type { Jira } from '../../src/app/ports/jira.ts'
import { renderAdf } from '../../src/domain/writeback/adf.ts'
import { renderWiki } from '../../src/domain/writeback/wiki.ts'
import { SIMULATOR_CREDENTIALS } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { SILENT_EDITS_REFUSED } from '../../src/demo/jira-simulator/rest/faults.ts'
import { problemsOfRequest } from '../support/atlassian-openapi.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { silentLog } from '../support/silent-log.ts'
import { MONDAY, simulatedJira } from '../support/simulated-jira.ts'

function adapter(baseUrl: string): Jira {
  return createJira({
    baseUrl,
    deployment: 'cloud',
    credentials: SIMULATOR_CREDENTIALS,
    renderComment: { adf: renderAdf, wiki: renderWiki },
    clock: { now: () => MONDAY },
    log: silentLog,
    random: () => 0,
  })
}

describe.skipIf(!hasSharedData)('the Jira adapter at the simulator', () => {
  it('writes its comment once, finds it again and edits it, also where silent edits are refused', async () => {
    await using site = await simulatedJira()
    const jira = adapter(site.baseUrl)
    const { id } = site.jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'Anchor' })
    const marker = { keyResult: 'KR-1', kind: 'status' } as const
    const document = (text: string) => ({
      blocks: [{ kind: 'paragraph' as const, runs: [{ kind: 'text' as const, text }] }],
    })
    site.jira.addComment(id, { at: MONDAY, text: 'From a person' })
    expect(await jira.findComment(id, marker)).toBeNull()
    const commentId = await jira.createComment(id, document('On track'), marker)
    expect(await jira.findComment(id, marker)).toBe(commentId)
    expect(await jira.updateComment(id, commentId, document('At risk'))).toBe('written')
    site.jira.faults.add(SILENT_EDITS_REFUSED)
    expect(await jira.updateComment(id, commentId, document('Off track'))).toBe('written')
    expect(await jira.updateComment(id, '404', document('x'))).toBe('gone')
    expect(site.jira.commentsOf(id).map(({ text }) => text)).toEqual(['From a person', 'Off track'])
    expect(site.jira.commentWrites.slice(1).map(({ notifies }) => notifies)).toEqual([true, false, true])
    expect(site.jira.requests.flatMap(problemsOfRequest)).toEqual([])
    await jira.close()
  })

  it('registers its webhook once and changes it the next time', async () => {
    await using site = await simulatedJira()
    const jira = adapter(site.baseUrl)
    const url = 'http://127.0.0.1:1/webhooks/jira/main'
    const registration = { name: 'Throughline', url, secret: 'one', events: ['jira:issue_updated'] }
    expect(await jira.findWebhook(url)).toBeNull()
    const { id } = await jira.registerWebhook(registration)
    await jira.registerWebhook({ ...registration, secret: 'two', events: ['sprint_closed'] })
    expect(site.jira.webhooks.registered()).toMatchObject([
      { id: Number(id), secret: 'two', events: ['sprint_closed'], enabled: true },
    ])
    await jira.close()
  })
})
