import { NOW, type TestApi } from './api.ts'
import { A_CYCLE, aKeyResult, forgetEverything } from './api-goals.ts'
import { recomputeAll } from './sprint-site.ts'

export type Body = Record<string, unknown>

/** Goals made and read over the API, on a record that begins empty but for the cycle 2026-Q4. */
export interface GoalStage {
  begin(): Promise<void>
  made(path: string, body: object): Promise<Body>
  objective(given?: object): Promise<Body>
  keyResult(given?: object): Promise<Body>
  read(path: string): Promise<Body>
  /** The status, the code, and each problem as `field message`. */
  refused(method: 'POST' | 'PATCH', path: string, body: object): Promise<unknown[]>
  /** Reports values by key, and has everything computed. */
  report(values: Record<string, number>): Promise<void>
  /** A year with a company objective, a quarter below it, and things that do not fit. */
  cascade(): Promise<void>
}

export function goalStage(apiOf: () => TestApi): GoalStage {
  const made = async (path: string, body: object) => {
    const answer = await apiOf().ask('POST', `/api/v1/${path}`, { body })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.body
  }
  const objective = (given: object = {}) => made('objectives', { cycle: '2026-Q4', title: 'Grow', ...given })
  const keyResult = (given: object = {}) => made('key-results', aKeyResult(given))
  return {
    made,
    objective,
    keyResult,
    begin: async () => {
      await forgetEverything(apiOf())
      await made('cycles', A_CYCLE)
    },
    read: async (path) => {
      const { status, body, text } = await apiOf().ask('GET', `/api/v1/${path}`)
      if (status !== 200) throw new Error(text)
      return body
    },
    refused: async (method, path, body) => {
      const answer = await apiOf().ask(method, `/api/v1/${path}`, { body })
      const problems = answer.body['problems'] as { field: string; message: string }[]
      return [
        answer.status,
        answer.body['code'],
        ...problems.map(({ field, message }) => `${field} ${message}`),
      ]
    },
    report: async (values) => {
      for (const [key, value] of Object.entries(values)) {
        await made(`key-results/${key}/check-ins`, { value, at: '2026-11-20T10:00:00Z' })
      }
      await recomputeAll(apiOf().store.database, NOW)
    },
    cascade: async () => {
      await made('cycles', { ...A_CYCLE, key: '2026', startDay: '2026-01-01' })
      await made('cycles', { ...A_CYCLE, key: '2027', startDay: '2027-01-01', endDay: '2027-12-31' })
      await objective({ cycle: '2026', level: 'company', title: 'Be the first choice' })
      await keyResult({ title: 'Win rate 45 % → 55 %' })
      await objective({ level: 'department', parent: 'KR-1', title: 'Sell with <confidence> & care' })
      await keyResult({ objective: 'O-2', title: '新用户次日留存率从 30% 提升至 40%' })
      await objective({ parent: 'O-2', contributionWeight: 1, title: 'Answer on the first day' })
      await keyResult({ objective: 'O-3', dependsOn: ['KR-2'], dueDay: '2026-11-30' })
      await objective({ level: 'individual', title: 'Write the guide' })
      await objective({ title: 'Tidy up' })
      await keyResult({ objective: 'O-5' })
    },
  }
}
