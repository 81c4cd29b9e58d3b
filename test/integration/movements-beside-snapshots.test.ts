import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { applyDeliveries } from '../../src/app/apply-deliveries.ts'
import { updateKeyResult } from '../../src/app/goals/update-key-result.ts'
import type { Database } from '../../src/app/ports/records.ts'
import { readDelivery } from '../../src/contracts/jira/webhook.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, statusItem } from '../support/issue-events.ts'
import { createPause, doneOrLockedOut, type Pause } from '../support/pauses.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { silentLog } from '../support/silent-log.ts'

const KR = 'KR-12' as KeyResultKey

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { [KR]: BY_COUNT } })
  await service.deliver(issueEvent({ id: 1, at: '2026-10-05T09:00:00.000Z', labels: [KR] }))
  await service.drain()
  await service.deliver(
    issueEvent({
      id: 1,
      at: '2026-10-06T09:00:00.000Z',
      labels: [KR],
      status: 'done',
      changelog: { id: 900, items: [statusItem('to_do', 'done')] },
    }),
  )
})
afterEach(() => service.stop())

/** The database, where a change stops between its mark and its movements, whichever it writes first. */
function stoppingInBetween(pause: Pause): Database {
  const { records, transaction } = service.database
  return {
    records,
    transaction: (work) =>
      transaction(({ contributions, progress, ...rest }) =>
        work({
          ...rest,
          contributions: {
            ...contributions,
            addMovements: async (movements) => {
              await contributions.addMovements(movements)
              await pause.wait()
            },
          },
          progress: {
            ...progress,
            markDirty: async (marks) => {
              await progress.markDirty(marks)
              await pause.wait()
            },
          },
        }),
      ),
  }
}

const applyDelivery = (database: Database) =>
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

async function moveDueDay(database: Database): Promise<void> {
  const changer = { ...service, database, actor: 'api' }
  await updateKeyResult(changer, { key: KR, changes: { dueDay: '2026-12-01' } })
}

async function told(): Promise<Record<string, number>> {
  const snapshots = await service.database.records.progress.snapshots(KR, null, 10)
  return Object.assign({}, ...snapshots.map(({ explanation }) => explanation.counts)) as Record<
    string,
    number
  >
}

describe('a snapshot tells every movement', () => {
  it.each([
    ['a delivery that commits after', applyDelivery, moveDueDay],
    ['a change of goals that commits after', moveDueDay, applyDelivery],
  ])('also that of %s another one that began later', async (_, slow, quick) => {
    const pause = createPause()
    const first = slow(stoppingInBetween(pause))
    await pause.reached
    const second = quick(service.database).then(() => service.work.recompute(KR))
    await doneOrLockedOut(second, service.store)
    pause.end()
    await Promise.all([first, second])
    await service.drain()
    expect(await told()).toEqual({ delivered: 1, due_date_moved: 1 })
  })
})
