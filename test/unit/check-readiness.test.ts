import { describe, expect, it } from 'vitest'
import { checkReadiness, type ReadinessDeps } from '../../src/app/check-readiness.ts'

const limits = { deliveriesMs: 60_000, recomputeMs: 30_000, commentsMs: 600_000 }

function ages(
  deliveries: number | null,
  recompute: number | null,
  comments: number | null,
): ReadinessDeps['records'] {
  return {
    inbox: { oldestUnprocessedAgeMs: () => Promise.resolve(deliveries) },
    progress: { oldestDirtyAgeMs: () => Promise.resolve(recompute) },
    comments: { oldestDueAgeMs: () => Promise.resolve(comments) },
  }
}

describe('readiness', () => {
  it('is given while nothing waits longer than it may', async () => {
    expect(await checkReadiness({ records: ages(60_000, null, 0), limits })).toEqual({
      ready: true,
      checks: [
        { name: 'database', ready: true, detail: 'The database answers.' },
        {
          name: 'deliveries',
          ready: true,
          detail: 'The oldest waiting delivery is 60 s old; the limit is 60 s.',
        },
        { name: 'recompute', ready: true, detail: 'No key result to recompute is waiting.' },
        {
          name: 'comments',
          ready: true,
          detail: 'The oldest waiting comment to write is 0 s old; the limit is 600 s.',
        },
      ],
    })
  })

  it.each([
    ['deliveries', ages(60_001, null, null)],
    ['recompute', ages(null, 30_001, null)],
    ['comments', ages(null, null, 600_001)],
  ])('is lost when the oldest of %s has waited too long', async (name, records) => {
    const { ready, checks } = await checkReadiness({ records, limits })
    expect(ready).toBe(false)
    expect(checks.filter((check) => !check.ready).map((check) => check.name)).toEqual([name])
  })

  it('is lost when the database does not answer, and says no more than that', async () => {
    const records = ages(null, null, null)
    const broken = {
      ...records,
      progress: { oldestDirtyAgeMs: () => Promise.reject(new Error('at 10.0.0.3')) },
    }
    expect(await checkReadiness({ records: broken, limits })).toEqual({
      ready: false,
      checks: [{ name: 'database', ready: false, detail: 'The database does not answer.' }],
    })
  })
})
