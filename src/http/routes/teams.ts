import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { findTeam, saveTeam } from '../../app/goals/save-team.ts'
import { presentTeam, teamInput, teamList, teamResponse } from '../../contracts/api/team.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems, writeProblems } from '../openapi.ts'
import { issueNamed, teamNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a team.', examples: ['search'] }),
})
const tags = ['Health']

export function teamRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }

  return (app, _options, done) => {
    app.get(
      '/teams',
      {
        schema: {
          operationId: 'listTeams',
          summary: 'List the teams',
          description: 'By key.',
          tags,
          response: { 200: teamList, ...readProblems() },
        },
      },
      async () => ({ items: (await records.goals.teams()).map(presentTeam) }),
    )

    app.get(
      '/teams/:key',
      {
        schema: {
          operationId: 'readTeam',
          summary: 'Read a team',
          description: 'Its calendar, its cadence of check-ins, and how it is told.',
          tags,
          params,
          response: { 200: teamResponse, ...readProblems(404) },
        },
      },
      async ({ params: { key } }) => presentTeam(await findTeam(records, teamNamed(key))),
    )

    app.put(
      '/teams/:key',
      {
        schema: {
          operationId: 'saveTeam',
          summary: 'Write a team',
          description: 'A new one, or all of one there is: what is left out goes back to its default.',
          tags,
          params,
          body: teamInput,
          response: { 200: teamResponse, ...writeProblems(404) },
        },
      },
      async (request) => {
        const { anchorIssue, timeZone, workingDays, holidays, ...own } = request.body
        const saved = await saveTeam(changeBy(change, request), {
          ...own,
          key: teamNamed(request.params.key),
          anchorIssue: issueNamed(anchorIssue),
          calendar: { timeZone, workingDays, holidays },
        })
        return presentTeam(saved)
      },
    )
    done()
  }
}
