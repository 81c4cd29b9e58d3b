import type { FastifyInstance } from 'fastify'

/**
 * Answers OPTIONS for every route with what it allows. There is no CORS: pages of other origins stay out.
 *
 * @returns registers the answers; call it when all routes are there
 */
export function collectAllowedMethods(app: FastifyInstance): (scope: FastifyInstance) => void {
  const allowed = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = allowed.get(url) ?? new Set()
    allowed.set(url, methods)
    for (const one of [method].flat()) methods.add(one)
  })
  return (scope) => {
    for (const [url, methods] of [...allowed]) {
      const allow = [...methods, 'OPTIONS'].sort().join(', ')
      scope.options(url, { schema: { hide: true } }, (_request, reply) =>
        reply.header('allow', allow).code(204).send(),
      )
    }
  }
}
