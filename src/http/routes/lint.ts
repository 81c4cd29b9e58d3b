import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { lintGradually } from '../../app/goals/lint-gradually.ts'
import { lintCycle } from '../../app/goals/lint-stored.ts'
import {
  lintInput,
  lintQuery,
  lintResponse,
  presentLint,
  setOfDraft,
  type CycleDays,
} from '../../contracts/api/lint.ts'
import { parseCycleKey } from '../../domain/ids.ts'
import type { HttpDeps } from '../http-deps.ts'
import { lintOptionsOf } from '../lint-options.ts'
import { writeProblems } from '../openapi.ts'

export function lintRoutes({ database }: Pick<HttpDeps, 'database'>): FastifyPluginCallbackZod {
  const { goals } = database.records

  async function daysOf(cycles: readonly string[]): Promise<ReadonlyMap<string, CycleDays>> {
    const days = new Map<string, CycleDays>()
    for (const name of new Set(cycles)) {
      const key = parseCycleKey(name)
      const cycle = key === null ? null : await goals.cycle(key)
      if (cycle !== null) days.set(name, cycle)
    }
    return days
  }

  return (app, _options, done) => {
    app.post(
      '/lint',
      {
        config: { authorship: 'nowhere' },
        schema: {
          operationId: 'lintGoals',
          summary: 'Say what could be better about goals',
          description:
            'Give objectives with key results, stored or not, or the cycle to look at. Nothing is stored, and nothing ' +
            'is refused for what is found. Texts may be English, Simplified or Traditional Chinese.',
          tags: ['Objectives'],
          querystring: lintQuery,
          body: lintInput,
          response: { 200: lintResponse, ...writeProblems(404) },
        },
      },
      async (request) => {
        const { body, query } = request
        const options = lintOptionsOf(request, query.language)
        if (body.cycle !== undefined) return presentLint(await lintCycle({ goals }, body.cycle, options))
        const named = (body.objectives ?? []).map(({ cycle }) => cycle).filter((cycle) => cycle != null)
        const days = await daysOf(named)
        const set = setOfDraft(body, (cycle) => days.get(cycle) ?? null)
        return presentLint(await lintGradually(set, options))
      },
    )
    done()
  }
}
