import type { IssueId, KeyResultKey, SiteId } from '../../domain/ids.ts'
import { isInForce, type LinkRole, type ManualLink } from '../../domain/links/manual-link.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Evaluation } from '../evaluate-issues.ts'
import type { Records } from '../ports/records.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findLiveKeyResult } from './find-goals.ts'
import { findLiveIssue, type FoundIssue, type NamedIssue } from './find-issue.ts'

export interface LinkDeps extends ChangeDeps {
  /**
   * Works out anew what these issues, and those that inherit from them, contribute. Runs in the transaction of the
   * change, which saves it, with the site locked.
   */
  readonly evaluate: (records: Records, siteId: SiteId, issueIds: readonly IssueId[]) => Promise<Evaluation>
}

export interface NewLink extends NamedIssue {
  readonly keyResult: KeyResultKey
  readonly role: LinkRole
  readonly sharePercent: number
}

export interface LinkedByHand {
  readonly link: ManualLink
  readonly issue: FoundIssue
}

/**
 * Links an issue by hand from now on; a link that stands with another role or share is replaced, an equal one is
 * left alone. Throws `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`, `OKR_SITE_UNKNOWN`, `OKR_ISSUE_UNKNOWN`.
 */
export function linkIssue(deps: LinkDeps, input: NewLink): Promise<LinkedByHand> {
  return changeGoals(deps, async (records, now) => {
    const { keyResult, role, sharePercent } = input
    await findLiveKeyResult(records, keyResult)
    const issue = await findLiveIssue(records, input)
    const { siteId, issueId } = issue
    const standing = await standingLink(records, keyResult, issue, now)
    if (standing?.role === role && standing.sharePercent === sharePercent) {
      return { result: { link: standing, issue }, record: null }
    }
    const link: ManualLink = {
      keyResult,
      siteId,
      issueId,
      role,
      sharePercent,
      linkedAt: now,
      unlinkedAt: null,
    }
    await records.mirror.lockSite(siteId)
    if (standing !== null && standing.linkedAt < now) {
      await records.goals.saveManualLink({ ...standing, unlinkedAt: now })
    }
    await records.goals.saveManualLink(link)
    const evaluation = await deps.evaluate(records, siteId, [issueId])
    return {
      result: { link, issue },
      record: {
        action: 'link.create',
        subject: keyResult,
        before: standing,
        after: link,
        feed: {
          kind: 'link.changed',
          data: { site: siteId, issueId, issueKey: issue.key, linked: true, role, sharePercent },
        },
      },
      dirty: [{ keyResult, relink: false }],
      evaluation,
    }
  })
}

/** The hand-made link between an issue and a key result that holds at an instant. */
export async function standingLink(
  { goals }: Pick<Records, 'goals'>,
  keyResult: KeyResultKey,
  { siteId, issueId }: FoundIssue,
  at: EpochMs,
): Promise<ManualLink | null> {
  const links = await goals.manualLinks(siteId, [issueId])
  return links.find((link) => link.keyResult === keyResult && isInForce(link, at)) ?? null
}
