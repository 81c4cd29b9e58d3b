import type { FastifyRequest } from 'fastify'
import { ThroughlineError } from '../app/errors.ts'

/** What an address without a route is answered with. */
export function nothingHere({ method, url }: FastifyRequest): ThroughlineError {
  const [path = ''] = url.split('?', 1)
  return new ThroughlineError(
    'OKR_NOT_FOUND',
    `${method} ${path} is not something this service offers; see /docs.`,
  )
}
