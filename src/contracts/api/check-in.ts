import { z } from 'zod'
import type { CheckIn } from '../../domain/goals.ts'
import {
  amount,
  callersId,
  instant,
  instantInput,
  instantOf,
  keyResultKey,
  lineOfText,
  linesOfText,
} from './fields.ts'
import { beforeId, limit, pageOf } from './pages.ts'

export const checkInCreation = z.strictObject({
  at: instantInput.optional().meta({ description: 'When it was so; left out: now. May lie in the past.' }),
  value: amount
    .nullable()
    .default(null)
    .meta({
      description: 'The measured value, of a metric or a range; of a yes or no 1 for done and 0 for not.',
      examples: [48.5],
    }),
  confidence: z
    .int()
    .min(0)
    .max(10)
    .nullable()
    .default(null)
    .meta({ examples: [7] }),
  note: linesOfText(5_000)
    .default('')
    .meta({ examples: ['The new onboarding went live on Monday.'] }),
  author: lineOfText(200).default('api').meta({ description: 'The person or system that says so.' }),
  source: z.enum(['person', 'system']).default('person').meta({ description: 'Whether a person said it.' }),
})

export const idempotencyHeaders = z.looseObject({
  'idempotency-key': callersId.optional().meta({
    description:
      'Any text of your choice, at most 200 visible ASCII characters. Sending the same check-in again with the same ' +
      'key stores nothing and answers 200 with the first one; another one under it is refused with 409.',
    examples: ['bi-2026-11-21'],
  }),
})

export const checkInQuery = z.strictObject({
  after: beforeId.meta({ description: 'List check-ins entered before this id: newest first.' }),
  limit,
})

export const checkInResponse = z
  .object({
    id: z.int(),
    keyResult: keyResultKey,
    at: instant.meta({ description: 'When it was so, in UTC.' }),
    value: z.number().nullable(),
    confidence: z.int().nullable(),
    note: z.string(),
    author: z.string(),
    source: z.enum(['person', 'system']),
  })
  .meta({ id: 'CheckIn', description: 'A dated value, confidence or note.' })

export const checkInPage = pageOf(checkInResponse, 'The id of the last check-in here.')

export function presentCheckIn(checkIn: CheckIn): z.output<typeof checkInResponse> {
  return { ...checkIn, at: instantOf(checkIn.at) }
}
