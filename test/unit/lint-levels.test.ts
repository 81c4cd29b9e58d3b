import { describe, expect, it } from 'vitest'
import { rulesOn } from '../support/linted.ts'

describe('a level', () => {
  it.each([
    'Reach an NPS of 45',
    'Hit 80% test coverage',
    'Retention at 28% by the end of the season',
    'Churn below 2% by year end',
    'DAU 达到 5 万',
    '開信率要衝到 35%',
    '毛利率 42%',
  ])('to be reached asks from where: “%s”', (title) => {
    expect(rulesOn(title)).toEqual(['baseline-missing'])
    expect(rulesOn(title, { description: 'It is 20 today, up from 10' })).toEqual([])
  })

  it.each([
    ['kept', 'Keep churn below 2%'],
    ['kept', '客户满意度不低于 95%'],
    ['of service', 'Achieve 99.9% availability over the quarter'],
    ['a distance', 'Achieve 20% growth in revenue'],
    ['a distance', '營收年增率達 15%'],
    ['of what is new', '新產品營收佔比達兩成'],
    ['a count', 'Reach 10,000 downloads'],
    ['given a start', 'Hit 80% test coverage (today: 55%)'],
  ])('that is %s asks nothing: “%s”', (_, title) => {
    expect(rulesOn(title)).toEqual([])
  })
})
