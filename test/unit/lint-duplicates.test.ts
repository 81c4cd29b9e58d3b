import { describe, expect, it } from 'vitest'
import { lint } from '../../src/domain/lint/lint.ts'
import { keyResultTitled, objectiveOf } from '../support/linted.ts'

const titled = (titles: readonly string[], from = 1) =>
  titles.map((title, index) => keyResultTitled(title, { key: `KR-${index + from}` }))

function duplicatesIn(...objectives: (readonly string[])[]): (string | null)[] {
  let from = 1
  const set = objectives.map((titles) => {
    const objective = objectiveOf(titled(titles, from))
    from += titles.length
    return objective
  })
  return lint({ objectives: set }, { locale: 'en' })
    .filter(({ rule }) => rule === 'duplicate')
    .map(({ subject }) => subject.keyResultKey)
}

describe('a duplicate within an objective', () => {
  it.each([
    ['Increase NPS from 45 to 55', 'NPS rises from 45 to 55'],
    ['Monthly churn stays below 3 %', 'MONTHLY CHURN  stays below 2%.'],
    ['Close 10 deals in EMEA', 'Close 20 deals in EMEA'],
    ['Customer NPS from 45 to 55', 'Increase NPS from 45 to 55'],
    ['提升客户满意度至 90%', '客户满意度提升到 90%'],
    ['Improve customer satisfaction', 'Increase customer satisfaction'],
  ])('is found: “%s”, “%s”', (first, second) => {
    expect(duplicatesIn([first, second])).toEqual(['KR-2'])
  })

  it.each([
    ['Mobile conversion from 2% to 3%', 'Desktop conversion from 2% to 3%'],
    ['iOS rating from 4.1 to 4.5', 'Android rating from 4.1 to 4.5'],
    ['Reduce p95 latency from 800 ms to 300 ms', 'Reduce p99 latency from 800 ms to 300 ms'],
    ['华东区销售额达到 1000 万元', '华南区销售额达到 1000 万元'],
    ['Customer churn from 5% to 3%', 'Employee churn from 5% to 3%'],
  ])('is not: “%s”, “%s”', (first, second) => {
    expect(duplicatesIn([first, second])).toEqual([])
  })

  it('is not what says how much beside what does not, whose lack is told of itself', () => {
    expect(duplicatesIn(['提升客户满意度', '客户满意度从 80% 提升到 90%'])).toEqual([])
    expect(duplicatesIn(['Improve customer satisfaction', 'Customer satisfaction from 80% to 90%'])).toEqual(
      [],
    )
  })
})

describe('a duplicate across objectives', () => {
  it('has the same numbers as well, and names the earlier one', () => {
    expect(duplicatesIn(['NPS 45 → 55'], ['NPS from 45 to 55'])).toEqual(['KR-2'])
    expect(duplicatesIn(['Close 10 deals in EMEA'], ['Close 20 deals in EMEA'])).toEqual([])
    const objectives = ['KR-1', 'KR-2'].map((key) => objectiveOf([keyResultTitled('NPS 45 → 55', { key })]))
    const found = lint({ objectives }, { locale: 'en' }).find(({ rule }) => rule === 'duplicate')
    expect(found).toMatchObject({
      subject: { objective: 1, keyResult: 0 },
      message: expect.stringContaining('KR-1') as string,
    })
  })

  it('is no translation', () => {
    expect(duplicatesIn(['将 NPS 从 45 提升到 55'], ['將 NPS 從 45 提升到 55'], ['NPS 45 → 55'])).toEqual([])
  })
})
