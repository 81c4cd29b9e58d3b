import { expect, it } from 'vitest'
import { createJira } from '../../src/adapters/jira/create-jira.ts'
import { connectSite } from '../../src/app/connect-site.ts'
import { createJiraSimulator, SIMULATOR_CREDENTIALS } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { loadDevlakeHistory } from '../../src/demo/jira-simulator/loading/devlake-history.ts'
import type { CommentDocument } from '../../src/domain/writeback/comment-document.ts'
import { renderAdf } from '../../src/domain/writeback/adf.ts'
import { renderWiki } from '../../src/domain/writeback/wiki.ts'
import { problemsOfRequest, problemsOfResponse } from '../support/atlassian-openapi.ts'
import { collect } from '../support/jira-under-test.ts'
import { sharedData } from '../support/shared-data.ts'
import { silentLog } from '../support/silent-log.ts'

const DOCUMENT: CommentDocument = {
  blocks: [{ kind: 'paragraph', runs: [{ kind: 'text', text: 'On track' }] }],
}
const MARKER = { keyResult: 'KR-1', kind: 'status' } as const

it('every request to the simulator and every answer of it is what Atlassian documents', async () => {
  const history = await loadDevlakeHistory(sharedData('rest/devlake'))
  const simulator = createJiraSimulator({ history, recordAnswers: true })
  const { baseUrl } = await simulator.start()
  const jira = createJira({
    baseUrl,
    deployment: 'cloud',
    credentials: SIMULATOR_CREDENTIALS,
    renderComment: { adf: renderAdf, wiki: renderWiki },
    clock: { now: () => 0 },
    log: silentLog,
  })

  const webhook = { name: 'Throughline', url: 'https://okr.example/webhooks/jira/main', secret: 'secret' }
  const report = await connectSite({ jira }, { keyResultField: null, blocks: null, webhook })
  expect(report).toMatchObject({ kind: 'connected', missingPermissions: [], webhook: { kind: 'registered' } })
  if (report.kind !== 'connected') return
  const { fields } = report.discovery

  const issueIds: string[] = []
  for (let pageToken: string | null = null; ;) {
    const jql = 'updated >= 1970-01-02 ORDER BY created ASC'
    const page = await jira.searchIssues({ jql, pageToken, pageSize: 10, fields })
    issueIds.push(...page.issues.map(({ issueId }) => issueId))
    pageToken = page.nextPageToken
    if (pageToken === null) break
  }
  expect(issueIds.length).toBeGreaterThanOrEqual(33)
  const [firstId] = issueIds as [string]
  expect((await collect(jira.changes(issueIds, fields))).flat().length).toBeGreaterThan(20)
  expect(await jira.existingIssues([firstId, '999999999'])).toEqual(new Set([firstId]))
  expect((await jira.projects()).length).toBeGreaterThan(0)
  expect((await jira.statuses()).length).toBeGreaterThan(50)
  expect((await jira.resolutions()).length).toBeGreaterThan(0)
  expect((await jira.sprints(8)).length).toBe(30)

  expect(await jira.findComment(firstId, MARKER)).toBeNull()
  const commentId = await jira.createComment(firstId, DOCUMENT, MARKER)
  expect(await jira.findComment(firstId, MARKER)).toBe(commentId)
  expect(await jira.updateComment(firstId, commentId, DOCUMENT)).toBe('written')
  expect(await jira.updateComment(firstId, '999999999', DOCUMENT)).toBe('gone')

  await jira.close()
  const { requests } = simulator
  await simulator.stop()
  expect(requests.length).toBeGreaterThan(20)
  expect(requests.flatMap(({ method, url, body }) => problemsOfRequest({ method, url, body }))).toEqual([])
  expect(
    requests.flatMap(({ method, url, status, answer }) =>
      problemsOfResponse({ method, url, status: status ?? 0, body: answer }),
    ),
  ).toEqual([])
})
