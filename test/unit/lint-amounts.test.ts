import { describe, expect, it } from 'vitest'
import { amountsIn } from '../../src/domain/lint/amounts.ts'
import { plainTitle } from '../../src/domain/lint/plain-title.ts'

/** Each amount of a text as `kind text`; a time limit as `by text`. */
function found(text: string): string[] {
  const { normal } = plainTitle(text, 'en')
  return amountsIn(normal).map(
    ({ start, end, kind, isTimeLimit }) => `${isTimeLimit ? 'by' : kind} ${normal.slice(start, end).trim()}`,
  )
}

describe('amounts', () => {
  it.each([
    ['NPS 45 → 55', ['count 45', 'count 55']],
    ['up by 1,200.5 %', ['percent 1,200.5']],
    ['€4.2M in new revenue', ['money €4.2m']],
    ['below 300ms', ['duration 300']],
    ['4.5 stars', ['score 4.5']],
    ['ten of a dozen', ['count ten', 'count a dozen']],
    ['one in five', ['percent one in five']],
    ['halve it, then double it', ['multiple halve', 'multiple double']],
    ['cut by half, to two thirds', ['percent by half', 'percent two thirds']],
    ['Zero critical incidents', ['zero zero']],
    ['No data-loss incidents', ['zero no']],
    ['Injuries on our sites: none between January and June', ['zero none']],
    ['Nobody is turned away', ['zero nobody']],
    ['Cases of data loss: no new ones', ['zero no']],
    ['within 3 months', ['by 3']],
    ['within 24 hours', ['duration 24']],
    ['三成客户', ['percent 三成']],
    ['降低一半', ['percent 一半']],
    ['成長兩倍', ['multiple 两倍']],
    ['翻一番', ['multiple 翻一番']],
    ['百分之五', ['percent 百分之五']],
    ['毛利率提升 3 個百分點', ['percent 3']],
    ['签约五家客户', ['count 五家']],
    ['1000 万元', ['money 1000 万']],
    ['５０％', ['percent 50']],
    ['零 P1 事故', ['zero 零']],
    ['全年无重大安全事故', ['zero 无']],
    ['3 个月内', ['by 3']],
    ['事故掛零', ['zero 挂零']],
    ['没有一单超温', ['zero 没有一单']],
    ['数据泄露事件：无', ['zero :无']],
    ['食品安全事故一件也没有', ['zero 一件也没']],
    ['GMV 突破 3 个亿', ['large 3 个亿']],
    ['一千两百组', ['count 一千两百组']],
  ])('of “%s” are %j', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it.each([
    'by Q4 2026',
    'in 2026-Q4',
    'by 31 December 2026',
    'until Dec 31',
    'in H2',
    'by 2026-12-31',
    'v2.0 and version 3',
    'ISO 27001 and SOC 2',
    'P1 and p95',
    'B2B with GPT-4',
    'our Top 10 customers',
    'a Fortune 500 bank',
    '24/7 on iOS 18',
    '30-day retention',
    'zero trust and double opt-in',
    'one-on-ones',
    'no-code tools',
    'the 2nd phase',
    'KR-12',
    '2026 年第四季度',
    '12 月 31 日前',
    '双十一期间',
    '雙11活動',
    '上半年',
    '三大运营商',
    '等保三级',
    '二期项目',
    '第三方',
    '一个平台',
    '零售门店',
    '零信任架构',
    '完成立项',
    '7 日留存',
    '十分满意',
    '115 學年度課綱',
    'attendance in year 9',
    '六年级学生',
    'post twice a week',
  ])('are none in “%s”', (text) => {
    expect(found(text)).toEqual([])
  })
})
