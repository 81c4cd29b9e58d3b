import { z } from 'zod'
import type { Initiative } from '../../domain/goals.ts'
import type { Output } from '../../domain/initiatives/output.ts'
import {
  chosenInitiativeKey,
  initiativeKeyInput,
  instant,
  instantOrNull,
  issueIdOrKey,
  keyResultKey,
  keyResultKeyInput,
  lineOfText,
  siteId,
} from './fields.ts'
import { includeArchived, limit, pageOf } from './pages.ts'

const title = lineOfText(300).meta({ description: 'What people call it.', examples: ['A new onboarding'] })
const owner = lineOfText(200)
  .nullable()
  .meta({ description: 'Who answers for it.', examples: ['Ada Lovelace'] })
const issue = z
  .strictObject({ site: siteId, issue: issueIdOrKey })
  .nullable()
  .meta({ description: 'The Jira issue whose work it is, usually an epic; null: it is not in Jira.' })

export const initiativeCreation = z.strictObject({
  key: chosenInitiativeKey,
  title,
  owner: owner.default(null),
  issue: issue.default(null),
})

export const initiativePatch = z.strictObject({ keyResult: keyResultKeyInput, title, owner, issue }).partial()

export const initiativeQuery = z.strictObject({
  after: initiativeKeyInput.optional().meta({ description: 'List initiatives after this key.' }),
  limit,
  includeArchived,
})

const shownIssue = z.object({
  site: z.string(),
  issueId: z.string(),
  key: z.string().nullable().meta({ description: 'null: it was deleted in Jira.' }),
  summary: z.string().nullable(),
  statusName: z.string().nullable(),
})

const output = z
  .object({
    total: z.int().meta({ description: 'Issues below it that are in scope.' }),
    toDo: z.int(),
    inProgress: z.int(),
    delivered: z.int(),
    closedWithoutDelivery: z.int().meta({ description: 'Won’t Do, Duplicate and the like; not in scope.' }),
    share: z.number().nullable().meta({ description: 'delivered ÷ total; null when nothing is in scope.' }),
  })
  .meta({
    id: 'InitiativeOutput',
    description: 'Work done, as of now, in issues. It moves no key result by itself.',
  })

export const initiativeResponse = z
  .object({
    key: z.string().meta({ examples: ['INI-4'] }),
    keyResult: keyResultKey,
    title: z.string(),
    owner: z.string().nullable(),
    issue: shownIssue.nullable(),
    output: output.nullable().meta({ description: 'null: it has no issue, or that was deleted.' }),
    archivedAt: instant.nullable(),
  })
  .meta({ id: 'Initiative', description: 'Work undertaken for a key result: output, not outcome.' })

export const initiativePage = pageOf(initiativeResponse, 'The key of the last initiative here.')

export function presentInitiative({
  initiative: { issue: own, ...initiative },
  work,
}: {
  readonly initiative: Initiative
  readonly work: {
    readonly issue: { readonly key: string; readonly summary: string; readonly statusName: string }
    readonly output: Output
  } | null
}): z.output<typeof initiativeResponse> {
  const known = work?.issue ?? { key: null, summary: null, statusName: null }
  return {
    ...initiative,
    issue: own === null ? null : { site: own.siteId, issueId: own.issueId, ...known },
    output: work?.output ?? null,
    archivedAt: instantOrNull(initiative.archivedAt),
  }
}
