import { z } from 'zod'
import { inScope, today, type Contribution } from '../../domain/contributions/contribution.ts'
import type { LinkReason } from '../../domain/links/effective-links.ts'
import type { ManualLink } from '../../domain/links/manual-link.ts'
import type { SizeUnit } from '../../domain/measures/measure.ts'
import { instant, instantOf, keyResultKey } from './fields.ts'
import { linkSentence } from './link-sentence.ts'
import { limit, pageOf } from './pages.ts'

const role = z
  .enum(['drives', 'supports'])
  .meta({ description: '`drives` moves progress; `supports` is shown and never moves it.' })

export const linkCreation = z.strictObject({
  role: role.default('drives'),
  sharePercent: z
    .int()
    .min(1)
    .max(100)
    .default(100)
    .meta({ description: 'How much of the issue counts for this key result.' }),
})

export const manualLinkResponse = z
  .object({
    keyResult: keyResultKey,
    site: z.string(),
    issueId: z.string(),
    issueKey: z.string().meta({ examples: ['PROJ-7'] }),
    role: z.enum(role.options),
    sharePercent: z.int(),
    linkedAt: instant,
  })
  .meta({ id: 'ManualLink', description: 'A link made by hand; it survives relabelling.' })

export function presentManualLink(link: ManualLink, issueKey: string): z.output<typeof manualLinkResponse> {
  const { keyResult, siteId, issueId, sharePercent } = link
  return {
    keyResult,
    site: siteId,
    issueId,
    issueKey,
    role: link.role,
    sharePercent,
    linkedAt: instantOf(link.linkedAt),
  }
}

export const linkQuery = z.strictObject({
  after: z.string().max(400).optional().meta({ description: 'The `next` of the page before.' }),
  limit,
})

const reason = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('label'),
      text: z.string().meta({ description: 'The label as written in Jira.' }),
    }),
    z.object({
      kind: z.literal('field'),
      text: z.string().meta({ description: 'The value of the custom field.' }),
    }),
    z.object({ kind: z.literal('manual') }),
    z.object({
      kind: z.literal('inherited'),
      ancestorId: z.string(),
      ancestorKey: z.string(),
      via: z.enum(['label', 'field', 'manual']),
      text: z.string(),
    }),
  ])
  .meta({ description: 'Where the link comes from.' })

export const linkResponse = z
  .object({
    site: z.string(),
    issueId: z.string(),
    issueKey: z.string().meta({ examples: ['PROJ-7'] }),
    summary: z.string(),
    status: z.string().meta({ description: 'The name of its status, in the language of the site.' }),
    role: z.enum(role.options),
    state: z.enum(['to_do', 'in_progress', 'delivered', 'out']),
    outReason: z.enum(['not_delivered', 'unlinked', 'deleted']).nullable(),
    size: z.number().nullable().meta({ description: 'null: not estimated.' }),
    sharePercent: z.int(),
    inScope: z.boolean().meta({ description: 'Whether it moves the progress of the key result today.' }),
    why: z.string().meta({
      examples: ['PROJ-7 counts 5 points for KR-12 because PROJ-1 above it carries the label kr-12.'],
    }),
    reason,
  })
  .meta({ id: 'Link', description: 'What one Jira issue adds to a key result today, and why.' })

export const linkPage = pageOf(linkResponse, 'The place of the last link here.')

export interface KnownLink {
  readonly contribution: Contribution
  readonly key: string
  readonly summary: string
  readonly statusName: string
}

export function presentLink(link: KnownLink, unit: SizeUnit): z.output<typeof linkResponse> {
  const { contribution } = link
  const step = today(contribution)
  return {
    site: contribution.siteId,
    issueId: contribution.issueId,
    issueKey: link.key,
    summary: link.summary,
    status: link.statusName,
    role: step.role,
    state: step.state,
    outReason: step.outReason,
    size: step.size,
    sharePercent: step.sharePercent,
    inScope: inScope(step),
    why: linkSentence(contribution, link.key, unit),
    reason: presentReason(contribution.reason),
  }
}

function presentReason(known: LinkReason): z.output<typeof reason> {
  return { ...known }
}
