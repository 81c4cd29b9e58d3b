import { describe, expect, it } from 'vitest'
import { rulesOn } from '../support/linted.ts'

describe('several results in one', () => {
  it.each([
    'Grow ARR from $1M to $2M and keep gross margin above 70%',
    '转化率提升至 5%，同时退款率低于 2%',
    'Grow revenue 20 % and reach 500 customers',
    '营收增长 25%，客户达到 500 家（去年 400 家）',
    'DAU 达到 10 万，MAU 达到 50 万',
  ])('are found in “%s”', (title) => {
    expect(rulesOn(title)).toContain('several-results-in-one')
  })

  it.each([
    'Keep churn between 1% and 2%',
    'iOS and Android crash rates below 0.5%',
    '在毛利率不低于 40% 的前提下，营收从 1 亿增长到 2 亿',
    'Time to hire falls from 45 to 30 days, and stays there',
    'Raise NPS from 45 to 55 in Germany and France',
    '举办 4 场渠道沙龙，签约合作伙伴不少于 15 家',
    '年度募款淨額成長五成，達 NT$3,000 萬（去年 NT$2,000 萬）。',
    '营收增长 25%，营收达到 500 万元（去年 400 万元）',
    '每亩化肥用量减少 15%，从 40 公斤到 34 公斤',
    'Donations rise 25 % and reach £500k (£400k last year)',
    'Net sales grow 50 % and total $3m, up from $2m',
    'Satisfaction from 40 to 55 (+37 %)',
    '完成 10 家企業客戶 PoC，其中 4 家轉正式合約',
  ])('are not in “%s”', (title) => {
    expect(rulesOn(title)).not.toContain('several-results-in-one')
  })
})
