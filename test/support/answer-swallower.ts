import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'

/** Passes requests on to a port and swallows every answer: its client learns nothing, whatever happens behind it. */
export interface AnswerSwallower {
  readonly port: number
  close(): Promise<void>
}

export async function swallowAnswers(targetPort: number): Promise<AnswerSwallower> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const behind = createConnection(targetPort, '127.0.0.1')
    client.pipe(behind)
    behind.resume()
    for (const socket of [client, behind]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    behind.on('close', () => client.destroy())
    client.on('close', () => behind.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
