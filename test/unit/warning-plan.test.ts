import { describe, expect, it } from 'vitest'
import { nextNoticeAt } from '../../src/domain/warnings/notice-budget.ts'
import type { Episode } from '../../src/domain/warnings/episode.ts'
import { planWarningComment, type WarningCommentState } from '../../src/domain/writeback/warning-plan.ts'
import { contentOf, episodeWith } from '../support/warnings.ts'

const NOW = Date.UTC(2026, 10, 20, 9)
const TOMORROW = Date.UTC(2026, 10, 21)

const wanted = (change: Partial<Episode> = {}) => contentOf(episodeWith(change))

function plan(change: Partial<WarningCommentState>) {
  return planWarningComment({
    wanted: wanted(),
    written: null,
    mayExist: false,
    toldLevel: null,
    isMuted: false,
    nextNoticeAt: 0,
    now: NOW,
    ...change,
  })
}

const told = { written: wanted(), toldLevel: 'at_risk' } as const
const offTrack = { level: 'off_track' } as const

describe('the comment of a warning', () => {
  it('is created when the warning is raised', () => {
    expect(plan({})).toEqual({ kind: 'create' })
  })

  it('is left alone while the warning stands as it was told, whatever its numbers do', () => {
    const episode = episodeWith()
    const numbers = { ...episode.facts.numbers, progressPercent: 99 }
    const drifted = contentOf({ ...episode, facts: { ...episode.facts, numbers } })
    expect(plan({ ...told, wanted: drifted })).toEqual({ kind: 'none' })
  })

  it('is edited aloud when the warning becomes worse', () => {
    expect(plan({ ...told, wanted: wanted(offTrack) })).toEqual({ kind: 'edit', notifies: true })
  })

  it('is edited in silence when the warning eases, and when it is over', () => {
    const written = { written: wanted(offTrack), toldLevel: 'off_track' } as const
    expect(plan({ ...written, wanted: wanted() })).toEqual({ kind: 'edit', notifies: false })
    expect(plan({ ...written, wanted: wanted({ ...offTrack, resolvedAt: NOW }) })).toEqual({
      kind: 'edit',
      notifies: false,
    })
  })

  it('tells each level once: worse, better and worse again is the same news', () => {
    expect(plan({ written: wanted(), toldLevel: 'off_track', wanted: wanted(offTrack) })).toEqual({
      kind: 'edit',
      notifies: false,
    })
  })

  it('is never written for a warning that was over before anybody was told', () => {
    expect(plan({ wanted: wanted({ resolvedAt: NOW }) })).toEqual({ kind: 'none' })
  })

  it('is corrected, not created, when it may exist of a warning that is over', () => {
    expect(plan({ wanted: wanted({ resolvedAt: NOW }), mayExist: true })).toEqual({
      kind: 'edit',
      notifies: false,
    })
  })

  it('waits for tomorrow when people were told of the key result today', () => {
    const budget = { nextNoticeAt: TOMORROW }
    expect(plan(budget)).toEqual({ kind: 'wait', until: TOMORROW })
    expect(plan({ ...budget, ...told, wanted: wanted(offTrack) })).toEqual({ kind: 'wait', until: TOMORROW })
    expect(plan({ ...budget, now: TOMORROW })).toEqual({ kind: 'create' })
  })

  it('needs no budget for what it says in silence', () => {
    const over = wanted({ resolvedAt: NOW })
    expect(plan({ ...told, wanted: over, nextNoticeAt: TOMORROW })).toEqual({ kind: 'edit', notifies: false })
  })

  it('waits until a snooze is over', () => {
    const until = NOW + 3_600_000
    const snooze = { by: 'Ada', note: '', at: 0, until }
    expect(plan({ wanted: wanted({ snooze }) })).toEqual({ kind: 'wait', until })
    expect(plan({ wanted: wanted({ snooze }), now: until })).toEqual({ kind: 'create' })
  })

  it('waits an hour where links and sprints are made of, which come and go while people work on them', () => {
    const uncovered = { kind: 'uncovered', levelSince: NOW } as const
    expect(plan({ wanted: wanted(uncovered) })).toEqual({ kind: 'wait', until: NOW + 3_600_000 })
    expect(plan({ wanted: wanted(uncovered), now: NOW + 3_600_000 })).toEqual({ kind: 'create' })
  })

  it('tells nobody what somebody has acknowledged, until it becomes worse', () => {
    const acknowledgement = { by: 'Ada', note: '', at: 0, level: 'at_risk' } as const
    expect(plan({ wanted: wanted({ acknowledgement }) })).toEqual({ kind: 'none' })
    expect(plan({ ...told, wanted: wanted({ acknowledgement, ...offTrack }) })).toEqual({
      kind: 'edit',
      notifies: true,
    })
  })

  it('is not written for a team that takes digests, but a written one is still corrected', () => {
    expect(plan({ wanted: contentOf(episodeWith(), { isInDigest: true }) })).toEqual({ kind: 'none' })
    const over = contentOf(episodeWith({ resolvedAt: NOW }), { isInDigest: true })
    expect(plan({ ...told, wanted: over })).toEqual({ kind: 'edit', notifies: false })
  })

  it('stays away for good when somebody deleted it', () => {
    expect(plan({ isMuted: true })).toEqual({ kind: 'none' })
    expect(plan({ ...told, isMuted: true, wanted: wanted(offTrack) })).toEqual({ kind: 'none' })
  })

  it('is created again when nobody knows what became of the first attempt: its marker is looked for then', () => {
    expect(plan({ mayExist: true, toldLevel: 'at_risk' })).toEqual({ kind: 'create' })
  })
})

describe('the budget of notices', () => {
  it('is one a calendar day, in the time zone of the cycle', () => {
    expect(nextNoticeAt(null, 'UTC')).toBe(0)
    expect(nextNoticeAt(NOW, 'UTC')).toBe(TOMORROW)
    const beforeMidnight = Date.UTC(2026, 10, 20, 15, 59)
    expect(nextNoticeAt(beforeMidnight, 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 20, 16))
    expect(nextNoticeAt(beforeMidnight + 60_000, 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 21, 16))
  })
})
