import { expect, it } from 'vitest'
import { rulesOn } from '../support/linted.ts'

it.each([
  'Lift the share of same-day discharges to 40% from 24%',
  'Share of vegetarian meals rises to 45 % (30 % now)',
  'Outage minutes fall to 55, last year 74',
  'Each new rep closes a first deal within 60 days instead of 100',
  '门诊取药平均等候 26 分钟降到 15 分钟',
  '病床周轉率達到 45 次，目前 38 次',
])('a start may stand anywhere in the text: “%s”', (title) => {
  expect(rulesOn(title)).toEqual([])
})

it('a distance has no start to ask for, a signed level has', () => {
  expect(rulesOn('Battle pass conversion +3 pp')).toEqual([])
  expect(rulesOn('Get eNPS to +30')).toEqual(['baseline-missing'])
})
