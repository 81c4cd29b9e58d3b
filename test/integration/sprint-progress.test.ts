import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rebuildDerived } from '../../src/app/rebuild-derived.ts'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createSprintGoals, SPRINT_NOW, storeSprintSite } from '../support/sprint-site.ts'
import { day, DOING, DONE, moved } from '../support/issues.ts'
import { aSprint, inSprint } from '../support/sprint-pasts.ts'

const HOUR = 3_600_000
/** The day on which one sprint ends at noon, and the next begins. */
const TURN = day(12)
const NOON = TURN + 12 * HOUR

const closed = (sprintId: number, startAt: number, endAt: number) =>
  aSprint({ sprintId, state: 'closed', startAt, endAt, completeAt: endAt })
const SPRINTS = [
  closed(1, day(5) + 9 * HOUR, NOON),
  closed(2, NOON, day(19) + 9 * HOUR),
  closed(3, day(19) + 9 * HOUR, day(26) + 9 * HOUR),
]

const done = (id: number, sprintIds: number[], at: number) =>
  inSprint(
    id,
    { labels: ['KR-1'], points: 1, sprintIds, statusId: DONE, resolution: null },
    moved(at, DOING, DONE),
  )
const open = (id: number, sprintIds: number[]) => inSprint(id, { labels: ['KR-1'], points: 1, sprintIds })

const ISSUES = [
  // Before the first sprint begins, on its first day.
  done(1, [1], day(5) + 8 * HOUR),
  done(2, [1], TURN + 11 * HOUR),
  // After the first sprint was completed, on its last day.
  done(3, [2], TURN + 13 * HOUR),
  done(4, [2], day(15)),
  // Delivered and reopened on one day, around the instant at which the second sprint ends.
  inSprint(
    5,
    { labels: ['KR-1'], points: 1, sprintIds: [2], statusId: DOING },
    moved(day(19) + 8 * HOUR, DOING, DONE),
    moved(day(19) + 10 * HOUR, DONE, DOING),
  ),
  ...[6, 7, 8, 9, 10].map((id) => open(id, [3])),
]

let api: TestApi
beforeAll(async () => {
  api = await startApi()
  api.setNow(SPRINT_NOW)
  await createSprintGoals(api)
  await storeSprintSite(api, { sprints: SPRINTS, issues: ISSUES }, SPRINT_NOW)
})
afterAll(() => api.stop())

async function around(sprintId: number): Promise<[number, number]> {
  const { body } = await api.ask('GET', `/api/v1/sprints/${sprintId}/review`)
  const [kr1] = body.keyResults as { progressBefore: number; progressAfter: number }[]
  return [kr1!.progressBefore, kr1!.progressAfter]
}

describe('the progress around sprints that meet within a day', () => {
  it('is that of the instants at which they began and were completed', async () => {
    expect(await around(1)).toEqual([0.1, 0.2])
    expect(await around(2)).toEqual([0.2, 0.5])
    expect(await around(3)).toEqual([0.5, 0.4])
  })

  it('adds up: nothing counts for two of them, or for none', async () => {
    const all = await Promise.all([1, 2, 3].map(around))
    const sum = all.reduce((total, [before, after]) => total + after - before, 0)
    expect(sum).toBeCloseTo(all[2]![1] - all[0]![0], 12)
  })

  it('is the same after a rebuild', async () => {
    const kept = await Promise.all([1, 2, 3].map(around))
    await rebuildDerived({ database: api.store.database, compileLinkRules })
    expect(await Promise.all([1, 2, 3].map(around))).toEqual(kept)
  })
})
