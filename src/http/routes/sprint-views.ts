import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { NamedSprint } from '../../app/sprints/find-sprint.ts'
import type { SprintViewDeps } from '../../app/sprints/load-sprints.ts'
import { planSprint } from '../../app/sprints/plan-sprint.ts'
import { reviewSprint } from '../../app/sprints/review-sprint.ts'
import { standUpSprint } from '../../app/sprints/stand-up-sprint.ts'
import { siteId } from '../../contracts/api/fields.ts'
import { presentSprintPlan, sprintPlanResponse } from '../../contracts/api/sprint-plan.ts'
import { presentSprintReview, sprintReviewResponse } from '../../contracts/api/sprint-review.ts'
import { presentStandup, standupQuery, standupResponse } from '../../contracts/api/sprint-standup.ts'
import { parseSprintId } from '../../contracts/api/sprint.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'

const id = z.string().meta({ description: "Jira's id of the sprint.", examples: ['37'] })

/** A sprint is named by its site and its id; by its id alone where one site has a sprint of it. */
const PLACES = [
  { path: '/sprints/:id', params: z.object({ id }), suffix: '' },
  { path: '/sprints/:site/:id', params: z.object({ site: siteId, id }), suffix: 'OfSite' },
] as const

const tags = ['Sprints']

export function sprintViewRoutes({
  database: { records },
  compileLinkRules,
  clock,
}: Pick<HttpDeps, 'database' | 'compileLinkRules' | 'clock'>): FastifyPluginCallbackZod {
  const depsOf = (): SprintViewDeps => ({ records, compileLinkRules, now: clock.now() })

  return (app, _options, done) => {
    for (const { path, params, suffix } of PLACES) {
      app.get(
        `${path}/plan`,
        {
          schema: {
            operationId: `readSprintPlan${suffix}`,
            summary: 'Read what a sprint plans for key results',
            description: 'Of a sprint that is to come or runs, as of now.',
            tags,
            params,
            response: { 200: sprintPlanResponse, ...readProblems(400, 404, 409) },
          },
        },
        async (request) => {
          const deps = depsOf()
          const { sprint, plan, forecast } = await planSprint(deps, namedBy(request.params))
          return presentSprintPlan(sprint, plan, forecast, deps.now)
        },
      )

      app.get(
        `${path}/standup`,
        {
          schema: {
            operationId: `readSprintStandup${suffix}`,
            summary: 'Read what happened in a running sprint since the last working day',
            description:
              'The last working day by the calendar of the running cycle whose key results the sprint serves; Monday to ' +
              'Friday in UTC where there is none.',
            tags,
            params,
            querystring: standupQuery,
            response: { 200: standupResponse, ...readProblems(400, 404, 409) },
          },
        },
        async (request) => {
          const deps = depsOf()
          const { since = null } = request.query
          const { sprint, standup } = await standUpSprint(deps, namedBy(request.params), since)
          return presentStandup(sprint, standup, deps.now)
        },
      )

      app.get(
        `${path}/review`,
        {
          schema: {
            operationId: `readSprintReview${suffix}`,
            summary: 'Read what came of a closed sprint and what it did for key results',
            description: 'As of its start and its completion: later edits in Jira do not change it.',
            tags,
            params,
            response: { 200: sprintReviewResponse, ...readProblems(400, 404, 409) },
          },
        },
        async (request) => {
          const { sprint, review, goals } = await reviewSprint(depsOf(), namedBy(request.params))
          return presentSprintReview(sprint, review, goals)
        },
      )
    }
    done()
  }
}

function namedBy(params: { readonly site?: string; readonly id: string }): NamedSprint {
  return { siteId: params.site ?? null, sprintId: parseSprintId(params.id), text: params.id }
}
