import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acknowledgeWarning } from '../../src/app/warnings/acknowledge-warning.ts'
import { snoozeWarning, unsnoozeWarning } from '../../src/app/warnings/snooze-warning.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { BERLIN } from '../support/digests.ts'
import { startWarningStage, type WarningStage } from '../support/warning-stage.ts'
import { signalOf } from '../support/warnings.ts'

const FRIDAY = Date.parse('2026-11-20T09:00:00Z')
const atRisk = signalOf('at_risk')
const offTrack = signalOf('off_track')

let stage: WarningStage

beforeEach(async () => {
  stage = await startWarningStage(FRIDAY)
})
afterEach(() => stage.stop())

const change = () => ({ ...stage.service, actor: 'api' })

describe('people who know of a warning', () => {
  it('are not told of it, until it becomes worse', async () => {
    await stage.raise(atRisk)
    const { id } = await stage.latestWarning()
    await acknowledgeWarning(change(), { id, by: 'Ada', note: 'We know.' })
    await stage.look(atRisk)
    expect(stage.writes()).toEqual([])
    await stage.look(offTrack)
    expect(stage.writes()).toEqual(['created aloud'])
  })

  it('hear of a snoozed warning when the snooze is over, if it still stands', async () => {
    await stage.raise(atRisk)
    const { id } = await stage.latestWarning()
    await snoozeWarning(change(), { id, by: 'Ada', note: '', until: FRIDAY + 2 * DAY_MS })
    await stage.relay()
    stage.pass(DAY_MS)
    await stage.look(atRisk)
    expect(stage.writes()).toEqual([])
    stage.pass(DAY_MS)
    await stage.relay()
    expect(stage.writes()).toEqual(['created aloud'])
  })

  it('hear of it at once when they end the snooze', async () => {
    await stage.raise(atRisk)
    const { id } = await stage.latestWarning()
    await snoozeWarning(change(), { id, by: 'Ada', note: '', until: FRIDAY + 2 * DAY_MS })
    await unsnoozeWarning(change(), { id, by: 'Ada' })
    await stage.service.work.comments()
    expect(stage.writes()).toEqual(['created aloud'])
  })

  it('get no comment for it where their team takes digests', async () => {
    await stage.giveTeam(BERLIN)
    await stage.look(atRisk)
    stage.pass(DAY_MS)
    await stage.look(offTrack)
    expect(stage.writes()).toEqual([])
    expect(await stage.latestWarning()).toMatchObject({ level: 'off_track', resolvedAt: null })
  })
})

describe('what became of warnings', () => {
  it('is told by the feed and the audit log, once each', async () => {
    await stage.raise(atRisk)
    await stage.raise(atRisk)
    await stage.raise(offTrack)
    await stage.raise(atRisk)
    await stage.raise()
    await stage.raise()
    const { feed, audit } = stage.service.database.records
    const entries = (await feed.after(0, 100)).filter(({ kind }) => kind.startsWith('warning.'))
    expect(
      entries.map(({ kind, subject, data }) => [kind, subject, data['level'], data['levelBefore']]),
    ).toEqual([
      ['warning.raised', 'KR-12', 'at_risk', null],
      ['warning.escalated', 'KR-12', 'off_track', 'at_risk'],
      ['warning.resolved', 'KR-12', 'at_risk', 'at_risk'],
    ])
    const audited = await audit.list(
      { after: null, limit: 100 },
      { subject: 'KR-12', action: null, from: null, until: null },
    )
    const actions = audited.map(({ action }) => action)
    expect(actions).toEqual(['warning.resolve', 'warning.escalate', 'warning.raise'])
  })

  it('is one comment a day at most for a key result that swings around an edge for thirty days', async () => {
    for (let half = 0; half < 60; half++) {
      stage.pass(DAY_MS / 2)
      await stage.look(...(half % 2 === 0 ? [atRisk] : []))
    }
    const days = stage.jira.commentWrites
      .filter(({ notifies }) => notifies)
      .map(({ at }) => new Date(at).toISOString().slice(0, 10))
    expect(new Set(days).size).toBe(days.length)
    expect(days.length).toBeGreaterThan(0)
    expect(days.length).toBeLessThanOrEqual(31)
  })

  it('comes back from Jira as our own comment and causes no further write', async () => {
    const echoes: object[] = []
    stage.jira.webhooks.onEvent(({ body }) => echoes.push(body))
    await stage.look(atRisk)
    const before = stage.writes().length
    for (const body of echoes.splice(0)) await stage.service.deliver(body)
    await stage.service.work.deliveries('main')
    await stage.relay()
    expect(stage.writes()).toHaveLength(before)
    const outcomes = await stage.service.database.records.inbox.outcomes()
    expect(outcomes.find(({ reason }) => reason === 'own_comment')?.deliveries).toBe(1)
  })
})
