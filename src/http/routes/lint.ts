import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { lintCycle } from '../../app/goals/lint-stored.ts'
import {
  languageOf,
  lintInput,
  lintQuery,
  lintResponse,
  presentLint,
  setOfDraft,
} from '../../contracts/api/lint.ts'
import { parseCycleKey } from '../../domain/ids.ts'
import { lint } from '../../domain/lint/lint.ts'
import type { HttpDeps } from '../http-deps.ts'
import { writeProblems } from '../openapi.ts'

export function lintRoutes({ database }: Pick<HttpDeps, 'database'>): FastifyPluginCallbackZod {
  const { goals } = database.records

  async function endsOf(cycles: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const ends = new Map<string, string>()
    for (const name of new Set(cycles)) {
      const key = parseCycleKey(name)
      const cycle = key === null ? null : await goals.cycle(key)
      if (cycle !== null) ends.set(name, cycle.endDay)
    }
    return ends
  }

  return (app, _options, done) => {
    app.post(
      '/lint',
      {
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
      async ({ body, query, headers }) => {
        const locale = query.language ?? languageOf(headers['accept-language'])
        if (body.cycle !== undefined) return presentLint(await lintCycle({ goals }, body.cycle, locale))
        const named = (body.objectives ?? []).map(({ cycle }) => cycle).filter((cycle) => cycle != null)
        const ends = await endsOf(named)
        return presentLint(
          lint(
            setOfDraft(body, (cycle) => ends.get(cycle) ?? null),
            { locale },
          ),
        )
      },
    )
    done()
  }
}
