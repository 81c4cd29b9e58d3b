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
    'Launch 12 webinars, each under 2 hours',
    'Hold 10 workshops, each under 2 hours',
    'Hold 5 trainings of at most 2 hours per team',
    'Publish 12 videos of under 10 minutes each',
    'Record 10 podcasts, every episode under 30 minutes',
    'Run 6 drills, each under 15 minutes',
    'Conduct 30 interviews per month in under 1 hour',
    'Hold 10 workshops within 14 days for each team',
    'Send 3 emails to each lead within 7 days',
    'Call 200 customers, each within 3 days',
    'Train 200 people per quarter in 3 days',
    'Train all 40 drivers in under 2 hours',
    '12 newsletters sent, each within 3 days',
    '举办10场培训,每场不超过2小时',
    '发布20个视频,每个不超过3分钟',
    '拜访50家客户,每家不超过1小时',
    '完成30次访谈,每次不超过1小时',
    '组织12次会议,每次控制在30分钟',
    '製作 15 支影片，每支不超過 60 秒',
    '舉辦 8 場說明會，每場控制在 90 分鐘以內',
  ])('with a count of their own, however long each takes: “%s”', (title) =>
    expect(rulesOn(title)).toContain('activity'),
  )

  it.each([
    'Send a newsletter every 7 days',
    'Publish a blog post every 2 days',
    'Hold a meeting with each team every 14 days',
    'Visit 40 schools every 14 days',
  ])('again and again, as days say it: “%s”', (title) => expect(rulesOn(title)).toContain('activity'))

  it.each([
    'Launch the new website within 14 days for every market',
    'Roll out the tool to every team within 14 days',
    'Review all contracts within 10 days, every team',
    'Release the app within 14 days of every sprint',
    '14天内上线新系统,每个模块都测试',
    '10天内完成每个部门的培训',
    '10 天内在每家门店上线新系统',
  ])('by a day, for each of our own: “%s”', (title) => expect(rulesOn(title)).toContain('activity'))

  it.each([
    'Nurses visit every patient within 24 hours',
    'Engineers review each pull request within 4 hours',
    'Recruiters interview every applicant within 10 working days',
    'Our team reviews each claim in less than 3 days',
    '护士在 24 小时内探访每位患者',
    '法务 3 个工作日内审查每份合同',
    '每位新進人員報到 7 天內完成首次面談',
    'Review each claim within 3 days',
    'Within 3 days, review every claim',
    'Respond to every complaint within 2 days',
    'Our 3 nurses visit every patient within 3 days',
    '3 天内完成每位客户的回访',
    '每位客户 2 天内收到报价',
    '每位新客户 7 天内上线',
  ])('and not a time in which each is served: “%s”', (title) => expect(rulesOn(title)).toEqual([]))

  it('and not what falls or rises', () => {
    expect(rulesOn('Staff visits fall to 3 per month')).toEqual(['baseline-missing'])
    expect(rulesOn('每单平均拜访次数由 6 次减至 3 次')).toEqual([])
  })
})
