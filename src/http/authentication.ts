import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ThroughlineError } from '../app/errors.ts'

const BEARER = /^Bearer +(.+)$/i

/**
 * Says whether a request carries the bearer token. Digests are compared, in constant time, so neither the time nor
 * the answer tells how much of a token was right. Throws for an empty token: no service runs unguarded.
 */
export function createAuthentication(token: string): (request: FastifyRequest) => boolean {
  if (token === '')
    throw new ThroughlineError('OKR_CONFIG_INVALID', 'The admin token is empty; set a long random one.')
  const expected = sha256(token)
  return ({ headers }) => {
    const given = BEARER.exec(headers.authorization ?? '')?.[1]
    return given !== undefined && timingSafeEqual(sha256(given), expected)
  }
}

/** The same refusal for a missing and for a wrong token. */
export function unauthorized(): ThroughlineError {
  return new ThroughlineError(
    'OKR_UNAUTHORIZED',
    'This needs a valid token. Send it as `Authorization: Bearer <token>`.',
  )
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
