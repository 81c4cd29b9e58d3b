import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { createGoals, forgetEverything } from '../support/api-goals.ts'
import { AFTER_Q4, cycleApi } from '../support/cycle-api.ts'

let api: TestApi
const { change, checkIn, close, retrospective, post } = cycleApi(() => api)

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
      ...without(keyResult, 'parts', 'entered'),
      moves: FIRST_MOVES,
      changes: FIRST_CHANGES,
      hints: [{ kind: 'target_lowered', times: 1 }],
    })),
  }))
  const summary = { ...frozen.summary, changes: FIRST_CHANGES }
  const first = { ...without(frozen, 'dropped', 'movedAway'), version: 1, summary, objectives }
  await api.store.query(`update cycle_closings set closing = $1`, [{ retrospective: first, rolledOver }])
}

/** The same of the second form. */
async function storeInSecondForm(): Promise<void> {
  const [row] = await api.store.query(`select closing from cycle_closings where cycle = '2026-Q4'`)
  const { retrospective: frozen, rolledOver } = row!['closing'] as Stored
  const objectives = frozen.objectives.map((objective) => ({
    ...objective,
    keyResults: objective.keyResults.map((keyResult) => ({
      ...without(keyResult, 'entered'),
      warnings: (keyResult['warnings'] as Record<string, unknown>[]).map((one) => without(one, 'levels')),
    })),
  }))
  const second = { ...without(frozen, 'movedAway'), version: 2, objectives }
  await api.store.query(`update cycle_closings set closing = $1`, [{ retrospective: second, rolledOver }])
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

describe('a retrospective that was frozen in the second form', () => {
  it('is read with no goals that moved away, and warnings of which the last level is known', async () => {
    await checkIn('KR-1', 50, '2026-11-20T12:00:00Z')
    await api.store.query(
      `insert into warnings (key_result, kind, level, facts, raised_at, level_since)
       values ('KR-1', 'health', 'at_risk', '{}', '2026-11-02', '2026-11-05')`,
    )
    api.setNow(AFTER_Q4)
    await close()
    await storeInSecondForm()
    const known = await retrospective()
    expect(known['movedAway']).toEqual([])
    expect(known.objectives[0]!.keyResults[0]).toMatchObject({
      entered: null,
      warnings: [{ kind: 'health', level: 'at_risk', levels: [], resolvedAt: null }],
    })
    const { text } = await api.ask('GET', '/api/v1/cycles/2026-Q4/retrospective', {
      headers: { accept: 'text/markdown' },
    })
    expect(text).toContain('At risk or worse from 2 Nov to the end')
    expect(text).not.toMatch(/undefined|null|NaN/u)
  })
})

describe('a frozen retrospective', () => {
  const asked = async () => {
    const answers = ['application/json', 'text/markdown'].map((accept) =>
      api.ask('GET', '/api/v1/cycles/2026-Q4/retrospective', { headers: { accept } }),
    )
    return (await Promise.all(answers)).map(({ text }) => text)
  }

  it('is the same byte for byte, whatever becomes of its goals: also archived, renamed or measured otherwise', async () => {
    await change('/key-results/KR-1', { weight: 2 })
    api.setNow(AFTER_Q4)
    const { retrospective: closed } = await close()
    const frozen = await asked()
    expect(JSON.parse(frozen[0]!)).toEqual(closed)
    api.setNow(AFTER_Q4 + 86_400_000)
    await post('/cycles/2026-Q4/archive')
    await api.store.query(`update key_results set title = 'Renamed', archived_at = now(), weight = 9`)
    await api.store.query(`update objectives set title = 'Renamed', ambition = 'committed'`)
    await api.store.query(`update cycles set title = 'Renamed', end_day = '2027-01-31' where key = '2026-Q4'`)
    await api.store.query('delete from snapshots')
    expect(await asked()).toEqual(frozen)
    await close()
    expect(await asked()).toEqual(frozen)
  })

  it('is stored in the third form', async () => {
    await change('/key-results/KR-1', { weight: 2 })
    api.setNow(AFTER_Q4)
    await close()
    const [row] = await api.store.query(
      `select closing -> 'retrospective' ->> 'version' as version from cycle_closings`,
    )
    expect(row).toEqual({ version: '3' })
  })
})
