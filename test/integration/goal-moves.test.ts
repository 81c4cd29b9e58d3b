import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { BY_METRIC, createGoals, forgetEverything, movementsOf } from '../support/api-goals.ts'
import { recomputeAll } from '../support/sprint-site.ts'

const KR1 = '/api/v1/key-results/KR-1'
const NOW = Date.UTC(2026, 10, 21, 10)
const MOVES = ['target_moved', 'due_date_moved', 'rule_changed']

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())

interface Point {
  readonly day: string
  readonly current: number | null
  readonly rawProgress: number | null
}

const past = async () =>
  (await api.ask('GET', `${KR1}/history`)).body as unknown as {
    readonly days: readonly Point[]
    readonly items: readonly { readonly changes: { readonly counts: Readonly<Record<string, number>> } }[]
  }

const anyValue = fc.integer({ min: -1_000, max: 1_000 })
const anyDay = fc.integer({ min: 1, max: 20 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`)
const anyPatch = fc
  .record({
    baseline: anyValue,
    target: anyValue,
    dueDay: fc.option(anyDay.map((day) => `2026-12${day.slice(7)}`)),
  })
  .filter(({ baseline, target }) => baseline !== target)

describe('progress', () => {
  it('never comes from moving the goal: not the target, not the baseline, not the due day', async () => {
    const anyReports = fc.array(fc.record({ day: anyDay, value: anyValue }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        anyReports,
        fc.array(anyPatch, { minLength: 1, maxLength: 3 }),
        async (reports, patches) => {
          await forgetEverything(api)
          await createGoals(api)
          for (const { day, value } of reports) {
            await api.ask('POST', `${KR1}/check-ins`, { body: { value, at: `${day}T08:00:00Z` } })
          }
          await recomputeAll(api.store.database, NOW)
          const before = await past()
          const reported = (await movementsOf(api, 'KR-1')).length
          for (const { dueDay, ...ends } of patches) {
            const body = { measure: { ...BY_METRIC, ...ends }, dueDay, reason: 'Moved.' }
            const { status, text } = await api.ask('PATCH', KR1, { body })
            expect(status, text).toBe(200)
          }
          await recomputeAll(api.store.database, NOW)
          const after = await past()
          const { baseline, target } = patches.at(-1)!

          // What was measured stays; only how far it is along changes, on every day of the past alike.
          expect(after.days.map(({ current }) => current)).toEqual(before.days.map(({ current }) => current))
          for (const { day, current, rawProgress } of after.days) {
            const expected = current === null ? null : (current - baseline) / (target - baseline)
            if (expected === null) expect({ day, rawProgress }).toEqual({ day, rawProgress: null })
            else expect(rawProgress).toBeCloseTo(expected, 9)
          }
          // It is told as what it is, and as nothing else.
          const moved = (await movementsOf(api, 'KR-1')).slice(reported).map(({ kind }) => String(kind))
          expect(moved.filter((kind) => !MOVES.includes(kind))).toEqual([])
          const [latest] = after.items
          if (after.items.length > before.items.length) {
            const told = Object.keys(latest!.changes.counts)
            expect(told.length).toBeGreaterThan(0)
            expect(told.filter((kind) => !MOVES.includes(kind))).toEqual([])
          }
        },
      ),
      { numRuns: 15 },
    )
  })
})
