import { z } from 'zod'
import type { Blocker } from '../../domain/mirror/issue.ts'
import type { LinkType, SiteFields } from '../../domain/site.ts'
import { statusCategory } from './status-category.ts'
import { jiraId, jiraText, lenient } from './text.ts'

/** What Jira's own type of blocking links is called, until a site renames it. */
const USUAL_NAME = 'blocks'
export const USUAL_INWARD_NAME = 'is blocked by'

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

/** A link as the issue shows it that something is done to: `inwardIssue` blocks it, `outwardIssue` it blocks itself. */
const jiraInwardLink = z.looseObject({
  type: jiraLinkType,
  inwardIssue: z.looseObject({
    id: jiraId,
    key: jiraText,
    fields: lenient(
      z.looseObject({
        status: lenient(
          z.looseObject({
            id: jiraId,
            statusCategory: lenient(z.looseObject({ key: z.string().optional(), id: z.number().optional() })),
          }),
        ),
      }),
    ),
  }),
})

/** Whether links of a type say that one issue blocks another: by the type `connect` found, else by Jira's own names. */
export function isBlocking(type: LinkType, { blocks }: Pick<SiteFields, 'blocks'>): boolean {
  return blocks === null ? hasUsualName(type) : type.id === blocks.id
}

/** Jira's type by the names it is born with. A site may have renamed one of them, or made another type of the name. */
function hasUsualName({ name, inward }: LinkType): boolean {
  return name.toLowerCase() === USUAL_NAME || inward.toLowerCase() === USUAL_INWARD_NAME
}

/** The issues that block the one whose `issuelinks` these are, each once. Links of other types or shapes say nothing. */
export function blockersOf(links: readonly unknown[], fields: SiteFields): Blocker[] {
  const blockers = new Map<string, Blocker>()
  for (const link of links) {
    const read = jiraInwardLink.safeParse(link)
    if (!read.success || !isBlocking(read.data.type, fields)) continue
    const { id, key, fields: shown } = read.data.inwardIssue
    blockers.set(id, {
      issueId: id,
      key,
      statusId: shown?.status?.id ?? '',
      statusCategory: statusCategory(shown?.status?.statusCategory ?? undefined) ?? 'indeterminate',
    })
  }
  return [...blockers.values()].sort((a, b) => (a.issueId < b.issueId ? -1 : 1))
}
