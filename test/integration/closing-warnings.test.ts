import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeCycle } from '../../src/app/cycles/close-cycle.ts'
import { reopenCycle } from '../../src/app/cycles/reopen-cycle.ts'
import { readRetrospective } from '../../src/app/cycles/read-retrospective.ts'
import { wantComments } from '../../src/app/want-comments.ts'
import type { CycleKey } from '../../src/domain/ids.ts'
import { HOUR_MS } from '../../src/domain/time.ts'
import { someNumbers } from '../support/status-facts.ts'
import { startWarningStage, type WarningStage } from '../support/warning-stage.ts'
import { KR, signalOf } from '../support/warnings.ts'

const LAST_DAY = Date.parse('2026-12-31T09:00:00Z')
const Q4 = '2026-Q4' as CycleKey
const red = signalOf('off_track')
const growth = signalOf('at_risk', 'scope_growth')

let stage: WarningStage

beforeEach(async () => {
  stage = await startWarningStage(LAST_DAY)
})
afterEach(() => stage.stop())

const deps = () => ({ ...stage.service, actor: 'cli' })
const comments = () => stage.jira.commentsOf(stage.anchor)
const { stringify } = JSON

/** The status comment as a recompute wants it, with the warnings that stand. */
const wantStatus = () =>
  stage.service.database.transaction(async (records) => {
    const goal = (await records.goals.keyResult(KR))!
    const numbers = someNumbers
    const telling = { numbers, cursor: 0, now: stage.now(), publicUrl: 'https://okr.example.com' }
    await wantComments(records, goal, telling)
  })

const episodes = async () => {
  const filter = { state: 'all', keyResult: null, objective: null } as const
  const found = await stage.service.database.records.warnings.list({ after: null, limit: 9 }, filter)
  return found.toReversed().map(({ kind, resolvedAt }) => ({ kind, resolvedAt }))
}

const toldOfWarnings = async () => {
  const entries = await stage.service.database.records.feed.after(0, 1_000)
  return entries
    .filter(({ kind }) => kind.startsWith('warning.'))
    .map(({ kind, data }) => `${kind} ${String(data['kind'])}`)
}

/** Two warnings and the status, each in a comment of its own: people are told once a day. */
async function warn(): Promise<void> {
  await stage.look(red, growth)
  await wantStatus()
  await stage.relay()
  for (const days of [4, 1]) {
    stage.pass(days * 24 * HOUR_MS)
    await wantStatus()
    await stage.relay()
  }
}

describe('closing a cycle', () => {
  it('ends every warning that stands: in the record, the feed and the audit log', async () => {
    await warn()
    const { closing } = await closeCycle(deps(), { key: Q4, early: false })
    expect(closing.retrospective.summary.warnings).toEqual({ raised: 2, standing: 2 })
    expect(await episodes()).toEqual([
      { kind: 'health', resolvedAt: stage.now() },
      { kind: 'scope_growth', resolvedAt: stage.now() },
    ])
    expect((await toldOfWarnings()).slice(-2)).toEqual([
      'warning.resolved health',
      'warning.resolved scope_growth',
    ])
    const audit = await stage.service.store.query(
      `select action, actor, after from audit where action = 'warning.resolve' order by id`,
    )
    expect(audit).toMatchObject([
      { actor: 'cli', after: { kind: 'health', resolvedAt: stage.now(), endedWith: 'cycle' } },
      { actor: 'cli', after: { kind: 'scope_growth', endedWith: 'cycle' } },
    ])
    expect(await stage.service.database.records.warnings.lockOpen(KR)).toEqual([])
  })

  it('tells every level that a warning had until the end of the cycle, those that nobody was told of as well', async () => {
    const began = stage.now()
    for (const level of ['at_risk', 'off_track', 'at_risk', 'off_track'] as const) {
      await stage.raise(signalOf(level))
      stage.pass(HOUR_MS)
    }
    stage.pass(24 * HOUR_MS)
    await stage.raise(signalOf('at_risk'))
    const { retrospective } = await readRetrospective(
      { records: stage.service.database.records, clock: stage.service.clock },
      Q4,
    )
    expect(retrospective.objectives[0]!.keyResults[0]!.warnings).toMatchObject([
      {
        level: 'off_track',
        levels: [
          { level: 'at_risk', since: began },
          { level: 'off_track', since: began + HOUR_MS },
          { level: 'at_risk', since: began + 2 * HOUR_MS },
          { level: 'off_track', since: began + 3 * HOUR_MS },
        ],
      },
    ])
  })

  it('edits the comments that stand once, without telling anybody, and writes no new one', async () => {
    await warn()
    const before = stage.writes().length
    const ids = comments().map(({ id }) => id)
    expect(ids).toHaveLength(3)
    expect(comments().some(({ text }) => text.includes('Scope grows'))).toBe(true)
    stage.pass(HOUR_MS)
    await closeCycle(deps(), { key: Q4, early: false })
    await stage.relay()
    await stage.relay()
    const written = stage.writes().slice(before)
    expect(written.every((write) => write === 'updated')).toBe(true)
    expect(written.length).toBe(ids.length)
    expect(comments().map(({ id }) => id)).toEqual(ids)
    const warned = comments().filter(({ properties }) =>
      stringify(properties.get('throughline')).includes('warning-'),
    )
    expect(warned.length).toBeGreaterThan(0)
    for (const { text, document } of warned) {
      expect(stringify(document)).toContain('Cycle closed')
      expect(text).toContain('The cycle was closed on 2027-01-05, and the warning')
    }
    const status = comments().find(({ properties }) =>
      stringify(properties.get('throughline')).includes('status'),
    )
    expect(status?.text).toContain('30% reached')
    expect(status?.text).not.toContain('Scope grows')
    stage.pass(48 * HOUR_MS)
    await stage.relay()
    expect(stage.writes().slice(before)).toEqual(written)
  })

  it('tells nobody of what was still waiting to be told', async () => {
    await stage.raise(red, growth)
    stage.pass(4 * 24 * HOUR_MS)
    await closeCycle(deps(), { key: Q4, early: false })
    await stage.relay()
    expect(stage.writes()).toEqual([])
    expect(await episodes()).toEqual([
      { kind: 'health', resolvedAt: stage.now() },
      { kind: 'scope_growth', resolvedAt: stage.now() },
    ])
  })

  it('leaves comments alone where none are written', async () => {
    await warn()
    const before = stage.writes().length
    await closeCycle({ ...deps(), writesComments: false }, { key: Q4, early: false })
    await stage.relay()
    expect(stage.writes()).toHaveLength(before)
    expect((await toldOfWarnings()).slice(-2)).toEqual([
      'warning.resolved health',
      'warning.resolved scope_growth',
    ])
  })

  it('that dies on the way leaves everything as it was, and one that dies after its commit loses nothing', async () => {
    await warn()
    const known = { told: await toldOfWarnings(), episodes: await episodes(), writes: stage.writes() }
    const dies = () => {
      throw new Error('killed')
    }
    await expect(closeCycle(deps(), { key: Q4, early: false, tell: dies })).rejects.toThrow('killed')
    await stage.relay()
    expect({ told: await toldOfWarnings(), episodes: await episodes(), writes: stage.writes() }).toEqual(
      known,
    )

    stage.pass(HOUR_MS)
    const doorbell = { ring: () => Promise.reject(new Error('killed')) }
    await expect(closeCycle({ ...deps(), doorbell }, { key: Q4, early: false })).rejects.toThrow('killed')
    await stage.service.store.query(
      `update jira_comments set due_at = now() - interval '1 minute' where is_due`,
    )
    await stage.service.work.sweep()
    expect(comments().filter(({ text }) => text.includes('The cycle was closed')).length).toBeGreaterThan(0)
    await closeCycle(deps(), { key: Q4, early: false })
    expect((await toldOfWarnings()).filter((one) => one.startsWith('warning.resolved'))).toHaveLength(2)
  })
})

describe('reopening it', () => {
  it('raises only what still holds', async () => {
    await warn()
    await closeCycle(deps(), { key: Q4, early: false })
    await stage.relay()
    stage.pass(HOUR_MS)
    await reopenCycle(deps(), { key: Q4 })
    await stage.look(growth)
    expect(await episodes()).toMatchObject([
      { kind: 'health', resolvedAt: expect.any(Number) as number },
      { kind: 'scope_growth', resolvedAt: expect.any(Number) as number },
      { kind: 'scope_growth', resolvedAt: null },
    ])
    expect((await toldOfWarnings()).slice(-1)).toEqual(['warning.raised scope_growth'])
    const ended = comments().filter(({ text }) => text.includes('The cycle was closed'))
    expect(ended.length).toBeGreaterThan(0)
  })
})
