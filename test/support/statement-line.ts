import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'

/** Where a program is struck: at one of its statements, before the server has it or as soon as it has. */
export interface StrikePoint {
  /** Counted from 1, from the first one that the line was opened for. */
  readonly statement: number
  readonly when: 'before' | 'after'
}

/** A line to PostgreSQL that knows which statement passes. */
export interface StatementLine {
  readonly url: string
  /** The statements that passed since counting began, in order. */
  readonly statements: readonly string[]
  /** Counts anew, and strikes once, there. */
  arm(point: StrikePoint | null, strike: () => void): void
  close(): Promise<void>
}

const MESSAGE_HEAD_BYTES = 5
const TYPE = { query: 0x51, parse: 0x50, sync: 0x53 }

/** @param from counting begins with the first statement that this fits, and goes on with those of its connection */
export async function openStatementLine(serverUrl: string, from: RegExp): Promise<StatementLine> {
  const target = new URL(serverUrl)
  const sockets = new Set<Socket>()
  let statements: string[] = []
  let counted: Socket | null = null
  let armed: { readonly point: StrikePoint | null; readonly strike: () => void } | null = null

  /** Gives the strike that is due at this message, if it is one. */
  const dueAt = (socket: Socket, message: Buffer) => {
    const statement = statementOf(message)
    if (statement === null) return null
    if (counted === null && from.test(statement)) counted = socket
    if (counted !== socket) return null
    statements.push(statement)
    const isDue = armed?.point?.statement === statements.length
    return isDue ? armed : null
  }

  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    far.pipe(near)
    near.on('end', () => far.end())
    near.on('error', () => far.end())
    let rest: Buffer = Buffer.alloc(0)
    let isStarted = false
    let isStruck = false
    let afterSync: (() => void) | null = null
    near.on('data', (chunk: Buffer) => {
      if (isStruck) return
      const messages = split(Buffer.concat([rest, chunk]), isStarted)
      rest = messages.rest
      for (const message of messages.whole) {
        const due = isStarted ? dueAt(near, message) : null
        isStarted = true
        if (due?.point?.when === 'before') {
          isStruck = true
          due.strike()
          return
        }
        far.write(message)
        if (due !== null) afterSync = due.strike
        if (afterSync !== null && (message[0] === TYPE.sync || message[0] === TYPE.query)) {
          isStruck = true
          afterSync()
          return
        }
      }
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    get statements() {
      return statements
    },
    arm: (point, strike) => {
      statements = []
      counted = null
      armed = { point, strike }
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Whole messages of a client; the first of a connection has no type byte. */
function split(bytes: Buffer, isStarted: boolean): { readonly whole: Buffer[]; readonly rest: Buffer } {
  const whole: Buffer[] = []
  let start = 0
  for (;;) {
    const head = isStarted || whole.length > 0 ? 1 : 0
    if (bytes.length - start < MESSAGE_HEAD_BYTES) break
    const end = start + head + bytes.readUInt32BE(start + head)
    if (bytes.length < end) break
    whole.push(bytes.subarray(start, end))
    start = end
  }
  return { whole, rest: bytes.subarray(start) }
}

/** The SQL of a message that brings some. */
function statementOf(message: Buffer): string | null {
  if (message[0] !== TYPE.query && message[0] !== TYPE.parse) return null
  const [first = '', second = ''] = message.subarray(MESSAGE_HEAD_BYTES).toString('utf8').split('\0', 2)
  return message[0] === TYPE.query ? first : second
}
