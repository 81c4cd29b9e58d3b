import type { FastifyInstance } from 'fastify'

const LOOK_AGAIN_MS = 50

/**
 * Lets a server that closes end as soon as its last request is answered. Node closes the connections that are idle
 * when the closing begins; one that becomes idle right after it would keep the server for as long as its client likes.
 */
export function closeIdleConnections(app: FastifyInstance): void {
  app.addHook('preClose', (done) => {
    const timer = setInterval(() => app.server.closeIdleConnections(), LOOK_AGAIN_MS)
    app.server.once('close', () => clearInterval(timer))
    done()
  })
}
