import type { KeyResultKey } from '../../domain/ids.ts'
import { changeGoals } from './change-goals.ts'
import { findLiveKeyResult } from './find-goals.ts'
import { findIssue, type NamedIssue } from './find-issue.ts'
import { standingLink, type LinkDeps } from './link-issue.ts'

/**
 * Takes a hand-made link back from now on; its past stays. Links by label, field or inheritance are not touched. True
 * when there was one. Throws `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`, `OKR_SITE_UNKNOWN` and
 * `OKR_ISSUE_UNKNOWN`.
 */
export function unlinkIssue(
  deps: LinkDeps,
  input: NamedIssue & { readonly keyResult: KeyResultKey },
): Promise<boolean> {
  return changeGoals(deps, async (records, now) => {
    const { keyResult } = input
    await findLiveKeyResult(records, keyResult)
    const issue = await findIssue(records, input)
    const { siteId, issueId } = issue
    const standing = await standingLink(records, keyResult, issue, now)
    if (standing === null) return { result: false, record: null }
    const after = { ...standing, unlinkedAt: now }
    await records.mirror.lockSite(siteId)
    await records.goals.saveManualLink(after)
    const evaluation = await deps.evaluate(records, siteId, [issueId])
    return {
      result: true,
      record: {
        action: 'link.remove',
        subject: keyResult,
        before: standing,
        after,
        feed: { kind: 'link.changed', data: { site: siteId, issueId, issueKey: issue.key, linked: false } },
      },
      dirty: [{ keyResult, relink: false }],
      evaluation,
    }
  })
}
