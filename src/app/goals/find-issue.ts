import type { IssueId, SiteId } from '../../domain/ids.ts'
import { ThroughlineError } from '../errors.ts'
import type { Records } from '../ports/records.ts'

/** An issue as a person names it: by its key, one it has or had, or by Jira's numeric id. */
export interface NamedIssue {
  readonly siteId: SiteId
  readonly issue: string
}

export interface FoundIssue {
  readonly siteId: SiteId
  readonly issueId: IssueId
  /** The key it has now. */
  readonly key: string
  readonly isDeleted: boolean
}

const ISSUE_ID = /^\d+$/

/** Looks an issue up in the mirror. Throws `OKR_SITE_UNKNOWN` and `OKR_ISSUE_UNKNOWN`. */
export async function findIssue(
  { sites, mirror }: Pick<Records, 'sites' | 'mirror'>,
  { siteId, issue }: NamedIssue,
): Promise<FoundIssue> {
  if ((await sites.site(siteId)) === null) {
    throw new ThroughlineError('OKR_SITE_UNKNOWN', `There is no connected Jira site called ${siteId}.`)
  }
  const key = issue.toUpperCase()
  const issueId = ISSUE_ID.test(issue) ? issue : (await mirror.issueIdsByKey(siteId, [key])).get(key)
  const [history] = issueId === undefined ? [] : await mirror.histories(siteId, [issueId])
  if (history === undefined) {
    throw new ThroughlineError(
      'OKR_ISSUE_UNKNOWN',
      `No issue ${issue} of site ${siteId} is known here. Check its key; if it is new, Jira has not reported it ` +
        'yet, or a backfill is needed.',
    )
  }
  return {
    siteId,
    issueId: history.issueId,
    key: history.current.key,
    isDeleted: history.deletedAt !== null,
  }
}

/** An issue that can be linked or written to. Throws `OKR_ISSUE_UNKNOWN` for one that was deleted. */
export async function findLiveIssue(
  records: Pick<Records, 'sites' | 'mirror'>,
  named: NamedIssue,
): Promise<FoundIssue> {
  const found = await findIssue(records, named)
  if (found.isDeleted) {
    throw new ThroughlineError(
      'OKR_ISSUE_UNKNOWN',
      `${found.key} of site ${named.siteId} was deleted in Jira.`,
    )
  }
  return found
}
