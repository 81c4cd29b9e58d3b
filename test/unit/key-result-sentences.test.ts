import { describe, expect, it } from 'vitest'
import type { Tally } from '../../src/domain/contributions/tally.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { keyResultSentences, progressFormula } from '../../src/domain/roll-up/key-result-sentences.ts'
import { computeNumbers, type Evidence, type Numbers } from '../../src/domain/snapshot.ts'
import { evidenceWith } from '../support/evidence.ts'

const NOW = Date.UTC(2026, 10, 15, 12)
const timeBox = {
  startDay: '2026-10-01',
  dueDay: '2026-12-31',
  calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] },
}

function numbersOf(measure: Measure, given: Partial<Evidence> = {}): Numbers {
  const basis = { measure, tally: [], lastWorkAt: null, latestCheckIn: null, timeBox }
  return computeNumbers(evidenceWith({ ...basis, ...given }), NOW).numbers
}

function explained(measure: Measure, given: Partial<Evidence> = {}) {
  const numbers = numbersOf(measure, given)
  return [progressFormula(numbers), ...keyResultSentences({ measure, numbers, timeZone: 'UTC' })]
}

const latestCheckIn = (value: number): Pick<Evidence, 'latestCheckIn'> => ({
  latestCheckIn: {
    id: 1,
    keyResult: 'KR-1' as never,
    at: Date.UTC(2026, 10, 10),
    value,
    confidence: null,
    note: '',
    author: 'Ada',
    source: 'person',
  },
})

const line = (
  state: 'to_do' | 'in_progress' | 'delivered',
  issues: number,
  size: number | null,
): Tally[number] => ({
  state,
  issues,
  size,
  sharePercent: issues * 100,
})

describe('the sentences of a key result', () => {
  it('tell a metric with the day of its value, its pace and its health', () => {
    const measure: Measure = { kind: 'metric', unit: 'h', baseline: 15, target: 10 }
    expect(explained(measure, latestCheckIn(12))).toEqual([
      '(12 − 15) ÷ (10 − 15) = 0.6',
      'The latest value is 12 h, of 2026-11-10.',
      'From 15 to 10 that is 60 %.',
      'By now 49.5 % is expected: its pace is 1.21 of that.',
      'Its health is on track by the rule pace of policy balanced.',
    ])
  })

  it('tell what is exceeded, and subtract a number below zero legibly', () => {
    const measure: Measure = { kind: 'metric', unit: '', baseline: -10, target: 10 }
    expect(explained(measure, latestCheckIn(12)).slice(0, 3)).toEqual([
      '(12 − (−10)) ÷ (10 − (−10)) = 1.1',
      'The latest value is 12, of 2026-11-10.',
      'From −10 to 10 that is 110 %, shown as 100 %.',
    ])
  })

  it('tell linked work with its estimates and what work in progress counts', () => {
    const measure: Measure = {
      kind: 'delivery',
      size: 'points',
      target: { kind: 'scope' },
      statusWeights: { toDo: 0, inProgress: 50, delivered: 100 },
    }
    const tally = [line('delivered', 2, 5), line('in_progress', 1, 4), line('to_do', 1, null)]
    const [formula, value] = explained(measure, { tally, lastWorkAt: NOW })
    expect(formula).toBe('(12 − 0) ÷ (19 − 0) = 0.631579')
    expect(value).toBe(
      '10 of 19 points are delivered (2 of 4 issues). Work to do counts 0 %, work in progress 50 %. ' +
        '1 issue without an estimate counts 5 each, the median of the others.',
    )
  })

  it.each<[string, Measure, Partial<Evidence>, string]>([
    [
      'no linked work',
      { kind: 'delivery', size: 'count', target: { kind: 'scope' } },
      {},
      'No work is linked.',
    ],
    [
      'counted work',
      { kind: 'delivery', size: 'count', target: { kind: 'scope' } },
      { tally: [line('delivered', 3, 1), line('to_do', 1, 1)], lastWorkAt: NOW },
      '3 of 4 issues are delivered.',
    ],
    [
      'a sum of a field',
      { kind: 'field_sum', field: 'customfield_10050', unit: 'videos', baseline: 2, target: 20 },
      { tally: [line('delivered', 2, 4)], lastWorkAt: NOW },
      'customfield_10050 of 2 delivered issues comes to 8 videos, from 2 on.',
    ],
    ['no value', { kind: 'metric', unit: '%', baseline: 0, target: 1 }, {}, 'No value was reported yet.'],
    ['a yes or no that is no', { kind: 'binary' }, latestCheckIn(0), 'It is not done.'],
    ['a yes or no nobody spoke of', { kind: 'binary' }, {}, 'Nobody has said yet whether it is done.'],
    [
      'a range',
      {
        kind: 'range',
        unit: '%',
        band: { below: 5 },
        period: 'month',
        valueOfPeriod: 'latest',
        targetShare: 1,
      },
      {
        dayValues: [
          { day: '2026-10-20', count: 1, sum: 4, latest: 4, lowest: 4, highest: 4, latestAt: 1 },
          { day: '2026-11-10', count: 1, sum: 5, latest: 5, lowest: 5, highest: 5, latestAt: 2 },
        ],
      },
      '1 of 1 reported period is inside < 5. The one until 2026-11-30 is outside so far, at 5.',
    ],
    [
      'a range whose first period is not over',
      {
        kind: 'range',
        unit: 'videos',
        band: { atLeast: 20 },
        period: 'month',
        valueOfPeriod: 'sum',
        targetShare: 1,
      },
      {
        dayValues: [{ day: '2026-11-10', count: 1, sum: 5, latest: 5, lowest: 5, highest: 5, latestAt: 2 }],
      },
      'No period counts yet. The one until 2026-11-30 has not got there yet, at 5.',
    ],
    [
      'a ladder climbed out of order',
      {
        kind: 'milestones',
        steps: [10, 40, 100].map((percent) => ({ title: `Rung ${percent}`, percent, issue: null })),
      },
      {
        ticks: [
          { step: 'Rung 10', isDone: true, at: 1 },
          { step: 'Rung 100', isDone: true, at: 2 },
        ],
      },
      '1 of 3 steps done in order; 1 more, done out of order, does not count yet.',
    ],
  ])('tell %s', (_case, measure, given, sentence) => {
    expect(explained(measure, given)[1]).toBe(sentence)
  })

  it('tell whose value and whose health is shown in place of what is measured', () => {
    const measure: Measure = { kind: 'metric', unit: '%', baseline: 45, target: 55 }
    const word = { reason: 'The report is late.', by: 'Ada', at: NOW - 1, untilDay: '2026-11-30' }
    const given = { ...latestCheckIn(46), valueOverride: { ...word, value: 50 } }
    const { judgedBy } = evidenceWith({ measure, tally: [], lastWorkAt: null, latestCheckIn: null, timeBox })
    const override = { ...word, health: 'at_risk' as const }
    expect(explained(measure, { ...given, judgedBy: { ...judgedBy, override } })).toEqual([
      '(50 − 45) ÷ (55 − 45) = 0.5',
      'The latest value is 46 %, of 2026-11-10.',
      'Ada has 50 shown in its place until 2026-11-30 (The report is late.).',
      'From 45 to 55 that is 50 %.',
      'By now 49.5 % is expected: its pace is 1.01 of that.',
      'Its health is at risk, says Ada until 2026-11-30 (The report is late.); computed it is on track by the rule pace of policy balanced.',
    ])
  })
})
