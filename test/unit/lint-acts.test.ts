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
  ])('“%s”', (title) => expect(rulesOn(title)).toContain('activity'))

  it.each([
    '80 alumni give a talk at their old school',
    '300 people learn to swim',
    '完成首单的新用户 2 万名',
    '志工自發舉辦的活動 50 場',
    '參加過體驗課的孩子有 120 位報名長期班',
  ])('and not what others do: “%s”', (title) => expect(rulesOn(title)).toEqual([]))
})
