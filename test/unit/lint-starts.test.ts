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

it.each([
  '90 % of apprentices pass their exam first time (2025: 78 %)',
  'First-year students who drop out: 22 % to 15 %',
  'Organic sales climb by a third to €1.2m (€0.9m in 2025)',
])('a start may be told in brief: “%s”', (title) => expect(rulesOn(title)).toEqual([]))

it.each([
  '≥ 95 % of assay runs pass QC on the first attempt (Q1: 81 %)',
  'By December, rework cost drops to 2.5% of contract value, against 4.1% in H1',
  'Cost per delivered meal comes down to $2.10; we pay $2.85 at the moment',
  'Waiting list shrinks to 300 children; 480 were on it in June',
  'Average handle time 4 min 30 s (5 min 50 s in July)',
  '自有品牌月營收達 NT$3,000 萬（現為 NT$2,100 萬）',
  '客服首次解决率达 80%，相较 Q1 的 69%',
  '应用商店评分 4.6 分，V3 上线时 4.1 分',
  '每位客人剩食 85 公克，換菜單前 130 公克',
])('a start may be told beside the target, as what was before: “%s”', (title) =>
  expect(rulesOn(title)).toEqual([]),
)

it('two numbers of one thing are start and end, whatever joins them', () => {
  expect(rulesOn('Lift same-day discharges to 40 % out of a mere 24 %')).toEqual([])
  expect(rulesOn('Lift same-day discharges to 40 %')).toEqual(['baseline-missing'])
  expect(rulesOn('Lift same-day discharges to 40 % on all 24 wards')).toEqual(['baseline-missing'])
})

it.each([
  'Push average basket to €45 (stretch €50)',
  'Lift gross margin to 42 % (target 40 %)',
  '毛利率提升到 42%（目标 40%）',
  '轉換率達 4%（挑戰值 5%）',
])('what goes further is no start: “%s”', (title) => expect(rulesOn(title)).toEqual(['baseline-missing']))

it.each([
  '净推荐值 45（上半年 31）',
  '女性高管占比 35%，由 24% 起步',
  '自三月起月營收達 NT$3,000 萬（現為 NT$2,100 萬）',
  '净推荐值目标值 45，现值 31',
])('a word that ends like one for a start is none: “%s”', (title) => expect(rulesOn(title)).toEqual([]))
