import { z } from 'zod'
import type { EpochMs } from '../../domain/time.ts'
import { instant, instantOf } from './fields.ts'
import { limit } from './pages.ts'

const outcome = z.enum(['applied', 'ignored', 'parked'])

export const deliveryQuery = z.strictObject({
  outcome: z
    .enum([...outcome.options, 'waiting'])
    .optional()
    .meta({ description: '`waiting`: not processed yet. Left out: all of them.' }),
  limit,
})

const deliveryResponse = z
  .object({
    id: z.int(),
    site: z.string(),
    event: z
      .string()
      .nullable()
      .meta({ examples: ['jira:issue_updated'] }),
    receivedAt: instant,
    attempts: z.int(),
    outcome: outcome.nullable().meta({ description: 'null while it waits.' }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it was ignored or parked, or why it is tried again.' }),
    bytes: z.int().meta({ description: 'The size of its body, which is kept and not shown.' }),
  })
  .meta({ id: 'ReceivedDelivery', description: 'A webhook received from Jira.' })

export const deliveryList = z
  .object({ items: z.array(deliveryResponse) })
  .meta({ description: 'The newest deliveries, newest first.' })

export function presentDelivery(delivery: {
  readonly id: number
  readonly siteId: string
  readonly event: string | null
  readonly receivedAt: EpochMs
  readonly attempts: number
  readonly outcome: z.output<typeof outcome> | null
  readonly reason: string | null
  readonly bytes: number
}): z.output<typeof deliveryResponse> {
  const { siteId: site, receivedAt, ...rest } = delivery
  return { ...rest, site, receivedAt: instantOf(receivedAt) }
}
