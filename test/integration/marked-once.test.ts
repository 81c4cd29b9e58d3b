import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { applyDeliveries } from '../../src/app/apply-deliveries.ts'
import type { DirtyMark } from '../../src/app/ports/progress.ts'
import type { Database } from '../../src/app/ports/records.ts'
import { readDelivery } from '../../src/contracts/jira/webhook.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, statusItem } from '../support/issue-events.ts'
import { createPause, doneOrLockedOut } from '../support/pauses.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { silentLog } from '../support/silent-log.ts'

const [KR_1, KR_2] = ['KR-1' as KeyResultKey, 'KR-2' as KeyResultKey]
const AT = '2026-10-06T10:00:00.000Z'

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { [KR_1]: BY_COUNT, [KR_2]: BY_COUNT } })
  const word = { health: 'at_risk', reason: 'The vendor left.', by: 'Ada', at: 0, untilDay: '2026-12-31' }
  await service.store.query(`update key_results set health_override = $1 where key = 'KR-1'`, [word])
  service.setNow(Date.parse('2026-10-05T09:00:00Z'))
  await service.deliver(issueEvent({ id: 1, at: '2026-10-05T07:00:00.000Z', labels: [KR_1] }))
  await service.deliver(issueEvent({ id: 2, at: '2026-10-05T07:00:00.000Z', labels: [KR_2] }))
  await service.drain()
})
afterEach(() => service.stop())

/** One batch that delivers work of KR-2, and brings an issue of KR-1, which is in danger, into a running sprint. */
async function deliverBoth(): Promise<void> {
  await service.deliver(
    issueEvent({
      id: 2,
      at: AT,
      labels: [KR_2],
      status: 'done',
      changelog: { id: 902, items: [statusItem('to_do', 'done')] },
    }),
  )
  await service.deliver(
    issueEvent({
      id: 1,
      at: AT,
      labels: [KR_1],
      sprints: [{ id: 12, name: 'Sprint 12', state: 'active', boardId: 7 }],
      changelog: { id: 901, items: [{ field: 'Sprint', fieldId: 'customfield_10020', from: '', to: '12' }] },
    }),
  )
}

/** The database, which tells of every mark once it is set. */
function telling(onMark: (marks: readonly DirtyMark[]) => Promise<void>): Database {
  const { records, transaction } = service.database
  return {
    records,
    transaction: (work) =>
      transaction(({ progress, ...rest }) =>
        work({
          ...rest,
          progress: {
            ...progress,
            markDirty: async (marks) => {
              await progress.markDirty(marks)
              await onMark(marks)
            },
          },
        }),
      ),
  }
}

const apply = (database: Database) =>
  applyDeliveries(
    {
      database,
      readDelivery,
      compileLinkRules,
      doorbell: service.doorbell,
      isOutage: () => false,
      log: silentLog,
    },
    'main',
  )

/** Key results that wait, with the first day that may differ. */
const dirty = () =>
  service.store.query('select key_result, earliest_day::text from dirty_key_results order by key_result')

describe('a transaction that moves key results and lays others bare', () => {
  it('marks all of them at once, each with its first day', async () => {
    await deliverBoth()
    const marked: (readonly DirtyMark[])[] = []
    await apply(
      telling((marks) => {
        marked.push(marks)
        return Promise.resolve()
      }),
    )
    expect(marked).toHaveLength(1)
    expect(await dirty()).toEqual([
      { key_result: KR_1, earliest_day: null },
      { key_result: KR_2, earliest_day: '2026-10-06' },
    ])
  })

  it('waits for another that marks the same, and neither locks the other out', async () => {
    await deliverBoth()
    const pause = createPause()
    const first = apply(telling(() => pause.wait()))
    await pause.reached
    const second = service.database.transaction(({ progress }) =>
      progress.markDirty([KR_2, KR_1].map((keyResult) => ({ keyResult, day: null, relink: false }))),
    )
    await doneOrLockedOut(second, service.store)
    pause.end()
    await Promise.all([first, second])
    expect(await dirty()).toHaveLength(2)
  })

  it('marks once also when more issues are touched than are evaluated at a time', async () => {
    await service.store.query(
      `insert into issues (site_id, issue_id, created_at, version_at, version_rank, state)
       select 'main', (1000 + n)::text, '2026-10-02', '2026-10-02', 0, state || jsonb_build_object(
         'key', 'WEB-' || 1000 + n, 'projectId', '500', 'labels', jsonb_build_array('KR-' || 1 + n / 600))
       from issues, generate_series(1, 1100) as n where issue_id = '1'`,
    )
    await service.store.query(
      `insert into issue_references
       select 'main', reference.kind, reference.value, issue_id from issues, lateral (values
         ('project', '500'), ('key_result', state -> 'labels' ->> 0)) as reference (kind, value)
       where issue_id::int > 1000`,
    )
    await service.database.records.progress.markDirty(
      [KR_1, KR_2].map((keyResult) => ({ keyResult, day: null, relink: true })),
    )
    await service.drain()
    await service.deliver({
      timestamp: Date.parse('2026-10-07'),
      webhookEvent: 'project_deleted',
      project: { id: 500, key: 'OLD' },
    })
    const marked: KeyResultKey[][] = []
    await apply(
      telling((marks) => {
        marked.push([...new Set(marks.map(({ keyResult }) => keyResult))].sort())
        return Promise.resolve()
      }),
    )
    expect(marked).toEqual([[KR_1, KR_2]])
    await service.drain()
    const scope = async (key: KeyResultKey) =>
      (await service.database.records.progress.latestSnapshot(key))?.numbers.delivery.scope.issues
    expect([await scope(KR_1), await scope(KR_2)]).toEqual([1, 1])
  })
})
