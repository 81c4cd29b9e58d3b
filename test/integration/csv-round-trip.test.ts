import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportCsv } from '../../src/http/export-stream.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import type { OkrDocument } from '../../src/domain/okrs/okr-document.ts'
import { anyOkrs } from '../support/any-okrs.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createGoals, forgetEverything } from '../support/api-goals.ts'
import { importCsv, stored } from '../support/csv-import.ts'
import { AFTER_Q4, Q1 } from '../support/cycle-api.ts'
import { okrFiles } from '../support/okr-files.ts'

const MEASURES: readonly Measure[] = [
  { kind: 'metric', unit: 'n/a', baseline: 0, target: 1e-7 },
  { kind: 'binary' },
  { kind: 'delivery', size: 'points', target: { kind: 'scope' } },
]

/** In every run a value is of another measure than its key result has in the end, and a key result is archived. */
const ALWAYS = [
  { kind: 'measure', at: 0, day: 3 },
  { kind: 'check_in', at: 0, day: 5 },
  { kind: 'measure', at: 0, day: 4 },
  { kind: 'check_in', at: 1, day: 5 },
  { kind: 'archive', at: 1, day: 5 },
] as const

/** What may happen to goals; `at` says to which of those there are. */
const step = fc.record({
  kind: fc.constantFrom('check_in', 'check_in', 'check_in', 'measure', 'archive', 'archive_objective'),
  at: fc.nat(3),
  day: fc.integer({ min: 1, max: 20 }),
  value: fc.constantFrom(0, 1, 48.25, -1e-7),
  confidence: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
  note: fc.constantFrom('', '-', 'null', "'n/a", '=1+1', 'two\r\nlines', 'a, "b"'),
  source: fc.constantFrom('person', 'system'),
})
const ending = fc.constantFrom('open', 'closed', 'closed and archived', 'rolled over')
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never
type Ending = typeof ending extends fc.Arbitrary<infer Drawn> ? Drawn : never

describe('tables of goals', () => {
  let api: TestApi
  let other: TestApi
  beforeAll(async () => {
    api = await startApi()
    other = await startApi()
  })
  afterAll(() => Promise.all([api.stop(), other.stop()]))

  const exported = async ({ store }: TestApi, table: 'goals' | 'check-ins') => {
    let text = ''
    for await (const part of exportCsv(store.database.records, table)) text += part
    return text
  }

  it('change nothing where they come from, and make the same goals anywhere else', async () => {
    const seen = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(anyOkrs, fc.array(step, { maxLength: 25 }), ending, async (document, steps, end) => {
        await forgetEverything(api)
        await forgetEverything(other)
        await live(document, steps, end)
        const table = await exported(api, 'goals')
        const before = await stored(api)
        for (const csv of [table, await exported(api, 'check-ins')]) {
          const again = await importCsv(api, csv, '')
          expect(again.lines.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([])
          expect(again).toMatchObject({ isApplied: true, newCheckIns: 0, madeBeside: [] })
          expect(await stored(api)).toEqual(before)
        }

        const { cycles, teams } = await api.store.database.records.okrSets.read(NOTHING)
        await other.store.database.records.okrSets.save({
          cycles: cycles.map((cycle) => ({ ...cycle, closedAt: null, archivedAt: null })),
          ...{ teams, objectives: [], keyResults: [], initiatives: [] },
        })
        other.setNow(AFTER_Q4)
        const moved = await importCsv(other, table, '')
        expect(moved.lines.flatMap(({ problems }) => problems)).toEqual([])
        expect(await exported(other, 'goals')).toBe(table)
        for (const row of table.split('\r\n')) seen.set(row.slice(0, 6), (seen.get(row.slice(0, 6)) ?? 0) + 1)
        seen.set(end, (seen.get(end) ?? 0) + 1)
      }),
      { numRuns: 12, endOnFailure: true },
    )
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining(['object', 'key_re', 'initia', 'kpi,KP', 'check_', 'closed', 'rolled over']),
    )
  }, 180_000)

  it('come back though a guard against spreadsheets makes the longest texts longer', async () => {
    await forgetEverything(api)
    await createGoals(api)
    const title = `+${'x'.repeat(299)}`
    const { status } = await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { title } })
    expect(status).toBe(200)
    const again = await importCsv(api, await exported(api, 'goals'), '')
    expect(again.lines.map(({ outcome, problems }) => [outcome, problems])).toEqual([
      ['unchanged', []],
      ['unchanged', []],
    ])
    expect(again.lines[0]?.title).toBe(title)
  })

  /** Applies a document, lets things happen to its goals, and ends their cycle. What is refused does not happen. */
  async function live(document: OkrDocument, steps: readonly Step[], end: Ending): Promise<void> {
    await okrFiles(api.store).apply(document)
    const objectives = document.objectives.map(({ key }) => key)
    const keyResults = document.objectives.flatMap((objective) => objective.keyResults.map(({ key }) => key))
    if (keyResults.length === 0) return
    const post = (url: string, body: object = {}) => api.ask('POST', `/api/v1${url}`, { body })
    const said = { value: 48.25, confidence: null, note: '', source: 'person' } as const
    const always = ALWAYS.filter(({ at }) => at < keyResults.length).map((one) => ({ ...said, ...one }))
    for (const { kind, at, day, ...words } of [...always, ...steps]) {
      const key = keyResults[at % keyResults.length]!
      const when = new Date(Date.UTC(2026, 10, day)).toISOString()
      const measure = MEASURES[day % MEASURES.length]!
      if (kind === 'check_in')
        await post(`/key-results/${key}/check-ins`, { ...words, at: when, author: 'Ada' })
      else if (kind === 'archive') await post(`/key-results/${key}/archive`)
      else if (kind === 'measure') await api.ask('PATCH', `/api/v1/key-results/${key}`, { body: { measure } })
      else await post(`/objectives/${objectives[at % objectives.length]!}/archive`)
    }
    if (end === 'open') return
    api.setNow(AFTER_Q4)
    await post('/cycles/2026-Q4/close')
    if (end === 'closed and archived') await post('/cycles/2026-Q4/archive')
    if (end !== 'rolled over') return
    await post('/cycles', Q1)
    await post('/cycles/2026-Q4/roll-over', { into: '2027-Q1' })
  }
})

const NOTHING = {
  ...{ cycles: [], objectives: [], wholeObjectives: [], keyResults: [] },
  ...{ initiatives: [], kpis: [] },
}
