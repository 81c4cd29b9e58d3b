import type { FastifyReply, FastifyRequest } from 'fastify'

/** Asks a store for one row more than the page holds: whether there is a next page is then known without counting. */
export function rowsFor(limit: number): number {
  return limit + 1
}

/**
 * A page out of the rows of a store, with where to go on in the body and in the `Link` header.
 *
 * @param rows up to `limit + 1` of them
 */
export function answerPage<Row, Item>(
  request: FastifyRequest,
  reply: FastifyReply,
  rows: readonly Row[],
  page: { limit: number; present: (row: Row) => Item; cursorOf: (row: Row) => string | number },
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const next = rows.length > page.limit && last !== undefined ? String(page.cursorOf(last)) : null
  if (next !== null) linkNext(request, reply, next)
  return { items: shown.map(page.present), next }
}

/** `Link: </api/v1/cycles?limit=50&after=2026-Q3>; rel="next"` */
export function linkNext(request: FastifyRequest, reply: FastifyReply, after: string): void {
  const [path = '', query = ''] = request.url.split('?', 2)
  const parameters = new URLSearchParams(query)
  parameters.set('after', after)
  void reply.header('link', `<${path}?${parameters.toString()}>; rel="next"`)
}
