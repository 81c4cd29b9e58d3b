import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, aKeyResult, AN_OBJECTIVE, forgetEverything } from '../support/api-goals.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetEverything(api))

interface Hint {
  key: string | null
  rule: string
}

const told = (body: Record<string, unknown>) =>
  ((body.hints ?? []) as Hint[]).map(({ key, rule }) => `${key} ${rule}`)

async function answered(method: 'POST' | 'PATCH', url: string, body: unknown, headers = {}) {
  const answer = await api.ask(method, `/api/v1/${url}`, { body, headers })
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

const keyResult = (key: string, title: string) => ({
  key,
  title,
  measure: { kind: 'metric', unit: 'NPS', baseline: 45, target: 55 },
})
const fileOf = (...keyResults: object[]) => ({
  version: 1,
  cycles: [{ key: '2026-Q4', title: 'Q4', startDay: '2026-10-01', endDay: '2026-12-31' }],
  objectives: [{ key: 'O-1', cycle: '2026-Q4', title: 'Customers recommend us', owner: 'Ada', keyResults }],
})

describe('hints on many goals', () => {
  it('come with a plan and with what was applied, of what is created or changed alone', async () => {
    const file = fileOf(keyResult('KR-1', 'NPS from 45 to 55'), keyResult('KR-2', 'Improve satisfaction'))
    for (const url of ['okrs/plan', 'okrs/apply']) {
      const body = await answered('POST', url, file)
      expect(told(body)).toEqual(['KR-2 vague-verb'])
      expect(body.hints).toMatchObject([
        { suggestion: 'Raise satisfaction from 45 NPS to 55 NPS by the end of the quarter' },
      ])
    }
    const again = await answered('POST', 'okrs/apply', file)
    expect(again).not.toHaveProperty('hints')
    const chinese = fileOf(keyResult('KR-1', '提升客户满意度'), keyResult('KR-2', 'Improve satisfaction'))
    const changed = await answered('POST', 'okrs/apply', chinese, { 'accept-language': 'zh-TW' })
    expect(told(changed)).toEqual(['KR-1 vague-verb'])
    expect((changed.hints as { message: string }[])[0]!.message).toContain('只說了方向')
  })

  it('are the first fifty, with the number of the others', async () => {
    const weak = Array.from({ length: 70 }, (_, place) =>
      keyResult(
        `KR-${place + 1}`,
        `Improve satisfaction in ward ${String.fromCharCode(97 + (place % 26))}${place}x`,
      ),
    )
    const { hints, moreHints } = await answered('POST', 'okrs/plan', fileOf(...weak))
    expect((hints as Hint[]).length).toBe(50)
    expect(moreHints).toBe(70 + 1 - 50)
  })

  it('come with an import that was made, not with one that was only tried', async () => {
    await answered('POST', 'cycles', A_CYCLE)
    const csv =
      'type,cycle,objective,title,owner,measure,unit,baseline,target\n' +
      'objective,2026-Q4,,Customers recommend us,Ada,,,,\n' +
      'key_result,2026-Q4,Customers recommend us,NPS from 45 to 55,Ada,metric,NPS,45,55\n' +
      'key_result,2026-Q4,Customers recommend us,Improve satisfaction,Ada,metric,CSAT,80,90\n'
    const type = { 'content-type': 'text/csv' }
    expect(await answered('POST', 'import?dryRun=true', csv, type)).not.toHaveProperty('hints')
    expect(told(await answered('POST', 'import', csv, type))).toEqual([
      expect.stringMatching(/^KR-\d+ vague-verb$/),
    ])
    expect(await answered('POST', 'import', csv, type)).not.toHaveProperty('hints')
  })

  it('come with goals from a template, and with those that go on into another cycle', async () => {
    await answered('POST', 'cycles', A_CYCLE)
    await answered('POST', 'cycles', {
      ...A_CYCLE,
      key: '2027-Q1',
      title: 'Q1',
      startDay: '2027-01-01',
      endDay: '2027-03-31',
    })
    await answered('POST', 'objectives', { ...AN_OBJECTIVE, owner: 'Ada' })
    for (const title of ['NPS from 45 to 55', 'Improve satisfaction']) {
      await answered('POST', 'key-results', aKeyResult({ title }))
    }
    await answered('POST', 'templates', { name: 'own', title: 'Own', cycle: '2026-Q4', owners: true })
    const started = await answered('POST', 'cycles/2027-Q1/objectives-from-template', { template: 'own' })
    expect(told(started)).toEqual(['KR-4 vague-verb'])
    await answered('POST', 'cycles/2026-Q4/close', { early: true })
    const carried = await answered('POST', 'cycles/2026-Q4/roll-over', { into: '2027-Q1' })
    expect(told(carried)).toEqual(['KR-2 vague-verb'])
  })
})
