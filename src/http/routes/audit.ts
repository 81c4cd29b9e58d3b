import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { auditPage, auditQuery, presentAuditEntry } from '../../contracts/api/audit.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'

export function auditRoutes({ database: { records } }: Pick<HttpDeps, 'database'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/audit',
      {
        schema: {
          operationId: 'listAudit',
          summary: 'List who changed what, newest first',
          description:
            'Every change of a goal, with what it was before, what it is since, and why, in the words of who made it. ' +
            'Comments written to Jira and warnings stand in it too.',
          tags: ['Feed'],
          querystring: auditQuery,
          response: { 200: auditPage, ...readProblems(400) },
        },
      },
      async (request, reply) => {
        const {
          after = null,
          limit,
          subject = null,
          action = null,
          from = null,
          until = null,
        } = request.query
        const filter = { subject, action, from, until }
        const rows = await records.audit.list({ after, limit: rowsFor(limit) }, filter)
        return answerPage(request, reply, rows, {
          limit,
          present: presentAuditEntry,
          cursorOf: ({ id }) => id,
        })
      },
    )
    done()
  }
}
