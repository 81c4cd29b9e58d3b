import type { FastifyInstance, FastifyRequest } from 'fastify'

/** A request the simulator was sent, and what it answered. No headers: they hold the credentials. */
export interface RecordedRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** Undefined when there was none. */
  readonly body: unknown
  /** Null when it was never answered. */
  readonly status: number | null
  /** Kept when asked for by `recordAnswers`. */
  readonly answer?: unknown
}

/** Records every request once it is answered or its connection is gone. */
export function recordRequests(app: FastifyInstance, keepAnswers: boolean): readonly RecordedRequest[] {
  const requests: RecordedRequest[] = []
  const answers = new WeakMap<FastifyRequest, unknown>()
  const recorded = new WeakSet<FastifyRequest>()

  const add = (request: FastifyRequest, status: number | null): void => {
    if (recorded.has(request)) return
    recorded.add(request)
    const { method, url } = request
    const body: unknown = request.body
    requests.push({ method, url, body, status, ...(keepAnswers ? { answer: answers.get(request) } : {}) })
  }

  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) add(request, null)
    })
    done()
  })
  if (keepAnswers) {
    app.addHook('onSend', (request, _reply, payload, done) => {
      if (typeof payload === 'string' && payload !== '') answers.set(request, JSON.parse(payload))
      done()
    })
  }
  app.addHook('onResponse', (request, reply, done) => {
    add(request, reply.statusCode)
    done()
  })
  return requests
}
