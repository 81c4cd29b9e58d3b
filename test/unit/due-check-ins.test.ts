import { describe, expect, it } from 'vitest'
import { dueCheckIns } from '../../src/domain/check-ins/due-check-ins.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { checkInSubject, NPS } from '../support/check-ins.ts'
import { BY_COUNT } from '../support/goals.ts'

const calendar = { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5], holidays: [] }
const TEAM = { checkIns: { everyWeeks: 1, weekday: 1 } as const, calendar }

/** Wednesday; asked on Monday the 9th. */
const NOW = Date.parse('2026-11-11T10:00:00Z')
const MONDAY = Date.parse('2026-11-08T23:00:00Z')
const at = (text: string) => Date.parse(text)

const due = (change: Parameters<typeof checkInSubject>[0] = {}, now = NOW, team = TEAM) =>
  dueCheckIns(team, [checkInSubject(change)], now)
const asked = (measure: Measure, change: object = {}) => due({ keyResult: { measure }, ...change })[0]?.asked

const step = (title: string, percent: number, issueId: string | null) => ({
  title,
  percent,
  issue: issueId === null ? null : { siteId: 'main', issueId },
})
const LADDER: Measure = { kind: 'milestones', steps: [step('Signed', 50, null), step('Live', 100, '7')] }
const BAND: Measure = {
  kind: 'range',
  unit: '%',
  band: { below: 5 },
  period: 'month',
  valueOfPeriod: 'latest',
  targetShare: 1,
}

describe('a check-in', () => {
  it('is due from the cadence day on, with what is known', () => {
    const said = { at: at('2026-11-01T00:00:00Z'), value: 47 }
    expect(due({ words: { value: said } })).toMatchObject([
      { keyResult: { key: 'KR-1' }, sinceDay: '2026-11-09', asked: ['value', 'confidence'], lastValue: said },
    ])
    expect(due({}, MONDAY)).toMatchObject([{ sinceDay: '2026-11-09' }])
    expect(due({}, MONDAY - 1)).toMatchObject([{ sinceDay: '2026-11-02' }])
  })

  it('is not due once somebody has spoken since the cadence day began', () => {
    expect(due({ words: { wordAt: MONDAY } })).toEqual([])
    expect(due({ words: { wordAt: MONDAY - 1 } })).toHaveLength(1)
  })

  it.each([
    ['a team without a cadence', {}, { ...TEAM, checkIns: null }],
    ['a closed cycle', { cycle: { closedAt: 1 } }, TEAM],
    ['an archived cycle', { cycle: { archivedAt: 1 } }, TEAM],
    ['an archived key result', { keyResult: { archivedAt: 1 } }, TEAM],
    ['a key result whose due day is over', { keyResult: { dueDay: '2026-11-10' } }, TEAM],
    ['a cycle that has not begun', { cycle: { startDay: '2026-11-12' } }, TEAM],
  ])('is not asked for of %s', (_what, change, team) => {
    expect(dueCheckIns(team, [checkInSubject(change)], NOW)).toEqual([])
  })

  it('is asked for to the end of the due day', () => {
    const change = { keyResult: { dueDay: '2026-11-10' } }
    expect(due(change, at('2026-11-10T22:59:59Z'))).toHaveLength(1)
    expect(due(change, at('2026-11-10T23:00:00Z'))).toEqual([])
  })

  it('comes in the order of the keys, as people count them', () => {
    const subjects = ['KR-10', 'KR-9', 'KR-100'].map((key) =>
      checkInSubject({ keyResult: { key: key as KeyResultKey } }),
    )
    expect(dueCheckIns(TEAM, subjects, NOW).map(({ keyResult }) => keyResult.key)).toEqual([
      'KR-9',
      'KR-10',
      'KR-100',
    ])
  })
})

describe('what is asked', () => {
  it.each([
    ['a metric', NPS, ['value', 'confidence']],
    ['a range', BAND, ['value', 'confidence']],
    ['a yes or no', { kind: 'binary' }, ['value', 'confidence']],
    ['a ladder with a step by hand', LADDER, ['steps', 'confidence']],
    ['a ladder that Jira ticks', { kind: 'milestones', steps: [step('Live', 100, '7')] }, ['confidence']],
    ['linked work', BY_COUNT, ['confidence']],
    [
      'a sum',
      { kind: 'field_sum', field: 'customfield_1', unit: '', baseline: 0, target: 9 },
      ['confidence'],
    ],
  ] as const)('of %s', (_what, measure, pieces) => {
    expect(asked(measure)).toEqual(pieces)
  })

  it('is no value where another system reported one within the cadence', () => {
    const pushed = (systemValueAt: number) => ({ words: { systemValueAt } })
    expect(asked(NPS, pushed(at('2026-11-01T23:00:00Z')))).toEqual(['confidence'])
    expect(asked(NPS, pushed(at('2026-11-01T22:59:59Z')))).toEqual(['value', 'confidence'])
    const everyOther = { ...TEAM, checkIns: { everyWeeks: 2, weekday: 1 } as const }
    const change = pushed(at('2026-10-26T00:00:00Z'))
    expect(due(change, NOW, everyOther as never)[0]?.asked).toEqual(['confidence'])
  })

  it('is nothing that a reached goal makes needless; a metric may still slip back', () => {
    const done = { shown: { health: 'done', detail: null } }
    expect(asked(BY_COUNT, done)).toBeUndefined()
    expect(asked({ kind: 'binary' }, done)).toBeUndefined()
    expect(asked(NPS, done)).toEqual(['value'])
  })

  it('is no step where those by hand are all done', () => {
    const detail = {
      kind: 'milestones',
      steps: [
        { title: 'Signed', percent: 50, doneAt: 1, counts: true },
        { title: 'Live', percent: 100, doneAt: null, counts: false },
      ],
    }
    expect(asked(LADDER, { shown: { health: 'on_track', detail } })).toEqual(['confidence'])
  })
})
