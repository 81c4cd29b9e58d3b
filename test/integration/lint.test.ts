import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import {
  A_CYCLE,
  aKeyResult,
  AN_OBJECTIVE,
  BY_METRIC,
  createGoals,
  forgetEverything,
} from '../support/api-goals.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetEverything(api))

interface Said {
  rule: string
  message: string
  objective: number
  keyResult: number | null
  keyResultKey: string | null
}

async function lintOf(body: object, language = '', headers: Record<string, string> = {}) {
  const answer = await api.ask('POST', `/api/v1/lint${language}`, { body, headers })
  return { ...answer, findings: (answer.body.findings ?? []) as Said[] }
}

const DRAFT = {
  objectives: [
    {
      title: 'Customers recommend us',
      owner: 'Ada',
      cycle: '2026-Q4',
      keyResults: [
        {
          title: 'Improve customer satisfaction',
          measure: { kind: 'metric', unit: 'NPS', baseline: 45, target: 55 },
        },
        { title: 'Monthly churn stays below 3 %', weight: 2 },
      ],
    },
  ],
}

describe('POST /api/v1/lint', () => {
  it('says what could be better about a draft, with a rewrite, and stores nothing', async () => {
    const { status, body } = await lintOf(DRAFT)
    expect([status, body]).toEqual([
      200,
      {
        findings: [
          {
            rule: 'reverse-check',
            severity: 'question',
            objective: 0,
            objectiveKey: null,
            keyResult: null,
            keyResultKey: null,
            message: 'If all key results are met, is the objective necessarily met?',
            suggestion:
              'Imagine all numbers reached and “Customers recommend us” still not true: what is missing is a key result',
          },
          {
            rule: 'vague-verb',
            severity: 'hint',
            objective: 0,
            objectiveKey: null,
            keyResult: 0,
            keyResultKey: null,
            message: '“Improve” says a direction, but neither of what number nor how far.',
            suggestion: 'Raise customer satisfaction from 45 NPS to 55 NPS by the end of the cycle',
          },
        ],
        counts: { 'reverse-check': 1, 'vague-verb': 1 },
      },
    ])
    expect((await api.ask('GET', '/api/v1/objectives')).body.items).toEqual([])
  })

  it('takes the end of a cycle from the record, or from the draft', async () => {
    const suggested = async (draft: object) => (await lintOf(draft)).body.findings as { suggestion: string }[]
    const own = { ...DRAFT, cycles: [{ key: '2026-Q4', endDay: '2026-12-30' }] }
    expect((await suggested(own))[1]!.suggestion).toBe(
      'Raise customer satisfaction from 45 NPS to 55 NPS by 2026-12-30',
    )
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
    expect((await suggested(DRAFT))[1]!.suggestion).toBe(
      'Raise customer satisfaction from 45 NPS to 55 NPS by the end of the quarter',
    )
  })

  it('speaks the language that is asked for, before that of Accept-Language, else English', async () => {
    const said = async (language: string, accepted?: string) => {
      const headers = accepted === undefined ? {} : { 'accept-language': accepted }
      return (await lintOf(DRAFT, language, headers)).findings[0]!.message
    }
    const english = 'If all key results are met, is the objective necessarily met?'
    expect(await said('')).toBe(english)
    expect(await said('', 'fr, de;q=0.9')).toBe(english)
    expect(await said('', 'fr, zh-Hant-HK;q=0.8, en;q=0.5')).toBe(
      '如果所有關鍵結果都達成，目標是否必然達成？',
    )
    expect(await said('', 'zh')).toBe('如果所有关键结果都达成，目标是否必然达成？')
    expect(await said('?language=zh-TW', 'en')).toBe('如果所有關鍵結果都達成，目標是否必然達成？')
  })

  it('looks at all that is live in a cycle', async () => {
    await createGoals(api)
    for (const title of ['Launch the app', 'NPS from 45 to 55']) {
      await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ title }) })
    }
    await api.ask('POST', '/api/v1/key-results/KR-2/archive')
    await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ title: '提升客户满意度' }) })
    const { findings } = await lintOf({ cycle: '2026-Q4' })
    expect(findings.map(({ rule, keyResultKey }) => [rule, keyResultKey])).toEqual([
      ['no-owner', null],
      ['reverse-check', null],
      ['vague-verb', 'KR-4'],
    ])
  })

  it('lints whatever is left out', async () => {
    const { findings } = await lintOf({ objectives: [{}, { keyResults: [{}] }] })
    expect(findings.map(({ rule, objective }) => `${objective} ${rule}`)).toEqual([
      '0 no-owner',
      '0 no-due-date',
      '0 too-few-key-results',
      '1 no-owner',
      '1 no-due-date',
      '1 too-few-key-results',
      '1 no-number',
    ])
  })

  it('needs objectives or a cycle that exists, one of them', async () => {
    for (const body of [{}, { cycle: '2026-Q4', objectives: [] }]) {
      expect((await lintOf(body)).body.code).toBe('OKR_INPUT_INVALID')
    }
    expect((await lintOf({ cycle: '2026-Q4' })).body.code).toBe('OKR_CYCLE_NOT_FOUND')
    const { body } = await lintOf({ objectives: [{ keyResults: [{ measure: { kind: 'magic' } }] }] })
    expect(body.problems).toMatchObject([{ field: 'objectives.0.keyResults.0.measure.kind' }])
  })
})

describe('hints beside what was written', () => {
  const hintsOf = (body: Record<string, unknown>) =>
    ((body.hints ?? []) as { rule: string }[]).map(({ rule }) => rule)
  const write = async (method: 'POST' | 'PATCH', url: string, body: object, headers = {}) => {
    const answer = await api.ask(method, `/api/v1/${url}`, { body, headers })
    expect(answer.status).toBeLessThan(300)
    return answer.body
  }

  it('come with a key result that is created or changed, and never keep it from being written', async () => {
    await createGoals(api)
    const vague = aKeyResult({ title: 'Improve customer satisfaction' })
    const created = await write('POST', 'key-results', vague)
    expect(created).toMatchObject({ key: 'KR-2', hints: [{ rule: 'vague-verb', severity: 'hint' }] })
    expect(hintsOf(await write('PATCH', 'key-results/KR-2', { title: 'NPS from 45 to 55' }))).toEqual([])
    expect(await write('PATCH', 'key-results/KR-2', { weight: 2 })).not.toHaveProperty('hints')
    expect((await api.ask('GET', '/api/v1/key-results/KR-2')).body).not.toHaveProperty('hints')
  })

  it('see the other key results of the objective, but only tell of this one', async () => {
    await createGoals(api)
    expect(hintsOf(await write('POST', 'key-results', aKeyResult()))).toEqual(['duplicate'])
    expect(hintsOf(await write('PATCH', 'key-results/KR-1', { weight: 2 }))).toEqual(['duplicate'])
    for (const metric of ['revenue', 'margin', 'uptime']) {
      const title = `Median ${metric} from 45 to 55`
      expect(hintsOf(await write('POST', 'key-results', aKeyResult({ title })))).toEqual([])
    }
    const sixth = aKeyResult({ title: 'Build the app', measure: { kind: 'binary' } })
    expect(hintsOf(await write('POST', 'key-results', sixth))).toEqual([
      'too-many-key-results',
      'activity',
      'binary-key-result',
      'no-number',
    ])
  })

  it('come with an objective, which may lack key results while it is new', async () => {
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
    const owned = { ...AN_OBJECTIVE, owner: 'Ada' }
    expect(await write('POST', 'objectives', owned)).not.toHaveProperty('hints')
    const chinese = { 'accept-language': 'zh-CN' }
    expect(await write('PATCH', 'objectives/O-1', { title: 'Revenue of €10M' }, chinese)).toMatchObject({
      hints: [{ rule: 'objective-with-number', message: expect.stringContaining('目标') as string }],
    })
    await write('POST', 'key-results', aKeyResult({ measure: BY_METRIC }))
    expect(hintsOf(await write('PATCH', 'objectives/O-1', owned))).toEqual(['too-few-key-results'])
  })
})
