import type { IssueId, KeyResultKey } from '../ids.ts'
import type { IssueState } from '../mirror/issue.ts'
import type { EpochMs } from '../time.ts'
import { isOptedOut, ownTags, type LinkRules, type TagSource } from './link-rules.ts'
import { isInForce, type LinkRole, type ManualLink } from './manual-link.ts'

/** Why an issue counts for a key result: enough to say it in a sentence. */
export type LinkReason =
  | { readonly kind: TagSource; readonly text: string }
  | { readonly kind: 'manual' }
  | {
      readonly kind: 'inherited'
      readonly ancestorId: IssueId
      readonly ancestorKey: string
      readonly via: 'label' | 'field' | 'manual'
      readonly text: string
    }

export interface EffectiveLink {
  readonly keyResult: KeyResultKey
  readonly role: LinkRole
  readonly sharePercent: number
  readonly reason: LinkReason
}

/** One issue on the way from an issue up to its epic and beyond, with its own hand-made links. */
export interface Lineage {
  readonly issueId: IssueId
  readonly state: IssueState
  readonly manualLinks: readonly ManualLink[]
}

/**
 * The key results an issue counts for at an instant, one link each.
 *
 * Own links (label, field, by hand) stand; only an issue with none of its own inherits those of its nearest ancestor
 * that has some. `kr:none` stops inheritance. Containers do not count beside their contents: an epic passes its
 * link on and only `supports`, and a sub-task that inherits `supports` too, since its story already counts.
 *
 * @param lineage the issue first, then its parent, grand-parent …
 */
export function effectiveLinks(lineage: readonly Lineage[], rules: LinkRules, at: EpochMs): EffectiveLink[] {
  const self = lineage[0]
  if (self === undefined) return []
  const own = ownLinks(self, rules, at)
  if (own.length > 0 || isOptedOut(self.state)) {
    return self.state.level === 1 ? own.map((link) => ({ ...link, role: 'supports' })) : own
  }
  for (const ancestor of lineage.slice(1)) {
    const links = ownLinks(ancestor, rules, at)
    if (links.length > 0) return links.map((link) => inherit(link, ancestor, self))
    if (isOptedOut(ancestor.state)) return []
  }
  return []
}

/** Links an issue has itself, with the role they were meant to have; a hand-made link wins over a tag. */
function ownLinks(issue: Lineage, rules: LinkRules, at: EpochMs): OwnLink[] {
  const links = new Map<KeyResultKey, OwnLink>()
  for (const { keyResult, source, text } of ownTags(issue.state, rules)) {
    links.set(keyResult, { keyResult, role: 'drives', sharePercent: 100, reason: { kind: source, text } })
  }
  for (const link of issue.manualLinks) {
    if (!isInForce(link, at)) continue
    const { keyResult, role, sharePercent } = link
    links.set(keyResult, { keyResult, role, sharePercent, reason: { kind: 'manual' } })
  }
  return [...links.values()].sort((a, b) => (a.keyResult < b.keyResult ? -1 : 1))
}

type OwnLink = EffectiveLink & { readonly reason: Exclude<LinkReason, { kind: 'inherited' }> }

function inherit(link: OwnLink, ancestor: Lineage, heir: Lineage): EffectiveLink {
  return {
    ...link,
    role: heir.state.level === 0 ? link.role : 'supports',
    reason: {
      kind: 'inherited',
      ancestorId: ancestor.issueId,
      ancestorKey: ancestor.state.key,
      via: link.reason.kind,
      text: link.reason.kind === 'manual' ? '' : link.reason.text,
    },
  }
}
