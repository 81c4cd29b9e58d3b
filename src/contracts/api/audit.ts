import { z } from 'zod'
import type { Authorship } from '../../domain/authorship.ts'
import type { EpochMs } from '../../domain/time.ts'
import { instantsAsText } from '../instants-as-text.ts'
import { instant, instantInput, instantOf, lineOfText } from './fields.ts'
import { beforeId, limit, pageOf } from './pages.ts'

export const auditQuery = z.strictObject({
  subject: lineOfText(200)
    .optional()
    .meta({ description: 'Only what was done to this: a key, or the name of a team.', examples: ['KR-12'] }),
  action: lineOfText(100)
    .optional()
    .meta({ description: 'Only what was done in this way.', examples: ['key_result.update'] }),
  from: instantInput.optional().meta({ description: 'Only from this instant on.' }),
  until: instantInput.optional().meta({ description: 'Only before this instant.' }),
  after: beforeId.meta({ description: 'List entries written before this id: newest first.' }),
  limit,
})

const state = z
  .unknown()
  .meta({ description: 'All of it, in the properties it is stored with; null: there was nothing.' })

export const auditEntryResponse = z
  .object({
    id: z.int(),
    at: instant.meta({ description: 'When it was changed here.' }),
    actor: z.string().meta({ description: 'The way it came in: `api`, `cli`, `throughline`.' }),
    by: z.string().nullable().meta({
      description: 'Who said that they did it, which nobody checked; null: nobody said.',
    }),
    action: z.string().meta({ examples: ['key_result.update'] }),
    subject: z.string().meta({ examples: ['KR-12'] }),
    before: state,
    after: state,
    reason: z.string().nullable().meta({ description: 'Why; null: nobody said.' }),
  })
  .meta({ id: 'AuditEntry', description: 'Who changed what, when, before and after, and why.' })

export const auditPage = pageOf(auditEntryResponse, 'The id of the last entry here.')

export interface KnownAuditEntry extends Authorship {
  readonly id: number
  readonly at: EpochMs
  readonly action: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

export function presentAuditEntry(entry: KnownAuditEntry): z.output<typeof auditEntryResponse> {
  const { before, after } = entry
  return {
    ...entry,
    at: instantOf(entry.at),
    before: instantsAsText(before),
    after: instantsAsText(after),
  }
}
