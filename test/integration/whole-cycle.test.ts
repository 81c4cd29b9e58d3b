import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeCycle } from '../../src/app/cycles/close-cycle.ts'
import { saveTemplate } from '../../src/app/cycles/goal-templates.ts'
import { readRetrospective } from '../../src/app/cycles/read-retrospective.ts'
import { rollOverCycle } from '../../src/app/cycles/roll-over.ts'
import { startFromTemplate } from '../../src/app/cycles/start-from-template.ts'
import { addCheckIn } from '../../src/app/goals/add-check-in.ts'
import { createCycle } from '../../src/app/goals/create-cycle.ts'
import { updateKeyResult } from '../../src/app/goals/update-key-result.ts'
import type { CycleKey, KeyResultKey } from '../../src/domain/ids.ts'
import type { KeyResultRetrospective } from '../../src/domain/retrospective/retrospective.ts'
import { retrospectiveMarkdown } from '../../src/domain/retrospective/retrospective-markdown.ts'
import { nextDay } from '../../src/domain/time.ts'
import { BY_POINTS, storeGoals } from '../support/goals.ts'
import { issueEvent, statusItem } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const [Q4, Q1] = ['2026-Q4' as CycleKey, '2027-Q1' as CycleKey]
const [WORK, NPS] = ['KR-1' as KeyResultKey, 'KR-2' as KeyResultKey]
const METRIC = { kind: 'metric' as const, unit: 'NPS', baseline: 45, target: 65 }
const ISSUES = 24

let service: TestService
const deps = () => ({ ...service, actor: 'api' })
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)

beforeAll(async () => {
  service = await startTestService()
  const { sites } = service.database.records
  const site = (await sites.site('main'))!
  const points = [{ id: 'customfield_10016', name: 'Story points' }]
  await sites.save({ ...site, fields: { ...site.fields, points } })
  service.setNow(noon('2026-10-01'))
  await storeGoals(service.database, { keyResults: { [WORK]: BY_POINTS, [NPS]: METRIC } })
  await playQuarter()
})
afterAll(() => service.stop())

/** Every working day: every other day an issue of three points is delivered, once a week somebody checks in. */
async function playQuarter(): Promise<void> {
  for (let id = 1; id <= ISSUES; id++) await deliver(id, '2026-10-01', 'to_do')
  await service.drain()
  let delivered = 0
  let value = 45
  let working = 0
  for (let day = '2026-10-02'; day <= '2026-12-31'; day = nextDay(day)) {
    service.setNow(noon(day))
    const weekday = Temporal.PlainDate.from(day).dayOfWeek
    if (weekday > 5) continue
    if (++working % 3 === 0 && delivered < ISSUES) await deliver(++delivered, day, 'done')
    if (weekday === 5) await say((value += 1), day)
    if (day === '2026-11-10') await update({ measure: { ...METRIC, target: 60 } })
    if (day === '2026-11-20') await update({ dueDay: '2026-12-18' })
    if (day === '2026-11-25') await deliver(ISSUES + 1, day, 'to_do')
    await service.drain()
  }
}

async function deliver(id: number, day: string, status: 'to_do' | 'done'): Promise<void> {
  await service.deliver(
    issueEvent({
      id,
      at: new Date(noon(day)).toISOString(),
      created: new Date(noon(status === 'to_do' ? day : '2026-10-01')).toISOString().replace('Z', '+0000'),
      labels: [WORK],
      points: 3,
      status,
      ...(status === 'to_do' ? {} : { changelog: { id: 1_000 + id, items: [statusItem('to_do', 'done')] } }),
    }),
  )
}

const say = (value: number, day: string) =>
  addCheckIn(deps(), {
    key: NPS,
    at: noon(day),
    value,
    confidence: 6,
    note: '',
    author: 'Ada',
    source: 'person',
    idempotencyKey: null,
  })

const update = (changes: Parameters<typeof updateKeyResult>[1]['changes']) =>
  updateKeyResult(deps(), { key: NPS, changes })

const look = () => readRetrospective({ records: service.database.records, clock: service.clock }, Q4)

const pick = (keyResults: readonly KeyResultRetrospective[], key: KeyResultKey) =>
  keyResults.find((each) => each.key === key)!

describe('a whole cycle', () => {
  it('is previewed while it runs, with the numbers it would be closed with', async () => {
    service.setNow(noon('2027-01-02'))
    const { retrospective: preview } = await look()
    expect(preview.closedAt).toBeNull()
    expect(retrospectiveMarkdown(preview)).toContain('**Preview: this cycle is not closed.**')
    const { closing } = await closeCycle(deps(), { key: Q4, early: false })
    expect({ ...closing.retrospective, closedAt: null }).toEqual(preview)
  })

  it('tells what came of linked work: trend, scope, forecasts against the outcome, investment', async () => {
    const { retrospective } = await look()
    const work = pick(retrospective.objectives[0]!.keyResults, WORK)
    expect(work).toMatchObject({
      current: 63,
      target: 75,
      scope: { atStart: 72, atEnd: 75, added: 1, removed: 0 },
      outcome: 'missed',
      investment: {
        issues: 21,
        points: 63,
        unestimated: 0,
        intendedPercent: 50,
        actualPercent: 100,
        deviation: 50,
      },
    })
    expect(work.grade.score).toBeCloseTo(0.84, 12)
    expect(work.trend.length).toBeGreaterThan(20)
    expect(work.forecasts.map(({ timeShare }) => timeShare)).toEqual([0.25, 0.5, 0.75])
    const known = work.forecasts.filter(({ probability }) => probability !== null)
    expect(known.length).toBeGreaterThan(1)
    const brier = known.reduce((sum, { probability }) => sum + probability! ** 2, 0) / known.length
    expect(retrospective.summary.forecasts).toEqual({
      forecasts: known.length,
      brier: expect.closeTo(brier, 9) as number,
    })
    expect(work.warnings.length).toBeGreaterThan(0)
  })

  it('tells what came of a number: its moves with their days, and how often somebody checked in', async () => {
    const { retrospective } = await look()
    const nps = pick(retrospective.objectives[0]!.keyResults, NPS)
    expect(nps.moves).toEqual([
      {
        kind: 'target_moved',
        at: noon('2026-11-10'),
        before: 65,
        after: 60,
        isEasier: true,
        isLate: false,
        by: null,
        reason: null,
      },
      {
        kind: 'due_date_moved',
        at: noon('2026-11-20'),
        before: '2026-12-31',
        after: '2026-12-18',
        isLate: false,
        by: null,
        reason: null,
      },
    ])
    expect(nps.changes).toMatchObject({ targets: 1, targetsLowered: 1, dueDates: 1, easier: 1, late: 0 })
    expect(nps).toMatchObject({ current: 58, dueDay: '2026-12-18', checkIns: { days: 12, due: null } })
    expect(nps.hints.map(({ kind }) => kind)).toEqual(['made_easier'])
  })

  it('stays what it was whatever comes afterwards', async () => {
    const before = await look()
    service.setNow(noon('2027-01-05'))
    for (const id of [22, 23, 24, 25]) await deliver(id, '2026-12-30', 'done')
    await service.drain()
    expect(await look()).toEqual(before)
  })

  it('goes on in the next cycle with its labels, links and past, and from a template', async () => {
    await createCycle(deps(), {
      key: Q1,
      title: 'First quarter',
      startDay: '2027-01-01',
      endDay: '2027-03-31',
      calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] },
    })
    const frozen = await look()
    const rolled = await rollOverCycle(deps(), { from: Q4, into: Q1, keyResults: [WORK], rebaselines: false })
    expect(rolled.keyResults.map(({ keyResult }) => keyResult.key)).toEqual([WORK])
    await deliver(26, '2027-01-05', 'to_do')
    await service.drain()
    const snapshot = await service.database.records.progress.latestSnapshot(WORK)
    expect(snapshot?.numbers).toMatchObject({ current: 75, target: 78 })
    expect((await look()).retrospective).toEqual(frozen.retrospective)

    await saveTemplate(deps(), { name: 'quarter', title: 'A quarter', cycle: Q4, keepsOwners: false })
    const started = await startFromTemplate(deps(), { cycle: Q1, template: 'quarter' })
    expect(started.objectives[0]!.keyResults).toMatchObject([{ key: 'KR-3', measure: { target: 60 } }])
    await service.drain()
    const next = await readRetrospective({ records: service.database.records, clock: service.clock }, Q1)
    expect(next.retrospective.objectives.map(({ keyResults }) => keyResults.map(({ key }) => key))).toEqual([
      [WORK],
      ['KR-3'],
    ])
    expect(next.retrospective.objectives[0]!.keyResults[0]!.investment).toMatchObject({
      issues: 0,
      points: 0,
    })
  })
})
