import { describe, expect, it } from 'vitest'
import type { IssueHistory } from '../../src/domain/mirror/issue.ts'
import {
  lastWorkingDayStart,
  PLAIN_CALENDAR,
  standup,
  type Standup,
} from '../../src/domain/sprints/sprint-standup.ts'
import { day, DOING, DONE, KR1, manualLink, moved, TO_DO } from '../support/issues.ts'
import { aSprint, inSprint, sprintPast, standing, standings } from '../support/sprint-pasts.ts'

const SINCE = day(14)
const NOW = day(15) + 1
const kr1 = standing('KR-1', {
  tally: [{ state: 'to_do', size: 5, issues: 10, sharePercent: 1_000 }],
})

function told(histories: readonly IssueHistory[], given: Parameters<typeof sprintPast>[2] = {}): Standup {
  return standup(sprintPast(aSprint(), histories, given), standings(kr1), SINCE, NOW)
}

const lists = ({ delivered, reopened, started, blocked }: Standup) =>
  Object.fromEntries(
    Object.entries({ delivered, reopened, started, blocked }).flatMap(([list, issues]) =>
      issues.length === 0 ? [] : [[list, issues.map(({ issueId }) => issueId)]],
    ),
  )

describe('a standup tells', () => {
  it('what was delivered, started and reopened since, and when', () => {
    const all = told([
      inSprint(1, { statusId: DONE }, moved(day(14) + 5, DOING, DONE)),
      inSprint(2, { statusId: DOING }, moved(day(15), TO_DO, DOING)),
      inSprint(3, { statusId: DOING }, moved(day(12), TO_DO, DONE), moved(day(15), DONE, DOING)),
      inSprint(4, { statusId: DONE }, moved(SINCE, DOING, DONE)),
      inSprint(5),
    ])
    expect(lists(all)).toEqual({ delivered: ['1'], started: ['2'], reopened: ['3'] })
    expect([all.delivered[0]!.at, all.started[0]!.at, all.reopened[0]!.at]).toEqual([
      day(14) + 5,
      day(15),
      day(15),
    ])
  })

  it('what it is now, not what came and went', () => {
    const came = inSprint(
      1,
      { statusId: DOING },
      moved(day(14) + 1, DOING, DONE),
      moved(day(14) + 2, DONE, DOING),
    )
    expect(lists(told([{ ...came, createdAt: day(1) }]))).toEqual({})
    const twice = inSprint(
      2,
      { statusId: DONE },
      moved(day(14) + 1, DOING, DONE),
      moved(day(14) + 2, DONE, DOING),
      moved(day(14) + 3, DOING, DONE),
    )
    expect(told([twice]).delivered[0]!.at).toBe(day(14) + 3)
  })

  it('of an issue created since as of any other', () => {
    const born = { ...inSprint(1, { statusId: DONE }), createdAt: day(14) + 7 }
    expect(told([born]).delivered[0]).toMatchObject({ issueId: '1', at: day(14) + 7 })
  })

  it('nothing of what is not in the sprint now, nor of what comes later', () => {
    const left = inSprint(1, { statusId: DONE, sprintIds: [8] }, moved(day(14) + 1, DOING, DONE))
    const later = inSprint(2, { statusId: DONE }, moved(NOW + 1, DOING, DONE))
    expect(lists(told([left, later]))).toEqual({})
  })

  it('no person', () => {
    const issue = inSprint(1, { statusId: DONE, assigneeId: 'somebody' }, moved(day(15), DOING, DONE))
    expect(JSON.stringify(told([issue]))).not.toContain('somebody')
  })
})

describe('what is blocked', () => {
  it('is open and says so by a label, in any case, since it carries it', () => {
    const labels = (from: string[], to: string[]) => ({ field: 'labels', from, to }) as const
    const all = told([
      inSprint(1, { labels: ['Blocked', 'ui'] }, [day(12), labels(['ui'], ['Blocked', 'ui'])]),
      { ...inSprint(2, { labels: ['impediment'] }), createdAt: day(3) },
      inSprint(3, { labels: ['blocked'], statusId: DONE }),
      inSprint(4, { labels: [] }, [day(12), labels(['blocked'], [])]),
      inSprint(5, { labels: ['blocked'] }, [NOW + 1, labels([], ['blocked'])]),
    ])
    expect(all.blocked.map(({ issueId, at }) => [issueId, at])).toEqual([
      ['1', day(12)],
      ['2', day(3)],
    ])
  })

  it('is flagged in Jira, since the one or the other has said so without a break', () => {
    const flag = (to: boolean) => ({ field: 'flag', from: !to, to }) as const
    const labels = (from: string[], to: string[]) => ({ field: 'labels', from, to }) as const
    const all = told([
      inSprint(1, { isFlagged: true }, [day(9), flag(true)], [day(10), flag(false)], [day(12), flag(true)]),
      inSprint(2, { isFlagged: true }, [day(11), labels(['blocked'], [])], [day(13), flag(true)]),
      inSprint(3, { isFlagged: false }, [day(9), flag(true)], [day(13), flag(false)]),
      inSprint(
        4,
        { isFlagged: true, labels: [] },
        [day(10), labels([], ['blocked'])],
        [day(12), flag(true)],
        [day(13), labels(['blocked'], [])],
      ),
      inSprint(5, { isFlagged: true }, [NOW + 1, flag(true)]),
    ])
    expect(all.blocked.map(({ issueId, at }) => [issueId, at])).toEqual([
      ['1', day(12)],
      ['2', day(13)],
      ['4', day(10)],
    ])
  })
})

describe('the key results an issue moves', () => {
  const delivered = inSprint(1, { labels: ['KR-1'], points: 5, statusId: DONE }, moved(day(15), DOING, DONE))

  it('are moved by its size over their target', () => {
    expect(told([delivered]).delivered[0]!.moves).toEqual([
      { keyResult: KR1, role: 'drives', size: 5, progressMoved: 0.1, progressWorth: 0.1 },
    ])
  })

  it('are moved back by a reopening, and not yet by a start', () => {
    const reopened = inSprint(
      1,
      { labels: ['KR-1'], points: 5, statusId: DOING },
      moved(day(12), TO_DO, DONE),
      moved(day(15), DONE, DOING),
    )
    const started = inSprint(
      2,
      { labels: ['KR-1'], points: null, statusId: DOING },
      moved(day(15), TO_DO, DOING),
    )
    const all = told([reopened, started])
    expect(all.reopened[0]!.moves[0]).toMatchObject({ progressMoved: -0.1, progressWorth: 0.1 })
    expect(all.started[0]!.moves[0]).toMatchObject({ size: 5, progressMoved: 0, progressWorth: 0.1 })
  })

  it('are not moved by what only supports them', () => {
    const byHand = manualLink({ issueId: '1', role: 'supports' })
    const [issue] = told([delivered], { manualLinks: [byHand] }).delivered
    expect(issue!.moves[0]).toMatchObject({ role: 'supports', progressMoved: 0, progressWorth: 0 })
  })

  it('move by no known amount where linked work does not measure them', () => {
    const metric = standing('KR-1', { measure: { kind: 'metric', unit: '%', baseline: 1, target: 2 } })
    const { delivered: all } = standup(sprintPast(aSprint(), [delivered]), standings(metric), SINCE, NOW)
    expect(all[0]!.moves[0]).toMatchObject({ keyResult: KR1, progressMoved: null, progressWorth: null })
  })
})

describe('the last working day', () => {
  const at = (text: string) => Date.parse(text)
  const from = (text: string, calendar = PLAIN_CALENDAR) =>
    new Date(lastWorkingDayStart(at(text), calendar)).toISOString()

  it('of a Monday is Friday, of a Tuesday is Monday', () => {
    expect(from('2026-11-23T09:00:00Z')).toBe('2026-11-20T00:00:00.000Z')
    expect(from('2026-11-24T09:00:00Z')).toBe('2026-11-23T00:00:00.000Z')
    expect(from('2026-11-22T09:00:00Z')).toBe('2026-11-20T00:00:00.000Z')
  })

  it('is no holiday, and begins at midnight in the time zone of the calendar', () => {
    const calendar = { timeZone: 'Asia/Shanghai', workingDays: [1, 2, 3, 4, 5, 6], holidays: ['2026-11-21'] }
    expect(from('2026-11-22T17:00:00Z', calendar)).toBe('2026-11-19T16:00:00.000Z')
  })

  it('is yesterday where nobody ever works', () => {
    expect(from('2026-11-23T09:00:00Z', { ...PLAIN_CALENDAR, workingDays: [] })).toBe(
      '2026-11-22T00:00:00.000Z',
    )
  })
})
