import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { z } from 'zod'
import { authorship, authorshipInput, type SaidAuthorship } from '../contracts/api/authorship.ts'
import type { Author } from '../domain/authorship.ts'

type Place = 'body' | 'query' | 'nowhere'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Where a request says who makes the change and why. Left out: in the body, and in the address of a DELETE.
     * `query`: the body is a file. `nowhere`: nothing is written.
     */
    authorship?: 'query' | 'nowhere'
  }
  interface FastifyRequest {
    /** What it says of itself beside what it changes. */
    saidAuthorship: SaidAuthorship
  }
}

const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Lets every write of this scope say `by` and `reason`, wherever its route is written: they are described and checked
 * with its own input and taken out of it again, so that they never become part of a goal. A body that has a property
 * of one of these names itself keeps it. Call it before the routes are added.
 */
export function acceptAuthorship(api: FastifyInstance): void {
  api.decorateRequest('saidAuthorship')
  api.addHook('onRoute', (route) => {
    const place = placeOf(route)
    if (place === 'nowhere') return
    const part = place === 'body' ? 'body' : 'querystring'
    const { schema, added } = withAuthorship(route.schema?.[part], route.url)
    route.schema = { ...route.schema, [part]: schema }
    route.preHandler = [takeOut(place, added), ...[route.preHandler ?? []].flat()]
  })
}

/** What use cases are told of who makes the change that a request asks for. */
export function changeBy<Deps extends object>(deps: Deps, request: FastifyRequest): Deps & Author {
  const { by = null, reason = null } = request.saidAuthorship
  return { ...deps, actor: 'api', by, reason }
}

function placeOf({ method, config }: RouteOptions): Place {
  const methods = [method].flat()
  if (!methods.some((name) => WRITES.has(name))) return 'nowhere'
  return config?.authorship ?? (methods.includes('DELETE') ? 'query' : 'body')
}

function withAuthorship(own: unknown, url: string): { schema: z.ZodType; added: readonly string[] } {
  if (own === undefined) return { schema: authorshipInput.optional(), added: Object.keys(authorship) }
  if (own instanceof z.ZodOptional) {
    const { schema, added } = withAuthorship(own.unwrap(), url)
    return { schema: schema.optional(), added }
  }
  if (!(own instanceof z.ZodObject)) throw new Error(`${url} takes no object that could say who writes.`)
  const { shape } = own as z.ZodObject<Record<string, z.ZodType>>
  const more = Object.entries(authorship).filter(([name]) => !(name in shape))
  const schema = own.safeExtend(Object.fromEntries(more))
  return { schema: schema.meta(own.meta() ?? {}), added: more.map(([name]) => name) }
}

function takeOut(place: 'body' | 'query', names: readonly string[]) {
  return (request: FastifyRequest, _reply: unknown, done: () => void): void => {
    const input = { ...(request[place] as Record<string, unknown> | undefined) }
    const said = names.filter((name) => input[name] !== undefined).map((name) => [name, input[name]] as const)
    for (const name of names) Reflect.deleteProperty(input, name)
    request.saidAuthorship = Object.fromEntries(said)
    if (request[place] !== undefined) request[place] = input
    done()
  }
}
