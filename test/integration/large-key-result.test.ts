import { afterEach, beforeEach, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KR = 'KR-12' as KeyResultKey

/** More than a statement of PostgreSQL takes parameters (65,535). */
const ISSUES = 66_000

let service: TestService

beforeEach(async () => {
  service = await startTestService()
  await service.store.query(
    `insert into issues (site_id, issue_id, created_at, version_at, version_rank, state)
     select 'main', n::text, '2026-10-02', '2026-10-02', 0, jsonb_build_object(
       'key', 'WEB-' || n, 'projectId', '500', 'summary', '', 'level', 0, 'statusId', '1', 'statusName', 'To Do',
       'statusCategory', 'new', 'resolution', null, 'labels', '["KR-12"]'::jsonb, 'keyResultField', '[]'::jsonb,
       'parentId', null, 'parentKey', null, 'points', null, 'sprintIds', '[]'::jsonb, 'assigneeId', null)
     from generate_series(1, $1::int) as n`,
    [ISSUES],
  )
  for (const [kind, reference] of [
    ['key_result', 'KR-12'],
    ['project', '500'],
  ]) {
    await service.store.query(`insert into issue_references select 'main', $1, $2, issue_id from issues`, [
      kind,
      reference,
    ])
  }
  await storeGoals(service.database, { keyResults: { 'KR-12': BY_COUNT } })
})

afterEach(() => service.stop())

it('links, and lets go with its project, more issues than a statement has parameters', async () => {
  await service.drain()
  const scope = async () =>
    (await service.database.records.progress.latestSnapshot(KR))?.numbers.delivery.scope.issues
  expect(await scope()).toBe(ISSUES)

  await service.deliver({
    timestamp: Date.parse('2026-10-07'),
    webhookEvent: 'project_deleted',
    project: { id: 500, key: 'OLD' },
  })
  await service.deliver(issueEvent({ id: 70_001, at: '2026-10-08T09:00:00.000Z', labels: ['KR-12'] }))
  await service.drain()
  expect(await scope()).toBe(1)
  expect(await service.database.records.inbox.countWaiting()).toBe(0)
}, 120_000)
