import { describe, expect, it } from 'vitest'
import { RULE_IDS } from '../../src/domain/lint/finding.ts'
import { countFindings, lint } from '../../src/domain/lint/lint.ts'
import {
  findingsOn,
  keyResultTitled,
  NPS,
  objectiveOf,
  rulesOfObjective,
  rulesOn,
} from '../support/linted.ts'

const GOOD = ['NPS 45 → 55', 'Monthly churn stays below 3 %'].map((title) => keyResultTitled(title))

describe('what a measure says', () => {
  it('is a number, so that a title needs none, unless it says a direction alone', () => {
    expect(rulesOn('Customer satisfaction', { measure: NPS })).toEqual([])
    expect(rulesOn('Customer satisfaction')).toEqual(['no-number'])
    expect(rulesOn('Improve customer satisfaction', { measure: NPS })).toEqual(['vague-verb'])
  })

  it('is where a change starts and ends', () => {
    expect(rulesOn('Raise NPS to 55')).toEqual(['baseline-missing'])
    expect(rulesOn('Raise NPS to 55', { measure: NPS })).toEqual([])
    expect(rulesOn('NPS', { measure: { kind: 'metric', unit: 'NPS', target: 55 } })).toEqual([
      'baseline-missing',
    ])
    expect(rulesOn('NPS', { measure: { kind: 'metric', unit: 'NPS', baseline: 45 } })).toContain(
      'target-missing',
    )
  })

  it('is done or not done', () => {
    expect(rulesOn('Two banks offer our card', { measure: { kind: 'binary' } })).toEqual([
      'binary-key-result',
    ])
    expect(rulesOn('Obtain the banking licence', { measure: NPS })).not.toContain('binary-key-result')
  })

  it('of work and steps is a share of them', () => {
    const delivery = { kind: 'delivery', target: { kind: 'scope' } } as const
    expect(rulesOn('The checkout customers asked for', { measure: delivery })).toEqual([])
  })
})

it('a number in the description is a number', () => {
  expect(rulesOn('Customer satisfaction', { description: 'NPS from 45 to 55' })).toEqual([])
  expect(rulesOn('Improve customer satisfaction', { description: 'NPS from 45 to 55' })).toEqual([])
})

describe('an owner', () => {
  it('is missed once for the whole objective, and for one that has none among others that have', () => {
    const nobodys = [
      keyResultTitled('NPS 45 → 55', { owner: null }),
      keyResultTitled('Churn 5 % → 3 %', { owner: ' ' }),
    ]
    expect(rulesOfObjective(objectiveOf(nobodys, { owner: null }))).toContain('no-owner')
    const some = [...GOOD, keyResultTitled('Revenue €1M → €2M', { owner: null })]
    const findings = lint({ objectives: [objectiveOf(some)] }, { locale: 'en' })
    expect(
      findings.filter(({ rule }) => rule === 'no-owner').map(({ subject }) => subject.keyResult),
    ).toEqual([2])
  })

  it('of the objective answers for all of it', () => {
    const keyResults = GOOD.map((keyResult) => ({ ...keyResult, owner: null }))
    const findings = lint({ objectives: [objectiveOf(keyResults)] }, { locale: 'en' })
    expect(findings.map(({ rule }) => rule)).toEqual(['reverse-check'])
  })
})

describe('a due day', () => {
  const dateless = { dueDay: null, hasCycle: false } as const

  it('is that of the cycle, known or not', () => {
    expect(rulesOfObjective(objectiveOf(GOOD))).not.toContain('no-due-date')
    expect(rulesOfObjective(objectiveOf(GOOD, { dueDay: null }))).not.toContain('no-due-date')
    expect(rulesOfObjective(objectiveOf(GOOD, dateless))).toContain('no-due-date')
    const mixed = [...GOOD, keyResultTitled('Revenue €1M → €2M', { dueDay: '2026-11-30' })]
    const said = lint({ objectives: [objectiveOf(mixed)] }, { locale: 'en' })
    expect(said.map(({ rule }) => rule)).toEqual(['reverse-check'])
  })

  it('may stand in the text', () => {
    const dated = ['NPS 45 → 55 by the end of Q4', '年底前 NPS 从 45 提升到 55'].map((title) =>
      keyResultTitled(title),
    )
    expect(rulesOfObjective(objectiveOf(dated, dateless))).not.toContain('no-due-date')
  })

  it('is missed for one key result among others that have theirs', () => {
    const keyResults = [
      keyResultTitled('NPS 45 → 55', { dueDay: '2026-11-30' }),
      keyResultTitled('Churn 5 % → 3 %'),
    ]
    const findings = lint({ objectives: [objectiveOf(keyResults, dateless)] }, { locale: 'en' })
    const missed = findings.filter(({ rule }) => rule === 'no-due-date')
    expect(missed.map(({ subject }) => subject.keyResult)).toEqual([1])
  })
})

describe('an objective', () => {
  it.each([0, 1, 2, 5, 6])('with %i key results has too few below 2, too many above 5', (count) => {
    const keyResults = Array.from({ length: count }, (_, index) =>
      keyResultTitled(`Metric ${'abcdef'[index]!}x from 1 to 2`),
    )
    const rules = rulesOfObjective(objectiveOf(keyResults))
    expect(rules).toEqual(
      count < 2
        ? ['too-few-key-results']
        : count > 5
          ? ['too-many-key-results', 'reverse-check']
          : ['reverse-check'],
    )
  })

  it.each([
    ['Grow revenue to €10M', true],
    ['Reach 100,000 users', true],
    ['NPS 从 45 提升到 55', true],
    ['營收成長三成', true],
    ['Be loved in three cities by 2027', false],
    ['Win our Top 10 customers with GPT-4', false],
    ['成为客户的第一选择', false],
    ['两年内走进三个城市', false],
  ])('“%s” is a metric: %s', (title, isMetric) => {
    expect(rulesOfObjective(objectiveOf(GOOD, { title })).includes('objective-with-number')).toBe(isMetric)
  })

  it.each([
    ['Migrate to AWS', true],
    ['完成 CRM 系统上线', true],
    ['導入 CRM 系統', true],
    ['搭建数据中台', true],
    ['开发新版小程序', true],
    ['Build the new data warehouse', true],
    ['辦完兩場經銷商大會', true],
    ['Build a team people fight to join', false],
    ['做大家都愿意推荐的服务', false],
    ['建立客户对我们的信任', false],
    ['Launch a product that customers love', false],
    ['Improve customer satisfaction', false],
    ['提升客户满意度', false],
  ])('“%s” is a project: %s', (title, isProject) => {
    expect(rulesOfObjective(objectiveOf(GOOD, { title })).includes('activity')).toBe(isProject)
  })

  it('of work alone has only output', () => {
    const output = ['Launch the app', '开发会员系统', '舉辦 3 場研討會'].map((title) =>
      keyResultTitled(title),
    )
    expect(rulesOfObjective(objectiveOf(output))).toContain('all-key-results-are-output')
    expect(rulesOfObjective(objectiveOf([...output, ...GOOD]))).not.toContain('all-key-results-are-output')
    const measured = output.map((keyResult) => ({ ...keyResult, measure: NPS }))
    expect(rulesOfObjective(objectiveOf(measured))).not.toContain('all-key-results-are-output')
  })

  it('is asked the reverse question, which is no finding against it', () => {
    const [question, ...others] = lint({ objectives: [objectiveOf(GOOD)] }, { locale: 'zh-TW' })
    expect(question).toMatchObject({
      rule: 'reverse-check',
      severity: 'question',
      subject: { keyResult: null },
    })
    expect(others).toEqual([])
  })
})

it('a title of more than 160 columns is too long, and a Chinese character takes two', () => {
  expect(rulesOn(`NPS 45 → 55 ${'a'.repeat(148)}`)).toEqual([])
  expect(rulesOn(`NPS 45 → 55 ${'a'.repeat(149)}`)).toEqual(['too-long'])
  expect(rulesOn(`NPS 45 → 55 ${'净'.repeat(75)}`)).toEqual(['too-long'])
})

describe('suggestions', () => {
  const suggestionOn = (title: string, given = {}) => findingsOn(keyResultTitled(title, given))[0]?.suggestion

  it('are made of the measure, in the language of the text', () => {
    expect(suggestionOn('Improve customer satisfaction', { measure: NPS })).toBe(
      'Raise customer satisfaction from 45 NPS to 55 NPS by the end of the quarter',
    )
    expect(suggestionOn('Improve our NPS', { measure: NPS })).toBe(
      'Raise NPS from 45 to 55 by the end of the quarter',
    )
    const kiloEuros = { ...NPS, unit: 'kEUR', baseline: 12, target: 24 }
    expect(suggestionOn('Raise revenue', { measure: kiloEuros })).toBe(
      'Raise revenue from 12 kEUR to 24 kEUR by the end of the quarter',
    )
    expect(
      suggestionOn('改善客服', {
        measure: { ...NPS, unit: '小时', baseline: 8, target: 2 },
        dueDay: '2026-11-30',
      }),
    ).toBe('到 2026-11-30，客服从 8 小时降低到 2 小时')
    expect(
      suggestionOn('改善離職率', {
        measure: { kind: 'range', unit: '%', band: { below: 5 }, period: 'month' },
      }),
    ).toBe('到季末，離職率每月維持在 < 5 %')
  })

  it('hold a place for what is not known', () => {
    expect(suggestionOn('Improve customer satisfaction')).toBe(
      'Bring customer satisfaction from [today’s value] to [target] by the end of the quarter',
    )
    expect(suggestionOn('Raise NPS to 55')).toBe('Raise NPS from [today’s value] to 55')
    expect(suggestionOn('Cut churn below 2%')).toBe('Cut churn from [today’s value] to below 2%')
    expect(suggestionOn('Reach an NPS of 45')).toBe('Reach an NPS of 45 (today: [today’s value])')
    expect(suggestionOn('DAU 达到 5 万')).toBe('DAU 达到 5 万（目前：［现值］）')
    expect(suggestionOn('将投诉率降至 1%')).toBe('将投诉率从［现值］降至 1%')
    expect(suggestionOn('提升客戶滿意度')).toBe('到季末，客戶滿意度從［現值］提升到［目標值］')
  })

  it('make work an initiative', () => {
    expect(suggestionOn('Launch the app', { measure: NPS })).toBe(
      'Make “Launch the app” an initiative of the result it should bring: “Raise NPS from 45 to 55 by the end of the quarter”',
    )
  })

  it('take results apart', () => {
    expect(suggestionOn('NPS from 45 to 55 and churn from 5% to 3%')).toBe(
      'Make each of them a key result: “NPS from 45 to 55” and “churn from 5% to 3%”',
    )
  })
})

describe('an objective that is a direction and nothing else', () => {
  const rules = (title: string) => rulesOfObjective({ ...objectiveOf(GOOD), title })

  it.each([
    'Improve communication between departments',
    '进一步加强团队建设',
    '持續提升服務品質',
    'Boost morale',
    'Foster a culture of innovation across the studio',
    'Operational excellence in manufacturing',
    'Make our processes more efficient',
    '打造更好的工作環境',
    '服务质量持续提升',
    '鞏固在餐飲通路的領導地位',
  ])('is vague: %s', (title) => expect(rules(title)).toContain('vague-verb'))

  it.each([
    'Improve onboarding so that new users succeed on day one',
    'Reduce the pain of month-end closing for the finance team',
    '提升客戶服務品質，讓老客戶主動介紹新客戶',
    'Make moving house as easy as ordering a pizza',
    'Build the archive that historians travel to see',
    '打造讓工程師捨不得離開的團隊',
    '做一款爸妈不用教就会用的血压计',
    'Become the bakery the whole neighbourhood goes out of its way for',
  ])('says what for, or more: %s', (title) => expect(rules(title)).not.toContain('vague-verb'))
})

it('messages come in the language that is asked for, whatever that of the text', () => {
  const keyResult = keyResultTitled('Improve customer satisfaction')
  const said = (['en', 'zh-CN', 'zh-TW'] as const).map((locale) => findingsOn(keyResult, locale)[0]!.message)
  expect(said).toEqual([
    '“Improve” says a direction, but neither of what number nor how far.',
    '“Improve”只说了方向，没有说哪个指标、变化多少。',
    '「Improve」只說了方向，沒有說是哪個指標、變化多少。',
  ])
})

it('a number that is still to be found is told apart from an end that is missing', () => {
  const said = (title: string) => findingsOn(keyResultTitled(title)).map(({ message }) => message)
  expect(said('Raise NPS from 45 to X %')).toEqual([
    '“X” stands in place of a number that is still to be found.',
  ])
  expect(said('Raise NPS from 45')).toEqual(['It says where it starts, but not where it should end.'])
})

it('counts are of rules that were found', () => {
  const set = {
    objectives: [
      objectiveOf([...GOOD, keyResultTitled('Improve quality'), keyResultTitled('Launch the app')]),
    ],
  }
  const counts = countFindings(lint(set, { locale: 'en' }))
  expect(counts).toEqual({
    'reverse-check': 1,
    'vague-verb': 1,
    activity: 1,
    'binary-key-result': 1,
    'no-number': 2,
  })
  expect(RULE_IDS).toEqual(expect.arrayContaining(Object.keys(counts)))
})
