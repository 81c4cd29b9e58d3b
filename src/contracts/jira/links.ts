import { z } from 'zod'
import type { Blocker } from '../../domain/mirror/issue.ts'
import { USUAL_BLOCKING, type LinkType, type SiteFields } from '../../domain/site.ts'
import { statusCategory } from './status-category.ts'
import { jiraId, jiraText, lenient } from './text.ts'

/** A type of links as `issueLinkType` and the links of an issue show it. */
const jiraLinkType = z.looseObject({ id: jiraId, name: jiraText.default(''), inward: jiraText.default('') })

export const jiraLinkTypes = z
  .looseObject({ issueLinkTypes: z.array(jiraLinkType) })
  .transform(({ issueLinkTypes }) => issueLinkTypes.map(({ id, name, inward }) => ({ id, name, inward })))

/** A link in a webhook: ids as numbers, and the type's names under names of their own. */
export const jiraLinkEvent = z
  .looseObject({
    id: jiraId,
    sourceIssueId: jiraId,
    destinationIssueId: jiraId,
    issueLinkType: z.looseObject({
      id: jiraId,
      name: jiraText.default(''),
      inwardName: jiraText.default(''),
    }),
  })
  .transform(({ id, sourceIssueId, destinationIssueId, issueLinkType }) => ({
    linkId: id,
    sourceId: sourceIssueId,
    destinationId: destinationIssueId,
    type: { id: issueLinkType.id, name: issueLinkType.name, inward: issueLinkType.inwardName },
  }))

/** A link as an issue shows it: `inwardIssue` does something to this one, `outwardIssue` this one does it to. */
const jiraLink = z.looseObject({
  type: lenient(jiraLinkType),
  inwardIssue: lenient(
    z.looseObject({
      id: jiraId,
      key: lenient(jiraText),
      fields: lenient(
        z.looseObject({
          status: lenient(
            z.looseObject({
              id: jiraId,
              statusCategory: lenient(
                z.looseObject({ key: z.string().optional(), id: z.number().optional() }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
  outwardIssue: lenient(z.looseObject({})),
})

/** Whether links of a type say that one issue blocks another: by the type `connect` found, else by Jira's own names. */
export function isBlocking(type: LinkType, { blocks }: Pick<SiteFields, 'blocks'>): boolean {
  return blocks === null ? hasUsualName(type) : type.id === blocks.id
}

/** Jira's type by the names it is born with. A site may have renamed one of them, or made another type of the name. */
function hasUsualName({ name, inward }: LinkType): boolean {
  return name.toLowerCase() === USUAL_BLOCKING.name || inward.toLowerCase() === USUAL_BLOCKING.inward
}

/** What a changelog may call being blocked, in lower case. */
export function namesOfBeingBlocked({ blocks }: Pick<SiteFields, 'blocks'>): string[] {
  if (blocks === null) return [USUAL_BLOCKING.inward]
  return [blocks.inward, ...blocks.otherNames].map((name) => name.trim().toLowerCase()).filter(Boolean)
}

/**
 * The issues that block the one whose `issuelinks` these are, each once. Links of other types say nothing. null when
 * one that may block cannot be read: a list without it would say that it was removed.
 */
export function blockersOf(links: readonly unknown[], fields: SiteFields): Blocker[] | null {
  const blockers = new Map<string, Blocker>()
  for (const link of links) {
    const read = jiraLink.safeParse(link)
    if (!read.success) return null
    const { type, inwardIssue, outwardIssue } = read.data
    if (isOfAnotherType(type, fields)) continue
    if (inwardIssue === null) {
      if (outwardIssue === null) return null
      continue
    }
    if (type === null || !isBlocking(type, fields)) return null
    const { id, key, fields: shown } = inwardIssue
    blockers.set(id, {
      issueId: id,
      key: key === '' ? null : key,
      statusId: shown?.status?.id ?? '',
      statusCategory: statusCategory(shown?.status?.statusCategory ?? undefined) ?? 'indeterminate',
    })
  }
  return [...blockers.values()].sort((a, b) => (a.issueId < b.issueId ? -1 : 1))
}

/** Whether a link surely says something else: a type without any name is known by nothing where ids are not. */
function isOfAnotherType(type: LinkType | null, fields: SiteFields): boolean {
  if (type === null) return false
  if (fields.blocks === null && type.name === '' && type.inward === '') return false
  return !isBlocking(type, fields)
}
