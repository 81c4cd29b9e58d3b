import type { Jira } from '../../app/ports/jira.ts'
import {
  jiraBulkChangelogs,
  jiraBulkIssues,
  jiraSearchPage,
  readHistories,
} from '../../contracts/jira/rest-issues.ts'
import type { Clock } from '../../app/ports/clock.ts'
import type { IssueId } from '../../domain/ids.ts'
import type { ChangesFact } from '../../domain/mirror/facts.ts'
import type { SiteFields } from '../../domain/site.ts'
import type { JiraClient } from './client.ts'
import { readIssuePage, wantedFields } from './issue-page.ts'
import type { JiraRequest } from './request.ts'

export type Issues = Pick<Jira, 'searchIssues' | 'changes' | 'existingIssues'>

const HISTORIES_PER_PAGE = 1_000

/** Issues of Jira Cloud, in bulk and by page tokens. The older search answers 410 there. */
export function createCloudIssues(client: JiraClient, clock: Clock): Issues {
  const post = (endpoint: string, body: object): JiraRequest => ({
    method: 'POST',
    endpoint,
    body,
    access: 'read',
  })

  /**
   * Asks for whole histories, though Jira could filter them by up to ten field ids: items such as `Key`, `Parent`
   * and `IssueParentAssociation` have no field id, so that a filter would lose moves and changes of parent.
   */
  async function* changes(issueIds: readonly IssueId[], fields: SiteFields) {
    if (issueIds.length === 0) return
    for (let token: string | null = null; ;) {
      const request = post('/rest/api/3/changelog/bulkfetch', {
        issueIdsOrKeys: issueIds,
        maxResults: HISTORIES_PER_PAGE,
        ...(token === null ? {} : { nextPageToken: token }),
      })
      const page = await client.ask(request, jiraBulkChangelogs)
      const facts: ChangesFact[] = page.issueChangeLogs
        .map(({ issueId, changeHistories }) => readHistories(issueId, changeHistories, fields))
        .filter((fact) => fact !== null)
      if (facts.length > 0) yield facts
      if (page.nextPageToken === null) return
      if (page.nextPageToken === token) throw client.unexpected(request, 'nextPageToken is the one just used')
      token = page.nextPageToken
    }
  }

  return {
    changes,

    async searchIssues({ jql, pageToken, pageSize, fields }) {
      const request = post('/rest/api/3/search/jql', {
        jql,
        fields: wantedFields(fields),
        maxResults: pageSize,
        ...(pageToken === null ? {} : { nextPageToken: pageToken }),
      })
      const fetchedAt = clock.now()
      const page = await client.ask(request, jiraSearchPage)
      if (page.nextPageToken !== null && page.nextPageToken === pageToken) {
        throw client.unexpected(request, 'nextPageToken is the one just used')
      }
      return readIssuePage(page.issues, fields, page.isLast === true ? null : page.nextPageToken, fetchedAt)
    },

    async existingIssues(issueIds) {
      if (issueIds.length === 0) return new Set()
      const body = { issueIdsOrKeys: issueIds, fields: ['updated'] }
      const found = await client.ask(post('/rest/api/3/issue/bulkfetch', body), jiraBulkIssues)
      return new Set(found.issues.map(({ id }) => id))
    },
  }
}
