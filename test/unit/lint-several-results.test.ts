import { describe, expect, it } from 'vitest'
import { rulesOn } from '../support/linted.ts'

describe('several results in one', () => {
  it.each([
    'Grow ARR from $1M to $2M and keep gross margin above 70%',
    '转化率提升至 5%，同时退款率低于 2%',
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
    '完成 10 家企業客戶 PoC，其中 4 家轉正式合約',
  ])('are not in “%s”', (title) => {
    expect(rulesOn(title)).not.toContain('several-results-in-one')
  })
})
