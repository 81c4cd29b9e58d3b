import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { closeCycle } from '../../app/cycles/close-cycle.ts'
import { reopenCycle } from '../../app/cycles/reopen-cycle.ts'
import { rollOverCycle } from '../../app/cycles/roll-over.ts'
import { hintsOnRollOver } from '../../app/goals/hints-on-many.ts'
import {
  closingRequest,
  closingResponse,
  presentClosing,
  presentRollOver,
  rollOverRequest,
  rollOverResponse,
} from '../../contracts/api/closing.ts'
import { cycleResponse, presentCycle } from '../../contracts/api/cycle.ts'
import { presentHintsOnMany } from '../../contracts/api/lint.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { lintOptionsOf } from '../lint-options.ts'
import { writeProblems } from '../openapi.ts'
import { cycleNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a cycle.', examples: ['2026-Q4'] }),
})
const tags = ['Cycles']

export function cycleClosingRoutes({
  database,
  clock,
  doorbell,
  writesComments,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell' | 'writesComments'>): FastifyPluginCallbackZod {
  const change = { database, clock, doorbell, writesComments }

  return (app, _options, done) => {
    app.post(
      '/cycles/:key/close',
      {
        schema: {
          operationId: 'closeCycle',
          summary: 'Close a cycle and grade its goals',
          description:
            'Every objective and key result is graded as of the end of the cycle, and what it came to is frozen: from ' +
            'then on nothing of it changes. Closing it again answers with what was frozen.',
          tags,
          params,
          body: closingRequest,
          response: { 200: closingResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) => {
        const { cycle, closing } = await closeCycle(changeBy(change, request), {
          key: cycleNamed(request.params.key),
          early: request.body?.early ?? false,
        })
        return presentClosing(cycle, closing)
      },
    )

    app.post(
      '/cycles/:key/reopen',
      {
        schema: {
          operationId: 'reopenCycle',
          summary: 'Take the closing of a cycle back',
          description: 'Refused once key results of it were rolled over into another cycle.',
          tags,
          params,
          response: { 200: cycleResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        presentCycle(await reopenCycle(changeBy(change, request), { key: cycleNamed(request.params.key) })),
    )

    app.post(
      '/cycles/:key/roll-over',
      {
        schema: {
          operationId: 'rollOverCycle',
          summary: 'Carry unfinished key results of a closed cycle into another',
          description:
            'They keep their keys, links, check-ins and past, and what the closed cycle came to stays as it was. All ' +
            'of them move, or none.',
          tags,
          params,
          body: rollOverRequest,
          response: { 200: rollOverResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) => {
        const { into, keyResults = null, rebaseline } = request.body
        const input = { from: cycleNamed(request.params.key), into, keyResults, rebaselines: rebaseline }
        const done = await rollOverCycle(changeBy(change, request), input)
        const hints = await hintsOnRollOver(database.records, done, lintOptionsOf(request))
        return { ...presentRollOver(done), ...presentHintsOnMany(hints) }
      },
    )
    done()
  }
}
