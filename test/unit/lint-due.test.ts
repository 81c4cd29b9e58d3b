import { describe, expect, it } from 'vitest'
import { lint } from '../../src/domain/lint/lint.ts'
import type { LintedObjective } from '../../src/domain/lint/linted-set.ts'
import { keyResultTitled, NPS, objectiveOf } from '../support/linted.ts'

const TITLES = ['Improve satisfaction', '提升客户满意度', '提升客戶滿意度']

/** By when the suggestions for one key result say, in English, Simplified and Traditional Chinese. */
function whenIn(cycle: Partial<LintedObjective>, dueDay: string | null = null): string[] {
  return TITLES.map((title) => {
    const objective = objectiveOf([keyResultTitled(title, { measure: NPS, dueDay })], cycle)
    const vague = lint({ objectives: [objective] }, { locale: 'en' }).find(
      ({ rule }) => rule === 'vague-verb',
    )
    return vague!.suggestion.replace(
      /^Raise satisfaction from 45 NPS to 55 NPS |客[户戶][满滿]意度[从從] 45 NPS 提升到 55 NPS$/g,
      '',
    )
  })
}

describe('by when a suggestion says', () => {
  it.each([
    ['2026-10-01', '2026-12-31', ['by the end of the quarter', '到季度末，', '到季末，']],
    ['2026-11-01', '2027-01-31', ['by the end of the quarter', '到季度末，', '到季末，']],
    ['2026-07-01', '2026-12-31', ['by the end of the half-year', '到半年度末，', '到半年度結束，']],
    ['2026-01-01', '2026-12-31', ['by the end of the year', '到年末，', '到年底，']],
    ['2026-04-01', '2027-03-31', ['by the end of the year', '到年末，', '到年底，']],
    ['2026-11-15', '2026-12-31', ['by 2026-12-31', '到 2026-12-31，', '到 2026-12-31，']],
    ['2026-11-01', '2026-12-31', ['by 2026-12-31', '到 2026-12-31，', '到 2026-12-31，']],
  ])('a cycle from %s to %s', (startDay, dueDay, expected) => {
    expect(whenIn({ startDay, dueDay })).toEqual(expected)
  })

  it('is the day of a key result that has its own, or of a cycle whose start is not at hand', () => {
    const day = ['by 2026-09-30', '到 2026-09-30，', '到 2026-09-30，']
    expect(whenIn({ startDay: '2026-01-01', dueDay: '2026-12-31' }, '2026-09-30')).toEqual(day)
    expect(whenIn({ startDay: null, dueDay: '2026-09-30' })).toEqual(day)
  })

  it('is the cycle without its days, and a place to fill in without a cycle', () => {
    expect(whenIn({ startDay: null, dueDay: null })).toEqual([
      'by the end of the cycle',
      '到周期结束，',
      '到週期結束，',
    ])
    expect(whenIn({ startDay: null, dueDay: null, hasCycle: false })).toEqual([
      'by [day]',
      '到［日期］，',
      '到［日期］，',
    ])
  })
})
