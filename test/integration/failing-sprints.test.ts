import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSprintTeller, type SprintTeller } from '../../src/app/sprints/tell-closed-sprints.ts'
import { createSweep } from '../../src/app/sweep.ts'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import type { Database } from '../../src/app/ports/records.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createSprintGoals, storeSprintSite } from '../support/sprint-site.ts'
import { aSprint, inSprint } from '../support/sprint-pasts.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const NOW = Date.UTC(2026, 9, 29, 9)

/** More than a sweep takes at once, all of them completed before the last one. */
const BROKEN = 45
const HEALTHY = 100

let api: TestApi
let now = NOW
let attempts: number[]
let mends: boolean
beforeEach(async () => {
  api = await startApi()
  api.setNow(NOW)
  now = NOW
  attempts = []
  mends = false
  await createSprintGoals(api)
  const closed = (sprintId: number, minutesAgo: number) => {
    const completeAt = NOW - minutesAgo * MINUTE
    return aSprint({ sprintId, state: 'closed', startAt: NOW - 9e8, endAt: completeAt, completeAt })
  }
  const broken = Array.from({ length: BROKEN }, (_, index) => closed(index + 1, 120 - index))
  const issues = [inSprint(1, { labels: ['KR-1'], sprintIds: [HEALTHY] })]
  await storeSprintSite(api, { sprints: [...broken, closed(HEALTHY, 5)], issues }, NOW)
})
afterEach(() => api.stop())

/** The database as it is, but for sprints that cannot be read until they are mended. */
function database(): Database {
  const { database: real } = api.store
  const mirror: Database['records']['mirror'] = {
    ...real.records.mirror,
    sprintsWithId: (id) => {
      attempts.push(id)
      if (id === HEALTHY || mends) return real.records.mirror.sprintsWithId(id)
      return Promise.reject(new Error('this sprint cannot be read'))
    },
  }
  return { ...real, records: { ...real.records, mirror } }
}

const deps = () => ({ database: database(), clock: { now: () => now }, compileLinkRules })

/** What a sweep does about closed sprints; gives the sprints that were tried. */
async function round(teller: SprintTeller): Promise<number[]> {
  attempts = []
  for (const sprint of await teller.due()) await teller.tell(sprint).catch(() => undefined)
  return attempts
}

const told = async () => (await api.store.query('select sprint_id from told_sprints')).length

describe('sprints whose results cannot be told', () => {
  it('keep no other waiting, however many they are', async () => {
    const teller = createSprintTeller(deps())
    const rounds: number[][] = []
    for (let sweep = 0; sweep < 3; sweep++) {
      rounds.push(await round(teller))
      // Later than any of them has to wait by now: those that failed would be first by their age.
      now += 10 * SECOND
    }
    expect(rounds.map((tried) => tried.length)).toEqual([20, 20, 20])
    expect(rounds[2]).toContain(HEALTHY)
    expect(new Set(rounds.flat()).size).toBe(BROKEN + 1)
    expect(await told()).toBe(1)
  })

  it('are tried ever more rarely, up to once in a quarter of an hour', async () => {
    await api.store.query('delete from sprints where sprint_id > 1')
    const teller = createSprintTeller(deps())
    const tries: number[] = []
    for (; now < NOW + 50 * MINUTE; now += SECOND) {
      if ((await round(teller)).length > 0) tries.push((now - NOW) / SECOND)
    }
    const waits = tries.slice(1).map((at, index) => at - tries[index]!)
    expect(waits.slice(0, 9)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512])
    expect(new Set(waits.slice(9))).toEqual(new Set([900]))
  })

  it('are told when they can be again, and then no more', async () => {
    const teller = createSprintTeller(deps())
    for (let sweep = 0; sweep < 3; sweep++) await round(teller)
    mends = true
    now += 2 * SECOND
    for (let sweep = 0; sweep < 3; sweep++) await round(teller)
    expect(await told()).toBe(BROKEN + 1)
    now += 60 * MINUTE
    expect(await round(teller)).toEqual([])
  })

  it('are logged once for each attempt', async () => {
    await api.store.query('delete from sprints where sprint_id between 2 and 99')
    const logged: unknown[] = []
    const log = { info: () => undefined, warn: () => undefined, error: (about: object) => logged.push(about) }
    const nothing = () => Promise.resolve()
    const sweep = createSweep({
      ...deps(),
      doorbell: { ring: nothing, free: nothing, close: nothing },
      run: {
        deliveries: nothing,
        recomputeAll: () => Promise.resolve([]),
        comments: nothing,
        digests: nothing,
      },
      isOutage: () => false,
      log,
    })
    await sweep()
    await sweep()
    expect(logged).toEqual([{ bell: 'recompute', id: 'sprint main/1', error: 'Error' }])
    now += 2 * SECOND
    await sweep()
    expect(logged).toHaveLength(2)
  })
})
