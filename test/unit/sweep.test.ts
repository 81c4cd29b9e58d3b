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

const without = (keys: readonly string[], except: readonly string[]) =>
  keys.filter((key) => !except.includes(key))

/** What a sweep does with work of this age; a run of `broken` fails. */
async function sweepOver(waiting: Waiting, broken: string | null = null, isOutage = false) {
  const { sweep, done } = sweeperOver(waiting, { broken, isOutage })
  const failure = await sweep().catch((error: unknown) => error)
  return { done, failure }
}

interface Troubles {
  readonly broken?: string | null
  readonly isOutage?: boolean
  readonly failing?: string[]
}

/** A sweeper, whose `failing` key results cannot be recomputed. */
function sweeperOver(
  { sites, newest, oldest, ageMs }: Waiting,
  { broken = null, isOutage = false, failing = [] }: Troubles,
) {
  const done: string[] = []
  let now = 0
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
      dirtyKeyResults: (_: number, except: readonly string[]) => Promise.resolve(without(oldest, except)),
      lastDirtyKeyResults: (_: number, __: number, except: readonly string[]) =>
        Promise.resolve(without(newest, except)),
    },
    comments: { oldestDueAgeMs: age },
    sprintResults: { untold: () => Promise.resolve([]) },
    kpis: { due: () => Promise.resolve([]) },
    goals: { teams: () => Promise.resolve([]) },
  }
  const deps: SweepDeps = {
    database: { records } as unknown as Database,
    clock: { now: () => now },
    compileLinkRules,
    doorbell: {
      ring: () => Promise.resolve(),
      free: (bell, id) => run(`free ${bell} ${id}`),
      close: () => Promise.resolve(),
    },
    run: {
      deliveries: (siteId) => run(`deliveries ${siteId}`),
      recomputeAll: async (keys) => {
        await run(`recompute ${keys.join()}`)
        return keys.filter((key) => failing.includes(key))
      },
      comments: () => run('comments'),
      digests: () => Promise.resolve(),
    },
    isOutage: () => isOutage,
    log: silentLog,
  }
  return {
    sweep: createSweep(deps),
    done,
    failing,
    setNow: (at: number) => {
      now = at
    },
  }
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
  describe('over key results that cannot be recomputed', () => {
    const both = { sites: [], newest: ['KR-1', 'KR-2'], oldest: ['KR-1', 'KR-2'], ageMs: 2_000 }

    it('tries each once: what failed among the newest is not tried among the oldest', async () => {
      const { sweep, done } = sweeperOver(both, { failing: ['KR-1'] })
      await sweep()
      expect(done).toEqual(['recompute KR-1,KR-2', 'recompute KR-2', 'comments'])
    })

    it('tries them ever more rarely, up to once a minute', async () => {
      const alone = { ...both, newest: [], oldest: ['KR-1'] }
      const { sweep, done, setNow } = sweeperOver(alone, { failing: ['KR-1'] })
      const tries: number[] = []
      for (let second = 0; second < 300; second++) {
        setNow(second * 1_000)
        done.length = 0
        await sweep()
        if (done.includes('recompute KR-1')) tries.push(second)
      }
      const waits = tries.slice(1).map((at, index) => at - tries[index]!)
      expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
    })

    it('forgets that they failed once they are mended', async () => {
      const alone = { ...both, newest: [], oldest: ['KR-1'] }
      const { sweep, done, failing, setNow } = sweeperOver(alone, { failing: ['KR-1'] })
      await sweep()
      failing.length = 0
      setNow(2_000)
      await sweep()
      failing.push('KR-1')
      await sweep()
      done.length = 0
      setNow(3_999)
      await sweep()
      expect(done).not.toContain('recompute KR-1')
      setNow(4_000)
      await sweep()
      expect(done).toContain('recompute KR-1')
    })
  })
})
