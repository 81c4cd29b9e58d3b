import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addKpiValues } from '../../src/app/kpis/add-kpi-values.ts'
import { createKpi } from '../../src/app/kpis/create-kpi.ts'
import { lookAtKpi, lookAtKpis } from '../../src/app/kpis/look-at-kpis.ts'
import type { KpiKey } from '../../src/domain/ids.ts'
import { A_KPI } from '../support/kpis.ts'
import { createPause, doneOrLockedOut } from '../support/pauses.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KEY = 'KPI-1' as KpiKey
const at = (text: string) => Date.parse(text)

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  service.setNow(at('2026-11-02T09:00:00Z'))
})
afterEach(() => service.stop())

const create = (given: object = {}) => createKpi({ ...service, actor: 'api' }, { ...A_KPI, ...given })
const report = (value: number) =>
  addKpiValues(
    { ...service, actor: 'api' },
    {
      key: KEY,
      author: 'bi',
      source: 'system',
      values: [{ at: null, value, note: '', idempotencyKey: null }],
    },
  )

/** What the feed was told of it, but for its making and its values, after sweeps at these times. */
async function newsAfter(...times: string[]): Promise<unknown[]> {
  for (const time of times) {
    service.setNow(at(time))
    await service.work.sweep()
  }
  const entries = await service.database.records.feed.after(0, 100)
  return entries
    .filter(({ kind }) => kind !== 'kpi.created' && kind !== 'kpi.reported')
    .map(({ kind, at: when, data }) => [kind, new Date(when).toISOString(), data['health']])
}

describe('time alone', () => {
  it('makes a KPI stale after its days without a value, once', async () => {
    await create({ checkEveryDays: 7, timeZone: 'Asia/Shanghai' })
    await report(4)
    expect(await newsAfter('2026-11-09T15:59:59.999Z')).toEqual([])
    const stale = ['kpi.stale', '2026-11-09T16:00:00.000Z', 'stale']
    expect(await newsAfter('2026-11-09T16:00:00Z')).toEqual([stale])
    expect(await newsAfter('2026-11-09T16:00:01Z', '2026-11-20T00:00:00Z')).toEqual([stale])
    await report(4)
    await report(4)
    expect(await newsAfter('2026-11-20T00:00:01Z')).toEqual([
      stale,
      ['kpi.back_in_band', '2026-11-20T00:00:00.000Z', 'on_track'],
    ])
  })

  it('asks once for a first value that never came, and stays without data', async () => {
    await create({ checkEveryDays: 1 })
    expect(await newsAfter('2026-11-02T09:00:01Z', '2026-11-03T23:59:59Z')).toEqual([])
    const missed = ['kpi.stale', '2026-11-04T00:00:00.000Z', 'no_data']
    expect(await newsAfter('2026-11-04T00:00:00Z', '2026-11-05T00:00:00Z', '2026-12-01T00:00:00Z')).toEqual([
      missed,
    ])
    await report(6)
    expect(await newsAfter('2026-12-01T00:00:01Z')).toEqual([
      missed,
      ['kpi.at_risk', '2026-12-01T00:00:00.000Z', 'at_risk'],
    ])
  })

  it('tells that the band was left when the period ends that could have been brought back', async () => {
    await create({ period: 'week', checkEveryDays: 10 })
    await report(4)
    service.setNow(at('2026-11-09T09:00:00Z'))
    await report(6)
    const risk = ['kpi.at_risk', '2026-11-09T09:00:00.000Z', 'at_risk']
    expect(await newsAfter('2026-11-15T23:59:59Z')).toEqual([risk])
    const told = async () => (await service.database.records.kpis.standing(KEY))?.told
    expect(await told()).toBe('at_risk')
    const left = ['kpi.left_band', '2026-11-16T00:00:00.000Z', 'off_track']
    expect(await newsAfter('2026-11-16T00:00:00Z', '2026-11-17T00:00:00Z')).toEqual([risk, left])
    expect(await told()).toBe('off_track')
  })

  it('leaves an archived KPI alone', async () => {
    await create({ checkEveryDays: 1 })
    await report(4)
    await service.store.query('update kpis set archived_at = now()')
    expect(await newsAfter('2026-12-01T00:00:00Z')).toEqual([])
  })
})

describe('a look that dies', () => {
  it('before its commit is made again, and tells once', async () => {
    await create({ checkEveryDays: 1 })
    await report(4)
    await service.store.query(`create function die() returns trigger language plpgsql as
      $$ begin raise exception 'killed'; end $$`)
    await service.store.query('create trigger die before insert on feed execute function die()')
    expect(await newsAfter('2026-11-10T00:00:00Z')).toEqual([])
    await service.store.query('drop trigger die on feed')
    expect(await newsAfter('2026-11-10T00:00:01Z', '2026-11-10T00:00:02Z')).toEqual([
      ['kpi.stale', '2026-11-10T00:00:01.000Z', 'stale'],
    ])
  })

  it('beside another one tells once', async () => {
    await create({ checkEveryDays: 1 })
    await report(4)
    service.setNow(at('2026-11-10T00:00:00Z'))
    const pause = createPause()
    const first = service.database.transaction(async (records) => {
      const news = await lookAtKpi(records, (await records.kpis.lock(KEY))!, service.clock.now())
      await pause.wait()
      await records.feed.append(news)
    })
    await pause.reached
    const second = lookAtKpis(service)
    await doneOrLockedOut(second, service.store)
    pause.end()
    await Promise.all([first, second])
    expect(await newsAfter('2026-11-10T00:00:01Z')).toEqual([
      ['kpi.stale', '2026-11-10T00:00:00.000Z', 'stale'],
    ])
  })
})

describe('a KPI that somebody wrote straight into the record', () => {
  it('is looked at like any other', async () => {
    await service.database.records.kpis.insert({ ...A_KPI, key: KEY, checkEveryDays: 1, archivedAt: null })
    await newsAfter('2026-11-02T09:00:01Z')
    expect(await service.database.records.kpis.standing(KEY)).toEqual({
      told: 'no_data',
      since: at('2026-11-02T09:00:01Z'),
    })
  })
})
