import { createHmac, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'
import { WEBHOOK_SECRET } from '../load/signed-event.ts'
import { answerParent } from './child.ts'

/** As many connections as Throughline's intake has. */
const CONNECTIONS = 12

/** The least a signed webhook can cost: HMAC over the raw bytes, JSON.parse, one INSERT. Answers with its address. */
answerParent(async ({ databaseUrl }: { databaseUrl: string }): Promise<string> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS })
  await pool.query(
    'create table plain (id bigint primary key generated always as identity, received_at timestamptz default now(), body bytea not null)',
  )
  const app = Fastify({ logger: false })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.post('/', async (request, reply) => {
    const body = request.body as Buffer
    const expected = `sha256=${createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex')}`
    const given = Buffer.from(String(request.headers['x-hub-signature']))
    if (given.length !== expected.length || !timingSafeEqual(given, Buffer.from(expected))) {
      return reply.code(401).send()
    }
    JSON.parse(body.toString())
    await pool.query('insert into plain (body) values ($1)', [body])
    return reply.send('{}')
  })
  return app.listen({ host: '127.0.0.1', port: 0 })
})
