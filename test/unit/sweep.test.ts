import { describe, expect, it } from 'vitest'
import type { Database } from '../../src/app/ports/records.ts'
import { createSweep, type SweepDeps } from '../../src/app/sweep.ts'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { silentLog } from '../support/silent-log.ts'

interface Waiting {
  readonly sites: readonly string[]
  readonly newest: readonly string[]
  readonly oldest: readonly string[]
  readonly ageMs: number
}

/** What a sweep does with work of this age; a run of `broken` fails. */
async function sweepOver({ sites, newest, oldest, ageMs }: Waiting, broken?: string, isOutage = false) {
  const done: string[] = []
  const run = (work: string) => {
    done.push(work)
    return work === broken ? Promise.reject(new Error('this run fails')) : Promise.resolve()
  }
  const age = () => Promise.resolve(ageMs)
  const records = {
    inbox: { oldestUnprocessedAgeMs: age, sitesWithDueDeliveries: () => Promise.resolve(sites) },
    progress: {
      healthDue: () => Promise.resolve([]),
      oldestDirtyAgeMs: age,
      dirtyKeyResults: () => Promise.resolve(oldest),
      lastDirtyKeyResults: () => Promise.resolve(newest),
    },
    comments: { oldestDueAgeMs: age },
    sprintResults: { untold: () => Promise.resolve([]) },
    kpis: { due: () => Promise.resolve([]) },
    goals: { teams: () => Promise.resolve([]) },
  }
  const deps: SweepDeps = {
    database: { records } as unknown as Database,
    clock: { now: () => 0 },
    compileLinkRules,
    doorbell: {
      ring: () => Promise.resolve(),
      free: (bell, id) => run(`free ${bell} ${id}`),
      close: () => Promise.resolve(),
    },
    run: {
      deliveries: (siteId) => run(`deliveries ${siteId}`),
      recomputeAll: (keys) => run(`recompute ${keys.join()}`),
      comments: () => run('comments'),
      digests: () => Promise.resolve(),
    },
    isOutage: () => isOutage,
    log: silentLog,
  }
  const failure = await createSweep(deps)().catch((error: unknown) => error)
  return { done, failure }
}

const WAITING = { sites: ['main', 'other'], newest: ['KR-90'], oldest: ['KR-1', 'KR-2'], ageMs: 2_000 }
const EVERYTHING = [
  'deliveries main',
  'deliveries other',
  'recompute KR-90',
  'recompute KR-1,KR-2',
  'comments',
]

describe('a sweep', () => {
  it('does everything that waits longer than its bell would take', async () => {
    expect(await sweepOver(WAITING)).toEqual({ done: EVERYTHING, failure: undefined })
  })

  it('leaves young work to its bell', async () => {
    expect(await sweepOver({ ...WAITING, ageMs: 500 })).toEqual({ done: [], failure: undefined })
  })

  it.each(['deliveries main', 'recompute KR-90', 'recompute KR-1,KR-2', 'comments'])(
    'goes on after work that fails (%s): nothing waits behind it',
    async (broken) => {
      expect(await sweepOver(WAITING, broken)).toEqual({ done: EVERYTHING, failure: undefined })
    },
  )

  it('ends while the database is away', async () => {
    const { done, failure } = await sweepOver(WAITING, 'recompute KR-1,KR-2', true)
    expect(done.at(-1)).toBe('recompute KR-1,KR-2')
    expect(failure).toBeInstanceOf(Error)
  })

  it('frees the bell of work that is so old that its ring must have died', async () => {
    const { done } = await sweepOver({ ...WAITING, ageMs: 20_000 })
    expect(done).toContain('free deliveries main')
    expect(done).toContain('free recompute KR-1')
    expect(done.filter((work) => work.startsWith('free recompute-many'))).toEqual(['free recompute-many 0'])
    expect((await sweepOver(WAITING)).done).toEqual(EVERYTHING)
  })
})
