import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { someNumbers } from '../support/status-facts.ts'

const MIGRATION = readFileSync(resolve(import.meta.dirname, '../../migrations/0004_shown_health.sql'), 'utf8')

let store: FreshDatabase
beforeEach(async () => {
  store = await freshDatabase()
})
afterEach(() => store.drop())

it('standings from before shown healths get what was shown last, and each key result is looked at once', async () => {
  await storeGoals(store.database, { keyResults: { 'KR-1': BY_COUNT, 'KR-2': BY_COUNT, 'KR-3': BY_COUNT } })
  await store.query('delete from dirty_key_results')
  await store.query('alter table health_standings drop column health')
  await store.query('drop index issue_references_sprints')
  const band = JSON.stringify({ band: 'at_risk', since: 0, beyond: null })
  await store.query(
    `insert into health_standings (key_result, standing, policy)
     values ('KR-1', null, '{}'), ('KR-2', $1, '{}'), ('KR-3', null, '{}')`,
    [band],
  )
  for (const health of ['on_track', 'off_track'] as const) {
    await store.database.records.progress.addSnapshot(
      {
        keyResult: 'KR-1' as KeyResultKey,
        asOf: 0,
        numbers: { ...someNumbers, assessment: { ...someNumbers.assessment, health } },
        explanation: { counts: {}, movements: [] },
      },
      0,
    )
  }
  for (const statement of MIGRATION.split('--> statement-breakpoint')) await store.query(statement)

  expect(await store.query('select key_result, health from health_standings order by 1')).toEqual([
    { key_result: 'KR-1', health: 'off_track' },
    { key_result: 'KR-2', health: 'at_risk' },
    { key_result: 'KR-3', health: 'no_data' },
  ])
  const { progress } = store.database.records
  expect((await progress.keyResultsInDanger()).sort()).toEqual(['KR-1', 'KR-2'])
  expect((await progress.dirtyKeyResults(10)).sort()).toEqual(['KR-1', 'KR-2', 'KR-3'])
})
