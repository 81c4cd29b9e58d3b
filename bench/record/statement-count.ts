import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'

/** What was sent to PostgreSQL, the statements that begin and end a transaction left out. */
export interface Statements {
  reads: number
  writes: number
}

export interface StatementCounter extends AsyncDisposable {
  /** An address of the same database by which everything is counted. */
  readonly url: string
  readonly sent: Readonly<Statements>
}

const WRITE = /^\s*(insert|update|delete)\b/i
const TRANSACTION = /^\s*(begin|commit|rollback|savepoint|release|set)\b/i

const PARSE = 'P'.charCodeAt(0)
const QUERY = 'Q'.charCodeAt(0)

/** Stands between a client and PostgreSQL and reads the statements in the client's messages. */
export async function countStatements(databaseUrl: string): Promise<StatementCounter> {
  const { hostname, port } = new URL(databaseUrl)
  const sent: Statements = { reads: 0, writes: 0 }
  const server = createServer((client) => {
    const database = connect(Number(port), hostname)
    const read = createReader((statement) => {
      if (TRANSACTION.test(statement)) return
      sent[WRITE.test(statement) ? 'writes' : 'reads']++
    })
    client.on('data', read)
    client.pipe(database).pipe(client)
    for (const socket of [client, database]) socket.on('error', () => socket.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.toString(),
    sent,
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html: only the first message has no type. */
function createReader(onStatement: (statement: string) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  let isFirst = true
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const head = isFirst ? 0 : 1
      if (rest.length < head + 4) return
      const end = head + rest.readInt32BE(head)
      if (rest.length < end) return
      const body = rest.subarray(head + 4, end)
      if (!isFirst && rest[0] === QUERY) onStatement(textOf(body, 0))
      // The name of the prepared statement comes before its text.
      if (!isFirst && rest[0] === PARSE) onStatement(textOf(body, body.indexOf(0) + 1))
      rest = rest.subarray(end)
      isFirst = false
    }
  }
}

function textOf(body: Buffer, from: number): string {
  return body.toString('utf8', from, body.indexOf(0, from))
}
