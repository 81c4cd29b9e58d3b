import { Agent, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../src/adapters/system/log.ts'
import { composeWeb } from '../../src/compose/web.ts'
import { readSettings } from '../../src/config.ts'
import { startTestService, type TestService } from '../support/service.ts'

let service: TestService
beforeEach(async () => {
  service = await startTestService()
})
afterEach(() => service.stop())

/** Reads on a connection that its client keeps open. */
function read(agent: Agent, port: number): Promise<string> {
  return new Promise((done, fail) => {
    const asked = get({ agent, port, host: '127.0.0.1', path: '/slow' }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.once('end', () => done(text))
    })
    asked.once('error', fail)
  })
}

describe('stopping the HTTP server', () => {
  it('finishes the answer under way, and waits for no connection that is merely kept open', async () => {
    const app = composeWeb(service, readSettings({}), {
      adminToken: 'a token of the test',
      logger: createLog('silent'),
    })
    const begun = Promise.withResolvers<() => void>()
    app.get('/slow', (_request, reply) => {
      reply.hijack()
      reply.raw.writeHead(200)
      reply.raw.write('the beginning')
      begun.resolve(() => reply.raw.end(' and the end'))
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const agent = new Agent({ keepAlive: true })

    const answer = read(agent, (app.server.address() as AddressInfo).port)
    const finish = await begun.promise
    const stopped = app.close()
    app.server.once('close', () => agent.destroy())
    await new Promise((done) => setImmediate(done))
    finish()
    expect(await answer).toBe('the beginning and the end')
    await stopped
  }, 10_000)
})
