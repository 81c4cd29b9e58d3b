import { describe, expect, it } from 'vitest'
import { objectiveOf, rulesOfObjective } from '../support/linted.ts'

const isVague = (title: string) => rulesOfObjective(objectiveOf([], { title })).includes('vague-verb')

describe('an objective that praises in place of saying what one would see', () => {
  it.each([
    '讓球團更受歡迎',
    '让园区更有吸引力',
    '讓管理更上一層樓',
    '成為更有競爭力的車廠',
    '努力成为更好的雇主',
    '成为员工满意的雇主',
    '成為國內首選的培訓機構',
    '全方位升級研發能量。',
    '全员提升服务意识',
    'Be the preferred choice of hotel guests in the region',
    'Remain the supplier of choice for the automotive sector',
    'Be the number one employer in the valley',
    'Become a more competitive shipyard',
    'Be regarded as one of the best hospitals in the state',
    'Put patients first',
  ])('is vague: “%s”', (title) => expect(isVague(title)).toBe(true))

  it.each([
    '让通勤路更短',
    '讓夜歸的人更放心',
    '让小店老板更敢进新货',
    '成为更懂果农的银行',
    '成为更多孩子的第二个家',
    '成为县级医院采购检验设备时的首选伙伴',
    'Be the first call when a boiler breaks',
    'Be more than a bank to the island',
    'Become the school every parent in town asks about',
  ])('unless somebody or something is seen in it: “%s”', (title) => expect(isVague(title)).toBe(false))
})
