import type { Clock } from '../../app/ports/clock.ts'
import type { Log } from '../../app/ports/log.ts'
import { jiraErrorTexts } from '../../contracts/jira/rest.ts'
import { jiraIssueWithChangelog, jiraSearchResults, readHistories } from '../../contracts/jira/rest-issues.ts'
import type { IssueId } from '../../domain/ids.ts'
import type { ChangesFact } from '../../domain/mirror/facts.ts'
import type { SiteFields } from '../../domain/site.ts'
import type { JiraClient } from './client.ts'
import type { Issues } from './cloud-issues.ts'
import { isLockedOut } from './failures.ts'
import { readIssuePage, wantedFields } from './issue-page.ts'
import type { JiraRequest } from './request.ts'
import type { Answer } from './transport.ts'

/** Issues asked for one by one and answered together, so that a caller sees progress. */
const ISSUES_PER_PAGE = 50

/** Issues of Data Center, which has no bulk resources. A page token is the number of the next issue. */
export function createDataCenterIssues(client: JiraClient, log: Log, clock: Clock): Issues {
  const getIssue = (issueId: IssueId, query: { fields: string; expand?: string }): JiraRequest => ({
    method: 'GET',
    endpoint: '/rest/api/2/issue/{issueIdOrKey}',
    at: { issueIdOrKey: issueId },
    query,
    access: 'read',
  })

  /** The changes of one issue; null when it has none, or is no longer shown. */
  async function changesOf(issueId: IssueId, fields: SiteFields): Promise<ChangesFact | null> {
    const request = getIssue(issueId, { fields: 'updated', expand: 'changelog' })
    const answer = await client.exchange(request, [403, 404])
    if (isNotShown(answer)) return null
    if (answer.status >= 300) throw client.refused(request, answer)
    const { id, changelog } = client.read(request, answer, jiraIssueWithChangelog)
    const missing = (changelog.total ?? 0) - changelog.histories.length
    if (missing > 0) log.warn({ issueId: id, missing }, 'Jira gave only a part of the history of an issue')
    return readHistories(id, changelog.histories, fields)
  }

  async function* changes(issueIds: readonly IssueId[], fields: SiteFields) {
    for (let start = 0; start < issueIds.length; start += ISSUES_PER_PAGE) {
      const asked = issueIds.slice(start, start + ISSUES_PER_PAGE)
      const found = await Promise.all(asked.map((issueId) => changesOf(issueId, fields)))
      const facts = found.filter((fact) => fact !== null)
      if (facts.length > 0) yield facts
    }
  }

  /** Read by id, not searched: the index may lag behind, and what it misses would count as deleted. */
  async function exists(issueId: IssueId): Promise<boolean> {
    const request = getIssue(issueId, { fields: 'updated' })
    const answer = await client.exchange(request, [403, 404])
    if (isNotShown(answer)) return false
    if (answer.status >= 300) throw client.refused(request, answer)
    return true
  }

  return {
    changes,

    async searchIssues({ jql, pageToken, pageSize, fields }) {
      const startAt = Number(pageToken ?? 0)
      const request: JiraRequest = {
        method: 'GET',
        endpoint: '/rest/api/2/search',
        query: { jql, startAt, maxResults: pageSize, fields: wantedFields(fields).join(',') },
        access: 'read',
      }
      const fetchedAt = clock.now()
      const page = await client.ask(request, jiraSearchResults)
      const nextAt = startAt + page.issues.length
      const isLast = nextAt >= page.total || page.issues.length === 0
      return readIssuePage(page.issues, fields, isLast ? null : String(nextAt), fetchedAt)
    },

    async existingIssues(issueIds) {
      const found = await Promise.all(
        issueIds.map(async (issueId) => ((await exists(issueId)) ? issueId : null)),
      )
      return new Set(found.filter((issueId) => issueId !== null))
    },
  }
}

/**
 * 404 for an issue that is gone; 403 for one the account may not see, which older versions tell apart. A 403 of a
 * locked account or of a proxy, which carries no `errorMessages`, says nothing about the issue.
 */
function isNotShown(answer: Answer): boolean {
  if (answer.status === 404) return true
  const said = answer.json.kind === 'json' ? jiraErrorTexts(answer.json.value) : []
  return answer.status === 403 && !isLockedOut(answer) && said.length > 0
}
