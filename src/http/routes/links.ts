import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ThroughlineError } from '../../app/errors.ts'
import { findKeyResult } from '../../app/goals/find-goals.ts'
import { linkIssue } from '../../app/goals/link-issue.ts'
import { unlinkIssue } from '../../app/goals/unlink-issue.ts'
import { parseSiteCursor, siteCursor } from '../../contracts/api/cursors.ts'
import { issueIdOrKey, siteId } from '../../contracts/api/fields.ts'
import {
  linkCreation,
  linkPage,
  linkQuery,
  manualLinkResponse,
  presentLink,
  presentManualLink,
} from '../../contracts/api/link.ts'
import { sizeUnitOf } from '../../domain/measures/measure.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { nothing, readProblems, writeProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'
import { keyResultNamed } from './named-keys.ts'

const key = z.string().meta({ description: 'The key of a key result.', examples: ['KR-12'] })
const linkParams = z.object({ key, site: siteId, issue: issueIdOrKey })
const tags = ['Key results']

export function linkRoutes(
  deps: Pick<HttpDeps, 'database' | 'clock' | 'doorbell' | 'evaluate'>,
): FastifyPluginCallbackZod {
  const { database, clock, doorbell, evaluate } = deps
  const { records } = database
  const change = { database, clock, doorbell, evaluate }

  return (app, _options, done) => {
    app.get(
      '/key-results/:key/links',
      {
        schema: {
          operationId: 'listLinks',
          summary: 'List every issue that contributes, and why',
          description: 'Issues that no longer count are listed too, with the reason.',
          tags,
          params: z.object({ key }),
          querystring: linkQuery,
          response: { 200: linkPage, ...readProblems(400, 404) },
        },
      },
      async (request, reply) => {
        const { after, limit } = request.query
        const { keyResult } = await findKeyResult(records, keyResultNamed(request.params.key))
        const place = after === undefined ? null : placeOf(after)
        const rows = await records.contributions.linksOf(keyResult.key, place, rowsFor(limit))
        const unit = sizeUnitOf(keyResult.measure)
        return answerPage(request, reply, rows, {
          limit,
          present: (row) => presentLink(row, unit),
          cursorOf: ({ contribution }) => siteCursor(contribution.siteId, contribution.issueId),
        })
      },
    )

    app.put(
      '/key-results/:key/links/:site/:issue',
      {
        schema: {
          operationId: 'linkIssue',
          summary: 'Link an issue by hand',
          description: 'From now on. It survives relabelling and wins over a label for the same key result.',
          tags,
          params: linkParams,
          body: linkCreation,
          response: { 200: manualLinkResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) => {
        const { params, body } = request
        const { link, issue } = await linkIssue(changeBy(change, request), {
          ...body,
          keyResult: keyResultNamed(params.key),
          siteId: params.site,
          issue: params.issue,
        })
        return presentManualLink(link, issue.key)
      },
    )

    app.delete(
      '/key-results/:key/links/:site/:issue',
      {
        schema: {
          operationId: 'unlinkIssue',
          summary: 'Take a link made by hand back',
          description:
            'From now on. Links by label, field or inheritance stay. Done as well when there was none.',
          tags,
          params: linkParams,
          response: { 204: nothing, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        const { params } = request
        const keyResult = keyResultNamed(params.key)
        await unlinkIssue(changeBy(change, request), { keyResult, siteId: params.site, issue: params.issue })
        return reply.code(204).send()
      },
    )
    done()
  }
}

function placeOf(after: string): { siteId: string; issueId: string } {
  const cursor = parseSiteCursor(after)
  if (cursor !== null) return { siteId: cursor.siteId, issueId: cursor.id }
  throw new ThroughlineError('OKR_INPUT_INVALID', 'The query is not valid: see after.', {
    problems: [{ field: 'after', message: 'is not the `next` of a page of links' }],
  })
}
