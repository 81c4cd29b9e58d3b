import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  findHealthPolicy,
  listHealthPolicies,
  removeHealthPolicy,
  saveHealthPolicy,
} from '../../app/goals/health-policy.ts'
import {
  healthPolicyInput,
  healthPolicyList,
  healthPolicyName,
  healthPolicyResponse,
  presentHealthPolicy,
} from '../../contracts/api/health-policy.ts'
import { BUILT_IN_POLICIES, type HealthPolicy } from '../../domain/health/health-policy.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { nothing, readProblems, writeProblems } from '../openapi.ts'

const params = z.object({ name: healthPolicyName })
const tags = ['Health']

const present = (policy: HealthPolicy) => presentHealthPolicy(policy, BUILT_IN_POLICIES.has(policy.name))

export function healthPolicyRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }

  return (app, _options, done) => {
    app.get(
      '/health-policies',
      {
        schema: {
          operationId: 'listHealthPolicies',
          summary: 'List the health policies',
          description: 'The built-in ones, and those that people wrote.',
          tags,
          response: { 200: healthPolicyList, ...readProblems() },
        },
      },
      async () => ({ items: (await listHealthPolicies(records)).map(present) }),
    )

    app.get(
      '/health-policies/:name',
      {
        schema: {
          operationId: 'readHealthPolicy',
          summary: 'Read a health policy',
          description: 'With every number that decides.',
          tags,
          params,
          response: { 200: healthPolicyResponse, ...readProblems(400, 404) },
        },
      },
      async ({ params: { name } }) => present(await findHealthPolicy(records, name)),
    )

    app.put(
      '/health-policies/:name',
      {
        schema: {
          operationId: 'saveHealthPolicy',
          summary: 'Write a health policy',
          description: 'A new one, or an edit of one there is. Every key result under it is judged anew.',
          tags,
          params,
          body: healthPolicyInput,
          response: { 200: healthPolicyResponse, ...writeProblems() },
        },
      },
      async (request) =>
        present(
          await saveHealthPolicy(changeBy(change, request), { name: request.params.name, ...request.body }),
        ),
    )

    app.delete(
      '/health-policies/:name',
      {
        schema: {
          operationId: 'removeHealthPolicy',
          summary: 'Take a health policy away',
          description:
            'A built-in one is brought back to what it was. Refused while a key result is judged by one people wrote.',
          tags,
          params,
          response: { 204: nothing, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        await removeHealthPolicy(changeBy(change, request), request.params.name)
        return reply.code(204).send()
      },
    )
    done()
  }
}
