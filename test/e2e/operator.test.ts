import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../support/hosted-commands.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, statusItem } from '../support/issue-events.ts'
import { dumpDerived } from '../support/record-dump.ts'
import { startTestService, type TestService } from '../support/service.ts'

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { 'KR-12': BY_COUNT } })
  await service.deliver(issueEvent({ id: 1, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'] }))
  await service.deliver(new TextEncoder().encode('[1,2,3]'))
  await service.drain()
})
afterEach(() => service.stop())

const run = (...args: string[]) => runCommand(args, { DATABASE_URL: service.store.url })

describe('throughline deliveries', () => {
  it('lists what came, newest first, and what became of it', async () => {
    const { code, output, errors } = await run('deliveries', 'list')
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    const [header, , ...rows] = output.trimEnd().split('\n')
    expect(header).toMatch(/^id +received +event +bytes +outcome +reason$/)
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatch(/^ *2 +\S+Z .* 7 +parked +\S/)
    expect(rows[1]).toMatch(/^ *1 +\S+Z +jira:issue_created +\d+ +applied$/)
    expect((await run('deliveries', 'list', '--outcome', 'waiting')).output).toBe('No deliveries.\n')
  })

  it('puts one back in line and says how it ended this time', async () => {
    const { code, output, errors } = await run('deliveries', 'replay', '2')
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toMatch(/^Delivery 2: parked \(.+\)\n$/)
    expect((await run('deliveries', 'replay', '1')).output).toBe('Delivery 1: applied\n')
    expect(await service.database.records.inbox.countWaiting()).toBe(0)
  })

  it.each(['99', 'two'])('says that there is no delivery %s', async (id) => {
    const { code, output, errors } = await run('deliveries', 'replay', id)
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toContain(`There is no delivery ${id}. List them with: throughline deliveries list`)
    expect(errors).toContain('[OKR_DELIVERY_NOT_FOUND]')
  })
})

describe('throughline rebuild', () => {
  it('makes every derived row anew, equal to what webhooks had made', async () => {
    const done = { id: 900, items: [statusItem('to_do', 'done')] }
    const at = '2026-10-06T09:00:00.000Z'
    await service.deliver(issueEvent({ id: 1, at, labels: ['KR-12'], status: 'done', changelog: done }))
    await service.drain()
    const before = await dumpDerived(service.store)
    await service.store.query('update key_result_flow set issues = issues + 1')
    await service.store.query('delete from contributions')
    expect(await dumpDerived(service.store)).not.toEqual(before)

    const { code, output, errors } = await run('rebuild')
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toMatch(/^Rebuilt the derived tables; 1 key results recomputed\.$/m)
    expect(await dumpDerived(service.store)).toEqual(before)
  })
})
