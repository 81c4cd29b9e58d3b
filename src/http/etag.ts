import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * An `onSend` hook: tags the answers of GETs by their content, and answers 304 to a reader who has that content. Keys
 * of answers have a stable order, so equal content has an equal tag on every process.
 */
export function tagContent(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload?: unknown) => void,
): void {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead || reply.statusCode !== 200 || typeof payload !== 'string') {
    done(null, payload)
    return
  }
  const tag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`
  void reply.header('etag', tag)
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-cache')
  if (!isKnown(request.headers['if-none-match'], tag)) {
    done(null, payload)
    return
  }
  void reply.code(304).removeHeader('content-type')
  done(null, '')
}

function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const opaque = (text: string) => text.trim().replace(/^W\//, '')
  return ifNoneMatch.split(',').some((known) => known.trim() === '*' || opaque(known) === opaque(tag))
}
