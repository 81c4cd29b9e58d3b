import type { IssueId, KeyResultKey, SiteId } from '../ids.ts'
import type { EpochMs } from '../time.ts'

/** `drives` moves progress; `supports` is shown and never moves it. */
export type LinkRole = 'drives' | 'supports'

/** A link made by hand, by API or CLI. It survives relabelling and wins over a tag for the same key result. */
export interface ManualLink {
  readonly keyResult: KeyResultKey
  readonly siteId: SiteId
  readonly issueId: IssueId
  readonly role: LinkRole
  /** How much of the issue counts for this key result, 1 to 100. */
  readonly sharePercent: number
  readonly linkedAt: EpochMs
  /** null while it stands. */
  readonly unlinkedAt: EpochMs | null
}

export function isInForce(link: ManualLink, at: EpochMs): boolean {
  return link.linkedAt <= at && (link.unlinkedAt === null || at < link.unlinkedAt)
}
