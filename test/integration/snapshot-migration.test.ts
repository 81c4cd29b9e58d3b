import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { presentProgress, progressResponse } from '../../src/contracts/api/progress.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { someNumbers } from '../support/status-facts.ts'

const MIGRATION = readFileSync(resolve(import.meta.dirname, '../../migrations/0001_health.sql'), 'utf8')

/** The statements that carry data over; the others made tables that stand already. */
const CARRIED = MIGRATION.split('--> statement-breakpoint').filter((text) => /^(UPDATE|INSERT)/m.test(text))

let store: FreshDatabase
beforeEach(async () => {
  store = await freshDatabase()
})
afterEach(() => store.drop())

it('snapshots from before forecasts and policies can be read, and each key result is judged once', async () => {
  await storeGoals(store.database, { keyResults: { 'KR-1': BY_COUNT } })
  await store.query('delete from dirty_key_results')
  const { forecast, assessment, ...older } = someNumbers
  const { health, rule, expected, paceRatio } = assessment
  expect(forecast.kind).toBe('none')
  await store.query(
    `insert into snapshots (key_result, as_of, numbers, explanation, movement_cursor)
     values ('KR-1', now(), $1, '{"counts":{},"movements":[]}', 0)`,
    [{ ...older, assessment: { health, rule, expected, paceRatio } }],
  )
  expect(CARRIED).toHaveLength(2)
  for (const statement of [...CARRIED, ...CARRIED]) await store.query(statement)

  const snapshot = await store.database.records.progress.latestSnapshot('KR-1' as KeyResultKey)
  expect(progressResponse.parse(presentProgress(snapshot!))).toMatchObject({
    health,
    computedHealth: health,
    healthPolicy: 'balanced',
    forecast: { kind: 'none' },
  })
  expect(await store.database.records.progress.dirtyKeyResults(10)).toEqual(['KR-1'])
})
