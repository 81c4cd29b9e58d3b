import { describe, expect, it } from 'vitest'
import type { Contribution, ContributionStep } from '../../src/domain/contributions/contribution.ts'
import {
  dayTallies,
  flowOf,
  sumTally,
  type DayFlow,
  type TallyLine,
} from '../../src/domain/contributions/tally.ts'
import { dayOf } from '../../src/domain/time.ts'
import { day, KR1 } from '../support/issues.ts'

const line = (state: TallyLine['state'], size: number | null, issues = 1, sharePercent = 100 * issues) => ({
  state,
  size,
  issues,
  sharePercent,
})

const step = (at: number, given: Partial<ContributionStep>): ContributionStep => ({
  at,
  state: 'to_do',
  size: 3,
  role: 'drives',
  sharePercent: 100,
  outReason: null,
  ...given,
})

const contribution = (...steps: Contribution['steps']): Contribution => ({
  keyResult: KR1,
  siteId: 'main',
  issueId: '1',
  reason: { kind: 'manual' },
  isAnchorCandidate: false,
  steps,
})

const inUtc = (at: number) => dayOf(at, 'UTC')

describe('a tally', () => {
  it('adds up the lines of one state and one size', () => {
    const lines = [line('to_do', 3), line('to_do', 3, 2, 150), line('to_do', 5), line('delivered', 3)]
    expect(sumTally(lines)).toEqual([line('delivered', 3), line('to_do', 3, 3, 250), line('to_do', 5)])
  })

  it('keeps what is not estimated apart from what is estimated at nothing', () => {
    expect(sumTally([line('to_do', 0), line('to_do', null)])).toEqual([line('to_do', null), line('to_do', 0)])
  })

  it('forgets lines that cancel out, and keeps one whose shares do not', () => {
    expect(sumTally([line('to_do', 3), line('to_do', 3, -1)])).toEqual([])
    expect(sumTally([line('to_do', 3), line('to_do', 3, -1, -60)])).toEqual([line('to_do', 3, 0, 40)])
  })

  it('orders sizes as numbers', () => {
    const sizes = sumTally([13, 2, null, 0.5, 1].map((size) => line('to_do', size))).map(({ size }) => size)
    expect(sizes).toEqual([null, 0.5, 1, 2, 13])
  })
})

describe('the flow of a contribution', () => {
  it('takes each step out again on the day the next one comes in', () => {
    const flow = flowOf(
      contribution(
        step(day(0), {}),
        step(day(2), { state: 'delivered' }),
        step(day(4), { size: 5, state: 'delivered' }),
      ),
      inUtc,
    )
    expect(flow).toEqual([
      { day: '2026-10-01', ...line('to_do', 3) },
      { day: '2026-10-03', ...line('to_do', 3, -1) },
      { day: '2026-10-03', ...line('delivered', 3) },
      { day: '2026-10-05', ...line('delivered', 3, -1) },
      { day: '2026-10-05', ...line('delivered', 5) },
    ])
  })

  it('is empty while the work only supports or is out of scope', () => {
    const steps = contribution(step(day(0), { role: 'supports' }), step(day(1), { state: 'out' }))
    expect(flowOf(steps, inUtc)).toEqual([])
  })

  it('ends when the work leaves the scope and begins when it comes back', () => {
    const flow = flowOf(
      contribution(
        step(day(0), {}),
        step(day(1), { state: 'out' }),
        step(day(2), { role: 'supports' }),
        step(day(3), {}),
      ),
      inUtc,
    )
    expect(flow.map(({ day: on, issues }) => [on, issues])).toEqual([
      ['2026-10-01', 1],
      ['2026-10-02', -1],
      ['2026-10-04', 1],
    ])
  })

  it('counts a share as a part of an issue', () => {
    expect(flowOf(contribution(step(day(0), { sharePercent: 60 })), inUtc)).toEqual([
      { day: '2026-10-01', ...line('to_do', 3, 1, 60) },
    ])
  })

  it('falls on the days of the zone it is asked for', () => {
    const steps = contribution(step(Date.parse('2026-10-01T20:00:00Z'), {}))
    expect(flowOf(steps, (at) => dayOf(at, 'Asia/Shanghai'))[0]!.day).toBe('2026-10-02')
  })
})

describe('the tally of each day', () => {
  const flow: DayFlow[] = [
    { day: '2026-10-03', ...line('to_do', 3, -1) },
    { day: '2026-10-03', ...line('delivered', 3) },
    { day: '2026-10-01', ...line('to_do', 3) },
  ]

  it('is what all days up to it add up to, for days on which something moved', () => {
    expect(dayTallies([], flow)).toEqual([
      { day: '2026-10-01', tally: [line('to_do', 3)] },
      { day: '2026-10-03', tally: [line('delivered', 3)] },
    ])
  })

  it('begins with the tally of the days before', () => {
    expect(dayTallies([line('to_do', 3)], flow)[0]!.tally).toEqual([line('to_do', 3, 2)])
    expect(dayTallies([line('to_do', 3)], [])).toEqual([])
  })
})
