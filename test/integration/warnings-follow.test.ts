import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { archiveKeyResult } from '../../src/app/goals/archive-key-result.ts'
import { restoreKeyResult } from '../../src/app/goals/restore-key-result.ts'
import { updateCycle } from '../../src/app/goals/update-cycle.ts'
import { updateKeyResult } from '../../src/app/goals/update-key-result.ts'
import { applyOkrs } from '../../src/app/okrs/apply-okrs.ts'
import { exportOkrs } from '../../src/app/okrs/export-okrs.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, labelsItem, statusItem } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const IN_PLACE = { archiveMissing: false, overwrite: true }

const at = (text: string) => Date.parse(text)
const STARTED = '2026-10-05T07:00:00.000Z'
const CREATED = '2026-10-05T07:00:00.000+0000'

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { 'KR-1': BY_COUNT, 'KR-2': BY_COUNT } })
  service.setNow(at('2026-10-05T08:00:00Z'))
})
afterEach(() => service.stop())

const story = (id: number, given: object = {}) =>
  service.deliver(issueEvent({ id, at: STARTED, created: CREATED, labels: ['KR-1'], ...given }))

async function lookAt(time: string): Promise<void> {
  service.setNow(at(time))
  await service.work.sweep()
  await service.drain()
}

/** Warnings of KR-1 that are open, as `kind level`. */
async function open(): Promise<string[]> {
  const filter = { state: 'open', keyResult: 'KR-1' as never, objective: null } as const
  const warnings = await service.database.records.warnings.list({ after: null, limit: 50 }, filter)
  return warnings.map(({ kind, level }) => `${kind} ${level}`).sort()
}

async function told(): Promise<string[]> {
  const entries = await service.database.records.feed.after(0, 1_000)
  return entries
    .filter(({ kind, subject }) => kind.startsWith('warning.') && subject === 'KR-1')
    .map(({ kind, data }) => `${kind} ${String(data['kind'])} ${String(data['level'])}`)
}

const deliver = (id: number, time: string) =>
  service.deliver(
    issueEvent({
      id,
      at: time,
      created: CREATED,
      labels: ['KR-1'],
      status: 'done',
      changelog: { id: 1_000 + id, items: [statusItem('to_do', 'done')] },
    }),
  )

describe('a key result that falls behind', () => {
  it('is warned of once by the clock alone, and the warning ends when it catches up', async () => {
    for (const id of [1, 2, 3, 4]) await story(id)
    await service.drain()
    await lookAt('2026-10-09T09:00:00Z')
    expect(await open()).toEqual([])
    await lookAt('2026-10-16T09:00:00Z')
    await lookAt('2026-10-17T09:00:00Z')
    expect(await open()).toEqual(['health off_track'])
    service.setNow(at('2026-10-17T10:00:00Z'))
    for (const id of [1, 2, 3]) await deliver(id, '2026-10-17T10:00:00.000Z')
    await service.drain()
    expect(await open()).toEqual([])
    expect(await told()).toEqual(['warning.raised health off_track', 'warning.resolved health off_track'])
  })

  it('is told to be uncovered while a sprint of its board runs without work for it', async () => {
    const sprint = (id: number, state: string) => [{ id, name: `Sprint ${id}`, state, boardId: 7 }]
    for (const id of [1, 2, 3]) await story(id)
    await story(4, { sprints: sprint(11, 'closed') })
    await service.deliver(issueEvent({ id: 5, at: STARTED, created: CREATED, sprints: sprint(12, 'active') }))
    await service.drain()
    await lookAt('2026-10-16T09:00:00Z')
    expect(await open()).toEqual(['health off_track', 'uncovered at_risk'])
    const planned = {
      id: 1,
      at: '2026-10-16T10:00:00.000Z',
      created: CREATED,
      labels: ['KR-1'],
      sprints: sprint(12, 'active'),
      changelog: { id: 77, items: [{ field: 'Sprint', fieldId: 'customfield_10020', from: '', to: '12' }] },
    }
    service.setNow(at('2026-10-16T10:00:00Z'))
    await service.deliver(issueEvent(planned))
    await service.drain()
    expect(await open()).toEqual(['health off_track'])
  })
})

describe('a key result whose work grows', () => {
  it('is warned of against what it was when its time of planning was over', async () => {
    for (const id of [1, 2, 3, 4, 5]) await story(id)
    for (const id of [1, 2, 3]) await deliver(id, '2026-10-06T10:00:00.000Z')
    await service.drain()
    await lookAt('2026-10-16T09:00:00Z')
    expect(await open()).toEqual([])
    service.setNow(at('2026-10-19T09:00:00Z'))
    for (const id of [11, 12, 13]) {
      await story(id, { at: '2026-10-19T08:00:00.000Z', created: '2026-10-19T08:00:00.000+0000' })
    }
    await service.drain()
    expect(await open()).toEqual(['scope_growth at_risk'])
  })
})

describe('an epic that two objectives count on', () => {
  beforeEach(async () => {
    await service.store.query(
      `insert into objectives (key, cycle, title, level, ambition)
       select 'O-9', cycle, 'Another', level, ambition from objectives where key = 'O-1'`,
    )
    await service.store.query(`update key_results set objective = 'O-9' where key = 'KR-2'`)
  })

  const epic = (labels: readonly string[], time: string, changed?: number) =>
    service.deliver(
      issueEvent({
        id: 1,
        key: 'WEB-1',
        level: 1,
        at: time,
        created: CREATED,
        labels,
        ...(changed === undefined
          ? {}
          : { changelog: { id: changed, items: [labelsItem(['KR-1'], labels)] } }),
      }),
    )

  it('is a conflict of both', async () => {
    await epic(['KR-1', 'KR-2'], STARTED)
    await service.drain()
    await lookAt('2026-10-06T09:00:00Z')
    expect(await open()).toEqual(['conflict at_risk'])
    const [warning] = await service.store.query(`select facts from warnings where key_result = 'KR-1'`)
    expect(warning!['facts']).toMatchObject({
      detail: { kind: 'conflict', issueKey: 'WEB-1', others: ['KR-2'] },
    })
  })

  it('is told at once to the one that was there first, when the other comes and when it goes', async () => {
    await epic(['KR-1'], STARTED)
    await service.drain()
    expect(await open()).toEqual([])
    await epic(['KR-1', 'KR-2'], '2026-10-05T07:30:00.000Z', 801)
    await service.drain()
    expect(await open()).toEqual(['conflict at_risk'])
    await epic(['KR-1'], '2026-10-05T07:40:00.000Z', 802)
    await service.drain()
    expect(await open()).toEqual([])
  })

  it('is no conflict any more once the other is archived or moved to the same objective, and one again when it is back', async () => {
    await epic(['KR-1', 'KR-2'], STARTED)
    await service.drain()
    const deps = { ...service, actor: 'api' }
    const key = 'KR-2' as KeyResultKey
    const change = async (work: Promise<unknown>) => {
      await work
      await service.drain()
      return open()
    }
    const move = (objective: string) =>
      change(updateKeyResult(deps, { key, changes: { objective: objective as ObjectiveKey } }))
    expect(await open()).toEqual(['conflict at_risk'])
    expect(await change(archiveKeyResult(deps, { key }))).toEqual([])
    expect(await change(restoreKeyResult(deps, { key }))).toEqual(['conflict at_risk'])
    expect(await move('O-1')).toEqual([])
    expect(await move('O-9')).toEqual(['conflict at_risk'])
  })

  it('is no conflict while the time of the other is over, whoever moves its end', async () => {
    await service.store.query(
      `insert into cycles (key, title, start_day, end_day, calendar)
       select '2026-10', 'October', start_day, '2026-10-31', calendar from cycles where key = '2026-Q4'`,
    )
    await service.store.query(`update objectives set cycle = '2026-10' where key = 'O-9'`)
    await epic(['KR-1', 'KR-2'], STARTED)
    await service.drain()
    service.setNow(at('2026-10-07T09:00:00Z'))
    const deps = { ...service, actor: 'api' }
    const due = (dueDay: string | null) =>
      updateKeyResult(deps, { key: 'KR-2' as KeyResultKey, changes: { dueDay } })
    const end = (endDay: string) => updateCycle(deps, { key: '2026-10' as CycleKey, changes: { endDay } })
    const file = async (keyResult: object) => {
      const whole = await exportOkrs(service.database.records, { cycle: null })
      const objectives = whole.objectives.map((objective) => ({
        ...objective,
        keyResults: objective.keyResults.map((each) =>
          each.key === 'KR-2' ? { ...each, ...keyResult } : each,
        ),
      }))
      await applyOkrs({ ...service, actor: 'cli' }, { ...whole, objectives }, IN_PLACE)
    }
    const steps: readonly [() => Promise<unknown>, readonly string[]][] = [
      [() => due('2026-10-06'), []],
      [() => due(null), ['conflict at_risk']],
      [() => end('2026-10-06'), []],
      [() => end('2026-10-31'), ['conflict at_risk']],
      [() => file({ dueDay: '2026-10-06' }), []],
      [() => file({ dueDay: '2026-10-20' }), ['conflict at_risk']],
    ]
    for (const [work, warnings] of steps) {
      await work()
      await service.drain()
      expect([work.toString(), await open()]).toEqual([work.toString(), warnings])
    }
  })

  it('is none either once a file archives the other', async () => {
    await epic(['KR-1', 'KR-2'], STARTED)
    await service.drain()
    expect(await open()).toEqual(['conflict at_risk'])
    const whole = await exportOkrs(service.database.records, { cycle: null })
    const objectives = whole.objectives.filter(({ key }) => key !== 'O-9')
    const wins = { archiveMissing: true, overwrite: true }
    await applyOkrs({ ...service, actor: 'cli' }, { ...whole, objectives }, wins)
    await service.drain()
    expect(await open()).toEqual([])
  })

  it('is looked at by nobody else while its claims stay', async () => {
    await epic(['KR-1', 'KR-2'], STARTED)
    await service.drain()
    await service.deliver(
      issueEvent({
        id: 1,
        key: 'WEB-1',
        level: 1,
        at: '2026-10-05T07:30:00.000Z',
        created: CREATED,
        labels: ['KR-1', 'KR-2'],
        summary: 'Another name',
        changelog: { id: 803, items: [{ field: 'summary', fieldId: 'summary', from: null, to: null }] },
      }),
    )
    await service.work.deliveries('main')
    expect(await service.database.records.progress.dirtyKeyResults(10)).toEqual([])
  })
})
