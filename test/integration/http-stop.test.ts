import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReceiveOutcome } from '../../src/app/receive-delivery.ts'
import { composeWeb } from '../../src/compose/web.ts'
import { readSettings } from '../../src/config.ts'
import { createLog } from '../../src/adapters/system/log.ts'
import { startTestService, type TestService } from '../support/service.ts'

let service: TestService
beforeEach(async () => {
  service = await startTestService()
})
afterEach(() => service.stop())

/** Posts on a connection that its client keeps open. */
function post(agent: Agent, port: number): Promise<{ status: number | undefined }> {
  return new Promise((done, fail) => {
    const options = { agent, port, host: '127.0.0.1', method: 'POST', path: '/webhooks/jira/main' }
    const posted = request(options, (answer) => {
      answer.resume().once('end', () => done({ status: answer.statusCode }))
    })
    posted.once('error', fail)
    posted.end('{}')
  })
}

describe('stopping the HTTP server', () => {
  it('answers what is under way, and waits for no connection that is merely kept open', async () => {
    const reached = Promise.withResolvers<undefined>()
    const stored = Promise.withResolvers<ReceiveOutcome>()
    const receive = () => {
      reached.resolve(undefined)
      return stored.promise
    }
    const app = composeWeb({ ...service, receive }, readSettings({}), {
      adminToken: 'a token of the test',
      logger: createLog('silent'),
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const agent = new Agent({ keepAlive: true })

    const answer = post(agent, port)
    await reached.promise
    const stopped = app.close()
    stored.resolve({ kind: 'stored' })
    expect(await answer).toEqual({ status: 200 })
    await stopped
    agent.destroy()
  }, 10_000)
})
