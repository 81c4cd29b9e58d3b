import { z } from 'zod'

export const aliveResponse = z
  .object({ status: z.literal('alive') })
  .meta({ id: 'Alive', description: 'The process is up and answers.' })

export const readinessResponse = z
  .object({
    ready: z.boolean(),
    checks: z.array(
      z.object({
        name: z.string().meta({ examples: ['deliveries'] }),
        ready: z.boolean(),
        detail: z.string().meta({ examples: ['The oldest waiting delivery is 2 s old; the limit is 60 s.'] }),
      }),
    ),
  })
  .meta({ id: 'Readiness', description: 'Whether work gets done, not whether the process is up.' })

export const webhookResponse = z
  .object({ status: z.enum(['stored', 'duplicate']) })
  .meta({ id: 'WebhookReceipt', description: 'The delivery is committed; it is processed after the answer.' })
