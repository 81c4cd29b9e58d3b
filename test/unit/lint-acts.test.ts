import { describe, expect, it } from 'vitest'
import { rulesOn } from '../support/linted.ts'

describe('acts are counted as work, whoever of ours does them', () => {
  it.each([
    'Each account manager calls 20 dormant customers a week',
    'Three associates attend an advocacy course each quarter.',
    '12 newsletters sent to subscribers',
    '在社区网点发放 2 万份反诈宣传单',
    '業務每週致電 50 位潛在客戶',
    '到 30 所中学宣讲招生政策',
    '對全台 60 家門市進行服務稽核訪查',
    '给 25 个班组开展心肺复苏实操',
    'Publish 12 articles, 8 in Q3',
    'We took part in 5 trade fairs',
    'Give every apprentice 40 hours of training',
    'Visit 40 schools in 6 weeks',
    'Audit all suppliers within 60 days',
  ])('“%s”', (title) => expect(rulesOn(title)).toContain('activity'))

  it.each([
    '80 alumni give a talk at their old school',
    '300 people learn to swim',
    '完成首单的新用户 2 万名',
    '志工自發舉辦的活動 50 場',
    '參加過體驗課的孩子有 120 位報名長期班',
    'Get 50 testimonials',
    'Book 120 demos with enterprise buyers',
    'Get 20 articles about us in national newspapers',
    '直播观看 5 万人',
  ])('and not what others do: “%s”', (title) => expect(rulesOn(title)).toEqual([]))

  it.each([
    'Nurses visit every patient within 24 hours',
    'Engineers review each pull request within 4 hours',
    'Recruiters interview every applicant within 10 working days',
    'Our team reviews each claim in less than 3 days',
    '护士在 24 小时内探访每位患者',
    '法务 3 个工作日内审查每份合同',
    '每位新進人員報到 7 天內完成首次面談',
  ])('and not a time in which each is served: “%s”', (title) => expect(rulesOn(title)).toEqual([]))

  it('and not what falls or rises', () => {
    expect(rulesOn('Staff visits fall to 3 per month')).toEqual(['baseline-missing'])
    expect(rulesOn('每单平均拜访次数由 6 次减至 3 次')).toEqual([])
  })
})
