import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EpochMs } from '../../../domain/time.ts'
import { bodyAsDocument, looksLikeDocument } from '../site/comment-body.ts'
import type { CommentLedger } from '../site/comment-mutations.ts'
import type { JsonObject, StoredComment } from '../site/jira-history.ts'
import { issueInstant } from '../site/jira-time.ts'
import type { RunningSite } from '../site/running-site.ts'
import { bodyOf, offsetPage, pathValue, queryOf, refuse } from './answers.ts'
import { readProperties } from './comment-properties.ts'
import type { WriteLimits } from './write-limits.ts'

export interface CommentRoutesDeps {
  readonly site: RunningSite
  readonly ledger: CommentLedger
  readonly writeLimits: WriteLimits
  now(): EpochMs
}

const NO_ISSUE = 'Issue does not exist or you do not have permission to see it.'

/** Comments of issues: a POST always tells the watchers, a PUT can be silent. */
export function commentRoutes(app: FastifyInstance, deps: CommentRoutesDeps): void {
  const { site, ledger, writeLimits } = deps
  const { account } = site.history.site
  const stamp = () => ({ at: deps.now(), by: account.accountId })

  app.get('/rest/api/3/issue/:issue/comment', (request, reply) => {
    const issue = site.shelf.get(pathValue(request, 'issue'))
    if (issue === undefined) return refuse(reply, 404, NO_ISSUE)
    const query = queryOf(request)
    const all = [...ledger.of(issue.id)]
    if (query.get('orderBy')?.startsWith('-') === true) all.reverse()
    const { values, startAt, maxResults, total } = offsetPage(all, query, { usual: 100, max: 5_000 })
    return reply.send({ startAt, maxResults, total, comments: values.map((one) => json(one, query)) })
  })

  app.post('/rest/api/3/issue/:issue/comment', (request, reply) => {
    const issue = site.shelf.get(pathValue(request, 'issue'))
    if (issue === undefined) return refuse(reply, 404, NO_ISSUE)
    const written = readComment(request, reply)
    if (written === null || !writeLimits.admit(issue.id, reply)) return reply
    const comment = ledger.create(issue.id, written.body, written.properties ?? new Map(), stamp())
    return reply.code(201).send(json(comment, queryOf(request)))
  })

  app.get('/rest/api/3/issue/:issue/comment/:id', (request, reply) => {
    const comment = commentOf(request)
    if (comment === undefined) return noComment(request, reply)
    return reply.send(json(comment, queryOf(request)))
  })

  app.put('/rest/api/3/issue/:issue/comment/:id', (request, reply) => {
    const comment = commentOf(request)
    if (comment === undefined) return noComment(request, reply)
    if (comment.author.accountId !== account.accountId) {
      return refuse(reply, 400, 'You do not have the permission to edit this comment.')
    }
    const written = readComment(request, reply)
    if (written === null || !writeLimits.admit(comment.issueId, reply)) return reply
    const query = queryOf(request)
    const notifies = query.get('notifyUsers') !== 'false'
    const properties = new Map([...comment.properties, ...(written.properties ?? [])])
    return reply.send(json(ledger.update(comment, written.body, properties, { ...stamp(), notifies }), query))
  })

  app.delete('/rest/api/3/issue/:issue/comment/:id', (request, reply) => {
    const comment = commentOf(request)
    if (comment === undefined) return noComment(request, reply)
    if (!writeLimits.admit(comment.issueId, reply)) return reply
    ledger.remove(comment, stamp())
    return reply.code(204).send()
  })

  app.post('/rest/api/3/comment/list', (request, reply) => {
    const { ids } = bodyOf(request)
    if (!Array.isArray(ids) || ids.length === 0 || ids.length > 1_000) {
      return refuse(reply, 400, 'Between 1 and 1000 comment ids must be given.')
    }
    const found = ids.map((id) => site.comments.get(String(id))).filter((one) => one !== undefined)
    const query = queryOf(request)
    const page = offsetPage(found, new URLSearchParams(), { usual: 1_000, max: 1_000 })
    return reply.send({ ...page, values: page.values.map((comment) => json(comment, query)) })
  })

  const commentOf = (request: FastifyRequest): StoredComment | undefined => {
    const comment = site.comments.get(pathValue(request, 'id'))
    const issue = site.shelf.get(pathValue(request, 'issue'))
    return comment !== undefined && comment.issueId === issue?.id ? comment : undefined
  }

  const noComment = (request: FastifyRequest, reply: FastifyReply) => {
    const isIssueThere = site.shelf.get(pathValue(request, 'issue')) !== undefined
    const message = `Can not find a comment for the id: ${pathValue(request, 'id')}.`
    return refuse(reply, 404, isIssueThere ? message : NO_ISSUE)
  }

  const json = (comment: StoredComment, query: URLSearchParams): JsonObject => {
    const instant = (at: EpochMs) => issueInstant(at, account.timeZone)
    const isExpanded = (query.get('expand') ?? '').split(',').includes('properties')
    return {
      self: `${site.history.site.baseUrl}/rest/api/3/issue/${comment.issueId}/comment/${comment.id}`,
      id: comment.id,
      author: comment.author,
      body: bodyAsDocument(comment.body),
      updateAuthor: comment.author,
      created: instant(comment.createdAt),
      updated: instant(comment.updatedAt),
      jsdPublic: true,
      ...(isExpanded ? { properties: [...comment.properties].map(([key, value]) => ({ key, value })) } : {}),
    }
  }
}

/** A comment as a request writes it; null when it was refused. */
function readComment(request: FastifyRequest, reply: FastifyReply) {
  const { body, properties } = bodyOf(request)
  if (!looksLikeDocument(body)) {
    void refuse(reply, 400, 'Comment body is not valid!')
    return null
  }
  const read = properties === undefined ? null : readProperties(properties)
  if (typeof read === 'string') {
    void refuse(reply, 400, read)
    return null
  }
  return { body: { kind: 'document' as const, document: body }, properties: read }
}
