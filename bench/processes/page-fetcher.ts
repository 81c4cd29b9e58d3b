import { Pool } from 'undici'
import { createJira } from '../../src/adapters/jira/create-jira.ts'
import { wantedFields } from '../../src/adapters/jira/issue-page.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { WHOLE_SITE_JQL } from '../../src/app/backfill-site.ts'
import { SIMULATOR_CREDENTIALS } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { renderAdf } from '../../src/domain/writeback/adf.ts'
import { renderWiki } from '../../src/domain/writeback/wiki.ts'
import { silentLog } from '../record/bench-record.ts'
import { fieldsOf } from '../record/connected-jira.ts'
import { answerParent } from './child.ts'

/** As the backfill asks for them. */
const ISSUES_PER_PAGE = 500
const HISTORIES_PER_PAGE = 1_000

interface Page {
  readonly issues: readonly { readonly id: string }[]
  readonly issueChangeLogs: readonly { readonly changeHistories: readonly object[] }[]
  readonly nextPageToken?: string
}

export interface FetchReport {
  readonly issues: number
  readonly histories: number
  readonly seconds: number
}

/** Fetches the pages a backfill fetches, one after another, parses them and keeps nothing. */
answerParent(async ({ jiraUrl }: { jiraUrl: string }): Promise<FetchReport> => {
  const jira = createJira({
    baseUrl: jiraUrl,
    deployment: 'cloud',
    credentials: SIMULATOR_CREDENTIALS,
    renderComment: { adf: renderAdf, wiki: renderWiki },
    clock: systemClock,
    log: silentLog,
  })
  const fields = wantedFields(await fieldsOf(jira))
  await jira.close()
  const pool = new Pool(jiraUrl, { connections: 1 })
  const { email, apiToken } = SIMULATOR_CREDENTIALS
  const authorization = `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`
  const post = async (path: string, body: object): Promise<Page> => {
    const headers = { authorization, 'content-type': 'application/json' }
    const answer = await pool.request({ method: 'POST', path, headers, body: JSON.stringify(body) })
    if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`)
    return (await answer.body.json()) as Page
  }
  async function* pages(path: string, body: object): AsyncGenerator<Page> {
    for (let nextPageToken: string | undefined; ;) {
      const page = await post(path, { ...body, nextPageToken })
      yield page
      if (page.nextPageToken === undefined) return
      nextPageToken = page.nextPageToken
    }
  }

  let issues = 0
  let histories = 0
  const startAt = performance.now()
  const search = { jql: WHOLE_SITE_JQL, fields, maxResults: ISSUES_PER_PAGE }
  for await (const found of pages('/rest/api/3/search/jql', search)) {
    issues += found.issues.length
    const changelogs = { issueIdsOrKeys: found.issues.map(({ id }) => id), maxResults: HISTORIES_PER_PAGE }
    for await (const changed of pages('/rest/api/3/changelog/bulkfetch', changelogs)) {
      for (const { changeHistories } of changed.issueChangeLogs) histories += changeHistories.length
    }
  }
  const seconds = (performance.now() - startAt) / 1_000
  await pool.close()
  return { issues, histories, seconds }
})
