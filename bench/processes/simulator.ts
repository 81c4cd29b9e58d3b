import { connect, createServer, type AddressInfo } from 'node:net'
import { createJiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { generateSite, type GenerateOptions } from '../../src/demo/jira-simulator/loading/generated-site.ts'
import { answerParent } from './child.ts'

export interface SimulatedSite {
  readonly site: GenerateOptions
  /** How long a request is on its way; 0 reaches the simulator as fast as this machine can. */
  readonly distanceMs: number
}

/** A simulated Jira with a generated site. Answers with its address. */
answerParent(async ({ site, distanceMs }: SimulatedSite): Promise<string> => {
  const { baseUrl } = await createJiraSimulator({ history: generateSite(site) }).start()
  return distanceMs === 0 ? baseUrl : farAway(Number(new URL(baseUrl).port), distanceMs)
})

/** An address from which whatever is sent arrives at a port `distanceMs` later. What comes back comes at once. */
async function farAway(port: number, distanceMs: number): Promise<string> {
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    near.on('data', (chunk) => setTimeout(() => far.write(chunk), distanceMs))
    far.pipe(near)
    near.on('close', () => far.destroy())
    for (const socket of [near, far]) socket.on('error', () => near.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
