import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CommentLedger } from '../site/comment-mutations.ts'
import type { JsonObject, StoredComment } from '../site/jira-history.ts'
import type { RunningSite } from '../site/running-site.ts'
import { pathValue, refuse } from './answers.ts'
import type { WriteLimits } from './write-limits.ts'

const MAX_KEY_LENGTH = 255
const MAX_VALUE_LENGTH = 32_768

/** The `properties` of a comment that is written; text when Jira would refuse them. */
export function readProperties(value: unknown): ReadonlyMap<string, unknown> | string {
  if (!Array.isArray(value)) return 'Comment properties must be a list of keys and values.'
  const properties = new Map<string, unknown>()
  for (const entry of value as JsonObject[]) {
    const { key, value: content } = entry
    if (typeof key !== 'string') return 'Comment properties must be a list of keys and values.'
    const problem = propertyProblem(key, content)
    if (problem !== null) return problem
    properties.set(key, content)
  }
  return properties
}

function propertyProblem(key: string, value: unknown): string | null {
  if (key === '' || key.length > MAX_KEY_LENGTH) {
    return `A property key has 1 to ${MAX_KEY_LENGTH} characters, not ${key.length}.`
  }
  const length = JSON.stringify(value ?? null).length
  return length > MAX_VALUE_LENGTH
    ? `A property value has at most ${MAX_VALUE_LENGTH} characters, not ${length}.`
    : null
}

/** Properties of comments, one by one. */
export function commentPropertyRoutes(
  app: FastifyInstance,
  { site, ledger, writeLimits }: { site: RunningSite; ledger: CommentLedger; writeLimits: WriteLimits },
): void {
  const base = '/rest/api/3/comment/:comment/properties'
  const commentOf = (request: FastifyRequest): StoredComment | undefined =>
    site.comments.get(pathValue(request, 'comment'))
  const missing = (reply: FastifyReply) => refuse(reply, 404, 'The comment or its property does not exist.')

  app.get(base, (request, reply) => {
    const comment = commentOf(request)
    if (comment === undefined) return missing(reply)
    const { baseUrl } = site.history.site
    const keys = [...comment.properties.keys()].map((key) => ({
      self: `${baseUrl}/rest/api/3/comment/${comment.id}/properties/${encodeURIComponent(key)}`,
      key,
    }))
    return reply.send({ keys })
  })

  app.get(`${base}/:key`, (request, reply) => {
    const key = pathValue(request, 'key')
    const comment = commentOf(request)
    if (comment?.properties.has(key) !== true) return missing(reply)
    return reply.send({ key, value: comment.properties.get(key) })
  })

  app.put(`${base}/:key`, (request, reply) => {
    const key = pathValue(request, 'key')
    const comment = commentOf(request)
    if (comment === undefined) return missing(reply)
    const problem = propertyProblem(key, request.body)
    if (problem !== null) return refuse(reply, 400, problem)
    if (!writeLimits.admit(comment.issueId, reply)) return reply
    const isNew = !comment.properties.has(key)
    ledger.setProperties(comment, new Map([...comment.properties, [key, request.body]]))
    return reply.code(isNew ? 201 : 200).send({})
  })

  app.delete(`${base}/:key`, (request, reply) => {
    const key = pathValue(request, 'key')
    const comment = commentOf(request)
    if (comment?.properties.has(key) !== true) return missing(reply)
    if (!writeLimits.admit(comment.issueId, reply)) return reply
    const kept = [...comment.properties].filter(([name]) => name !== key)
    ledger.setProperties(comment, new Map(kept))
    return reply.code(204).send()
  })
}
