import { expect, it } from 'vitest'
import { createPool } from '../../src/adapters/postgres/pool.ts'

it('a connection that ends while its pool is closed is not told as lost', async () => {
  const told: unknown[] = []
  const nothing = () => undefined
  const log = {
    debug: nothing,
    info: nothing,
    error: nothing,
    warn: (fields: object) => void told.push(fields),
  }
  const pool = createPool('postgres://nobody@127.0.0.1:1/nothing', { max: 1, log })
  const shutDown = Object.assign(new Error('terminating connection'), { code: '57P01' })
  pool.emit('error', shutDown)
  expect(told).toEqual([{ code: '57P01' }])
  const closed = pool.end()
  pool.emit('error', shutDown)
  await closed
  expect(told).toHaveLength(1)
})
