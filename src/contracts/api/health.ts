import { z } from 'zod'

/** How a key result stands, and which rule says so. */

export const health = z.enum(['no_data', 'on_track', 'at_risk', 'off_track', 'stale', 'done', 'missed'])

export const healthRule = z.enum([
  'reached',
  'past_due',
  'no_evidence',
  'silence',
  'grace',
  'slipping',
  'pace',
  'gap',
  'forecast',
  'confidence',
  'no_basis',
])
