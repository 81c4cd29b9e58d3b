import { describe, expect, it } from 'vitest'
import { createMessages } from '../../src/adapters/system/messages.ts'
import { dueCheckIns, type DueCheckIn } from '../../src/domain/check-ins/due-check-ins.ts'
import { teamDigest, type DigestKeyResult } from '../../src/domain/digest/team-digest.ts'
import type { KeyResultKey, ObjectiveKey } from '../../src/domain/ids.ts'
import { digestComment } from '../../src/domain/writeback/digest-comment.ts'
import { checkInSubject } from '../support/check-ins.ts'
import { BERLIN, digestKeyResult } from '../support/digests.ts'
import { readable } from '../support/readable-comment.ts'
import { PUBLIC_URL } from '../support/status-facts.ts'
import { episodeWith } from '../support/warnings.ts'

const SINCE = Date.parse('2026-11-19T16:00:00Z')
const UNTIL = Date.parse('2026-11-20T16:00:00Z')
const BEFORE = SINCE - 86_400_000
const TODAY = UNTIL - 3_600_000

const digestOf = (...keyResults: DigestKeyResult[]) =>
  teamDigest({ team: BERLIN, since: SINCE, until: UNTIL, keyResults, checkIns: [], publicUrl: PUBLIC_URL })

const [checkInDue] = dueCheckIns(
  { ...BERLIN, checkIns: { everyWeeks: 1, weekday: 5 } },
  [checkInSubject()],
  UNTIL,
) as [DueCheckIn]

const old = { raisedAt: BEFORE, levelSince: BEFORE }
const fresh = { raisedAt: TODAY, levelSince: TODAY }

describe('teamDigest', () => {
  it('is nothing when nothing moved, whatever stands', () => {
    const standing = digestKeyResult({ issuesInProgress: 3, warnings: [episodeWith(old)] })
    expect(digestOf()).toBeNull()
    expect(digestOf(standing)).toBeNull()
  })

  it('is nothing for what moved less than a percent, and for a first look that finds nothing', () => {
    expect(digestOf(digestKeyResult({ now: { progress: 0.302, health: 'at_risk' } }))).toBeNull()
    const unmeasured = { now: { progress: null, health: 'no_data' }, before: null } as const
    expect(digestOf(digestKeyResult(unmeasured))).toBeNull()
  })

  it.each([
    ['progress', { now: { progress: 0.35, health: 'at_risk' } }],
    ['health', { now: { progress: 0.3, health: 'off_track' } }],
    ['work that moved', { changes: { started: 1 } }],
    ['a new warning', { warnings: [episodeWith(fresh)] }],
    ['a warning that became worse', { warnings: [episodeWith({ ...old, levelSince: TODAY })] }],
    ['a warning that is over', { warnings: [episodeWith({ ...old, resolvedAt: TODAY })] }],
  ] as const)('tells of %s', (_, change) => {
    expect(digestOf(digestKeyResult(change))).not.toBeNull()
  })

  it('is sent for check-ins that were asked for since the last one, and lists those that wait longer', () => {
    const asked = (sinceDay: string) => ({ ...checkInDue, sinceDay })
    const digestWith = (checkIns: DueCheckIn[], keyResults: DigestKeyResult[] = []) =>
      teamDigest({ team: BERLIN, since: SINCE, until: UNTIL, keyResults, checkIns, publicUrl: PUBLIC_URL })
    expect(digestWith([asked('2026-11-19')])).toBeNull()
    const digest = digestWith([asked('2026-11-20')])
    const url = `${PUBLIC_URL}/key-results/KR-1`
    const line = { key: 'KR-1', title: 'NPS rises to 55', url, asked: ['value', 'confidence'] }
    expect(digest?.checkIns).toEqual([{ ...line, sinceDay: '2026-11-20' }])
    const moved = digestKeyResult({ changes: { started: 1 } })
    expect(digestWith([asked('2026-11-19')], [moved])?.checkIns).toHaveLength(1)
    expect(digestWith([], [moved])).not.toHaveProperty('checkIns')
    const say = (locale: 'en' | 'zh-CN') => readable(digestComment(digest!, createMessages().sayIn(locale)))
    expect(say('en')).toContain(`KR-1 NPS rises to 55 <${url}> · a value · a confidence · since 2026-11-20`)
    expect(say('zh-CN')).toContain('数值 · 信心指数 · 自 2026-11-20 起')
  })

  it('shows a snoozed warning, but is not sent for it', () => {
    const snooze = { by: 'Ada', note: '', at: 0, until: UNTIL + 1 }
    const snoozed = digestKeyResult({ warnings: [episodeWith({ ...fresh, snooze })] })
    expect(digestOf(snoozed)).toBeNull()
    expect(digestOf({ ...snoozed, changes: { delivered: 1 } })?.danger).toMatchObject([{ isNew: false }])
  })

  it('leaves out what ended before the last digest', () => {
    const ended = episodeWith({ ...old, resolvedAt: BEFORE + 1 })
    expect(digestOf(digestKeyResult({ warnings: [ended], changes: { added: 1 } }))?.recovered).toEqual([])
  })

  it('says which objectives the current work serves, each once', () => {
    const working = (n: number, issuesInProgress: number) =>
      digestKeyResult({ key: `KR-${n}` as KeyResultKey, issuesInProgress, changes: { started: 1 } })
    const other = { key: 'O-2' as ObjectiveKey, title: 'Another' }
    const digest = digestOf(working(10, 2), working(9, 1), { ...working(3, 0), objective: other })
    expect(digest?.serves).toEqual([
      { objective: 'O-1', title: 'Faster shopping', keyResults: ['KR-9', 'KR-10'], issuesInProgress: 3 },
    ])
    expect(digest?.moved.map(({ key }) => key)).toEqual(['KR-3', 'KR-9', 'KR-10'])
  })

  it('reads well as a comment, the worst danger first', () => {
    const digest = digestOf(
      digestKeyResult({
        now: { progress: 0.35, health: 'at_risk' },
        before: { progress: 0.3, health: 'on_track' },
        changes: { delivered: 2 },
        issuesInProgress: 1,
        warnings: [episodeWith(fresh)],
      }),
      digestKeyResult({
        key: 'KR-13' as KeyResultKey,
        title: 'Search in 1 s',
        warnings: [episodeWith({ ...old, level: 'off_track' })],
      }),
      digestKeyResult({
        key: 'KR-14' as KeyResultKey,
        title: 'Fewer calls',
        warnings: [episodeWith({ ...old, resolvedAt: TODAY })],
      }),
    )
    expect(readable(digestComment(digest!, createMessages().sayIn('en')))).toBe(
      `# Search, 2026-11-20
**What moved**
- KR-12 Checkout takes 10 s <https://okr.example.com/key-results/KR-12> · 30% → 35% · On track → At risk · 2 issues delivered
**In danger**
- [Off track] KR-13 Search in 1 s <https://okr.example.com/key-results/KR-13> · 30% reached · since 2026-11-18
- [At risk] KR-12 Checkout takes 10 s <https://okr.example.com/key-results/KR-12> · 30% reached · new
**Out of danger**
- KR-14 Fewer calls <https://okr.example.com/key-results/KR-14> · At risk
**What the current work serves**
- O-1 Faster shopping · 1 issue in progress
Written by Throughline at the end of the working day.`,
    )
  })

  it('counts what is more than a person reads', () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      digestKeyResult({ key: `KR-${n + 1}` as KeyResultKey, changes: { delivered: 1 } }),
    )
    const said = readable(digestComment(digestOf(...many)!, createMessages().sayIn('en')))
    expect(said).toContain('- and 22 more')
    expect(said.split('\n- ')).toHaveLength(10)
  })
})
