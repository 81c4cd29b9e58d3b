import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { batchOf } from '../../src/app/key-result-batches.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, clearMarks, dirtyMarks, forgetEverything } from '../support/api-goals.ts'
import { importCsv } from '../support/csv-import.ts'
import { tableOfGoals } from '../support/csv-table.ts'

/** Of five rows of the table, one is an objective. */
const ROWS_FOR: Readonly<Record<number, number>> = { 4: 5, 12: 15, 260: 325 }

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
  api.rings()
})

/** The bells of what waits to be recomputed: each by itself where they are few, else their batches. */
async function bellsOfMarked() {
  const keys = (await dirtyMarks(api)).map(({ keyResult }) => keyResult as KeyResultKey)
  const bells =
    keys.length <= 10
      ? keys.map((id) => ({ bell: 'recompute', id }))
      : [...new Set(keys.map(batchOf))].map((id) => ({ bell: 'recompute-many', id }))
  return { keys, bells }
}

const byId = (rings: readonly { bell: string; id: string }[]) =>
  rings.map(({ bell, id }) => `${bell} ${id}`).sort()

it.each([4, 12, 260])(
  'a table of %i key results rings for them, once, and for nobody else',
  { timeout: 60_000 },
  async (count) => {
    const { csv } = tableOfGoals(ROWS_FOR[count]!, null)
    await importCsv(api, csv.replaceAll(',0.5,', ',,'))
    const made = await bellsOfMarked()
    expect(made.keys).toHaveLength(count)
    expect(byId(api.rings())).toEqual(byId(made.bells))

    await clearMarks(api)
    await importCsv(api, csv)
    const checkedIn = await bellsOfMarked()
    expect(checkedIn.keys).toHaveLength(count)
    expect(byId(api.rings())).toEqual(byId(checkedIn.bells))

    await clearMarks(api)
    await importCsv(api, csv)
    expect([await dirtyMarks(api), api.rings()]).toEqual([[], []])
  },
)
