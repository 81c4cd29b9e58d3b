import { z } from 'zod'
import type { EpochMs } from '../../domain/time.ts'
import { instantsAsText } from '../instants-as-text.ts'
import { instant, instantOf } from './fields.ts'
import { limit } from './pages.ts'

export const feedQuery = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .meta({ description: 'The last cursor you have seen; 0 starts at the beginning.' }),
  limit,
})

const feedKind = z.enum([
  'cycle.created',
  'cycle.updated',
  'cycle.archived',
  'cycle.closed',
  'cycle.reopened',
  'cycle.rolled_over',
  'objective.created',
  'objective.updated',
  'objective.archived',
  'key_result.created',
  'key_result.updated',
  'key_result.archived',
  'key_result.progressed',
  'check_in.recorded',
  'milestone.ticked',
  'check_ins.due',
  'initiative.created',
  'initiative.updated',
  'initiative.archived',
  'kpi.created',
  'kpi.updated',
  'kpi.archived',
  'kpi.reported',
  'kpi.at_risk',
  'kpi.left_band',
  'kpi.back_in_band',
  'kpi.stale',
  'link.changed',
  'sprint.started',
  'sprint.closed',
  'sprint.updated',
  'health_policy.changed',
  'team.changed',
  'template.saved',
  'template.removed',
  'warning.raised',
  'warning.escalated',
  'warning.resolved',
  'warning.acknowledged',
  'warning.snoozed',
  'team.digest',
  'comment.written',
])

const feedEntry = z
  .object({
    cursor: z.int().meta({ description: '1, 2, 3 … in the order of commits, without gaps.' }),
    kind: feedKind,
    subject: z.string().meta({
      description:
        'The key of the goal, KPI, cycle or team it is about, the name of a policy or template, or a sprint such as `main/42`.',
      examples: ['KR-12'],
    }),
    at: instant.meta({ description: 'When it happened, which may be before it became known here.' }),
    data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What changed, by kind; instants in UTC, ISO 8601.' }),
  })
  .meta({ id: 'FeedEntry', description: 'Something that happened.' })

export const feedResponse = z
  .object({
    items: z.array(feedEntry),
    next: z.int().meta({
      description:
        'The cursor to give as `after` next time: of the last entry here, or yours when there is none.',
    }),
    hasMore: z.boolean().meta({ description: 'False when you have seen everything there is now.' }),
  })
  .meta({ id: 'Feed', description: 'Entries in the order in which they were committed.' })

export function presentFeedEntry(entry: {
  readonly cursor: number
  readonly kind: z.output<typeof feedKind>
  readonly subject: string
  readonly at: EpochMs
  readonly data: Readonly<Record<string, unknown>>
}): z.output<typeof feedEntry> {
  const data = instantsAsText(entry.data) as Readonly<Record<string, unknown>>
  return { ...entry, at: instantOf(entry.at), data: { ...data } }
}
