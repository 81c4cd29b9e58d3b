import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inScope, type Contribution } from '../../src/domain/contributions/contribution.ts'
import { tallyAsOf } from '../../src/domain/contributions/tally-as-of.ts'
import {
  dayTallies,
  flowOf,
  sumTally,
  type ScopeState,
  type Tally,
} from '../../src/domain/contributions/tally.ts'
import { dayOf, nextDay, startOfDay, type EpochMs } from '../../src/domain/time.ts'
import { allContributions } from '../support/families.ts'
import { anyFamily, anyInstant } from '../support/issue-histories.ts'
import { KR1 } from '../support/issues.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

/** Changes fall on noon and midnight in UTC: on the first instant of a day there, and within one in Shanghai. */
const anyZone = fc.constantFrom('UTC', 'Asia/Shanghai')

let store: FreshDatabase
beforeAll(async () => {
  store = await freshDatabase()
})
afterAll(() => store.drop())

const anyContributions = fc
  .array(anyFamily, { minLength: 1, maxLength: 3 })
  .map((families) =>
    families.flatMap((family, index) =>
      allContributions(family).map((contribution) => ({ ...contribution, siteId: `site-${index}` })),
    ),
  )

/** The only contributions that are stored, as an evaluation stores them. */
async function keep(contributions: readonly Contribution[], timeZone: string): Promise<void> {
  const records = store.database.records.contributions
  await records.clear()
  await records.save(contributions)
  await records.addFlow(
    contributions.flatMap((contribution) =>
      flowOf(contribution, (at) => dayOf(at, timeZone)).map((line) => ({
        keyResult: contribution.keyResult,
        ...line,
      })),
    ),
  )
}

async function tallyAt(at: EpochMs, timeZone: string): Promise<Tally> {
  const day = dayOf(at, timeZone)
  const { opening, turns } = await store.database.records.contributions.turnsUntil(
    KR1,
    at,
    day,
    startOfDay(day, timeZone),
  )
  return tallyAsOf(opening, turns)
}

/** Every contribution looked up by itself. */
function countedAt(contributions: readonly Contribution[], at: EpochMs): Tally {
  const held = contributions
    .filter(({ keyResult }) => keyResult === KR1)
    .flatMap(({ steps }) => steps.findLast((step) => step.at <= at) ?? [])
  return sumTally(
    held.filter(inScope).map(({ state, size, sharePercent }) => ({
      state: state as ScopeState,
      size,
      issues: 1,
      sharePercent,
    })),
  )
}

describe('the tally as of an instant', () => {
  it('is that of every contribution as it stood then, at any instant', async () => {
    const anyInstants = fc.array(anyInstant, { minLength: 3, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(anyContributions, anyZone, anyInstants, async (all, zone, instants) => {
        await keep(all, zone)
        for (const at of instants) expect(await tallyAt(at, zone)).toEqual(countedAt(all, at))
      }),
      { numRuns: 80 },
    )
  })

  it('is at the end of a day what that day’s tally is', async () => {
    await fc.assert(
      fc.asyncProperty(anyContributions, anyZone, async (all, zone) => {
        await keep(all, zone)
        const own = all.filter(({ keyResult }) => keyResult === KR1)
        const flow = own.flatMap((contribution) => flowOf(contribution, (at) => dayOf(at, zone)))
        for (const { day, tally } of dayTallies([], flow)) {
          expect(await tallyAt(startOfDay(nextDay(day), zone) - 1, zone)).toEqual(tally)
        }
      }),
      { numRuns: 30 },
    )
  })
})
