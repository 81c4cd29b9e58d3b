import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { createGoals, forgetEverything } from '../support/api-goals.ts'
import { AFTER_Q4, cycleApi } from '../support/cycle-api.ts'

let api: TestApi
const { change, checkIn, close, retrospective } = cycleApi(() => api)

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await createGoals(api)
})

const without = (whole: Record<string, unknown>, ...names: string[]) =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)))

const MOVED_AT = Date.parse('2026-11-21T10:00:00Z')
const FIRST_MOVES = [
  { kind: 'target_moved', at: MOVED_AT, before: 60, after: 55, isEasier: true },
  { kind: 'due_date_moved', at: MOVED_AT, before: null, after: '2026-12-18' },
  { kind: 'due_date_moved', at: MOVED_AT, before: null, after: null },
  { kind: 'rule_changed', at: MOVED_AT },
]
const FIRST_CHANGES = { targets: 1, targetsLowered: 1, dueDates: 2, rules: 1, scope: 0 }

/** Puts what the first form knew in the place of what was frozen. */
async function storeInFirstForm(): Promise<void> {
  const [row] = await api.store.query(`select closing from cycle_closings where cycle = '2026-Q4'`)
  const { retrospective: frozen, rolledOver } = row!['closing'] as Stored
  const objectives = frozen.objectives.map((objective) => ({
    ...objective,
    keyResults: objective.keyResults.map((keyResult) => ({
      ...without(keyResult, 'parts'),
      moves: FIRST_MOVES,
      changes: FIRST_CHANGES,
      hints: [{ kind: 'target_lowered', times: 1 }],
    })),
  }))
  const summary = { ...frozen.summary, changes: FIRST_CHANGES }
  const first = { ...without(frozen, 'dropped'), version: 1, summary, objectives }
  await api.store.query(`update cycle_closings set closing = $1`, [{ retrospective: first, rolledOver }])
}

interface Stored {
  readonly rolledOver: readonly unknown[]
  readonly retrospective: Record<string, unknown> & {
    readonly summary: Record<string, unknown>
    readonly objectives: readonly (Record<string, unknown> & {
      readonly keyResults: readonly Record<string, unknown>[]
    })[]
  }
}

describe('a retrospective that was frozen in the first form', () => {
  beforeEach(async () => {
    await checkIn('KR-1', 50, '2026-11-20T12:00:00Z')
    api.setNow(AFTER_Q4)
    await close()
    await storeInFirstForm()
  })

  it('is read as JSON, with what it did not know yet as none or unknown', async () => {
    const { objectives, summary, dropped } = await retrospective()
    expect(dropped).toEqual([])
    const changes = { ...FIRST_CHANGES, baselines: 0, weights: 0, easier: 1, late: 0 }
    expect(summary['changes']).toEqual(changes)
    const unsaid = { isLate: false, by: null, reason: null }
    expect(objectives[0]).toMatchObject({ grade: { score: 0.5 } })
    expect(objectives[0]!.keyResults[0]).toMatchObject({
      parts: null,
      changes,
      hints: [{ kind: 'made_easier', text: 'It was made easier once while the cycle ran.' }],
      moves: [
        { kind: 'target_moved', targetBefore: 60, targetAfter: 55, isEasier: true, ...unsaid },
        { kind: 'due_date_moved', dueDayBefore: '2026-12-31', dueDayAfter: '2026-12-18', ...unsaid },
        { kind: 'due_date_moved', dueDayBefore: null, dueDayAfter: null, text: 'The due day was moved.' },
        { kind: 'rule_changed', isEasier: false, text: 'The way it is measured changed.', ...unsaid },
      ],
    })
  })

  it('is read as Markdown', async () => {
    const { status, text } = await api.ask('GET', '/api/v1/cycles/2026-Q4/retrospective', {
      headers: { accept: 'text/markdown' },
    })
    expect(status).toBe(200)
    expect(text).toContain('⚑ 21 Nov: The target moved from 60 to 55 %, which is easier.')
    expect(text).toContain('⚑ 21 Nov: The due day was moved forward from 31 Dec to 18 Dec.')
    expect(text).toContain('⚑ 21 Nov: The way it is measured changed.')
    expect(text).not.toMatch(/undefined|null|NaN/u)
  })
})

it('is stored in the second form from then on', async () => {
  await change('/key-results/KR-1', { weight: 2 })
  api.setNow(AFTER_Q4)
  await close()
  const [row] = await api.store.query(
    `select closing -> 'retrospective' ->> 'version' as version from cycle_closings`,
  )
  expect(row).toEqual({ version: '2' })
})
