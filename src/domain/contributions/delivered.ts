import type { IssueState, Resolution } from '../mirror/issue.ts'

/** A site's resolutions that close an issue without delivering it: by id; by name where no id is listed. */
export interface NotDelivered {
  readonly resolutionIds: ReadonlySet<string>
}

/**
 * Names Jira and its common workflows give to "closed, nothing delivered". Used only for resolutions whose id the
 * site has not listed: names are localised and editable.
 */
const NOT_DELIVERED_NAMES: ReadonlySet<string> = new Set(
  [
    "won't do",
    "won't fix",
    'wont do',
    'wont fix',
    'duplicate',
    'duplicated',
    'cannot reproduce',
    "can't reproduce",
    'declined',
    'rejected',
    'invalid',
    'not a bug',
    'incomplete',
    'abandoned',
    'obsolete',
    'cancelled',
    'canceled',
    '不做',
    '不修复',
    '不予修复',
    '不会修复',
    '重复',
    '重复的',
    '无法重现',
    '已拒绝',
    '拒绝',
    '无效',
    '取消',
    '已取消',
    '不做了',
    '不修復',
    '不會修復',
    '不予修復',
    '重複',
    '無法重現',
    '已拒絕',
    '拒絕',
    '無效',
  ].map((name) => name.normalize('NFKC')),
)

/** True for a resolution such as Won't Do: the issue is done, and delivered nothing. */
export function closesWithoutDelivery(resolution: Resolution, site: NotDelivered): boolean {
  if (site.resolutionIds.has(resolution.id)) return true
  const name = resolution.name.normalize('NFKC').replaceAll('’', "'").trim().toLowerCase()
  return NOT_DELIVERED_NAMES.has(name)
}

/**
 * Delivered: status category done, and no resolution that says otherwise. A done issue without any resolution counts:
 * team-managed projects often set none.
 */
export function deliveryState(
  state: Pick<IssueState, 'statusCategory' | 'resolution'>,
  site: NotDelivered,
): 'to_do' | 'in_progress' | 'delivered' | 'not_delivered' {
  switch (state.statusCategory) {
    case 'new':
      return 'to_do'
    case 'indeterminate':
      return 'in_progress'
    case 'done':
      return state.resolution !== null && closesWithoutDelivery(state.resolution, site)
        ? 'not_delivered'
        : 'delivered'
  }
}
