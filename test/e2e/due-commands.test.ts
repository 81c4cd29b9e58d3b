import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { AN_OBJECTIVE, A_CYCLE, aKeyResult } from '../support/api-goals.ts'
import { runCommand } from '../support/hosted-commands.ts'

let api: TestApi

/** A command goes by today: a cycle around it whose first cadence day was two weeks ago. */
beforeAll(async () => {
  api = await startApi()
  const today = Temporal.Now.plainDateISO('UTC')
  const startDay = today.subtract({ days: 14 })
  const cycle = { ...A_CYCLE, startDay: startDay.toString(), endDay: today.add({ days: 60 }).toString() }
  const checkIns = { everyWeeks: 1, weekday: startDay.dayOfWeek }
  const workingDays = [1, 2, 3, 4, 5, 6, 7]
  for (const [method, url, body] of [
    ['PUT', 'teams/search', { title: 'Search', checkIns, workingDays }],
    ['POST', 'cycles', cycle],
    ['POST', 'objectives', { ...AN_OBJECTIVE, team: 'search' }],
    ['POST', 'key-results', aKeyResult()],
    ['POST', 'kpis', { title: 'Attrition', unit: '%', band: { below: 5 }, owner: 'Ada', source: 'HR' }],
  ] as const) {
    const { status, text } = await api.ask(method, `/api/v1/${url}`, { body })
    if (status >= 300) throw new Error(text)
  }
})
afterAll(() => api.stop())

const run = (...args: string[]) => runCommand(args, { DATABASE_URL: api.store.url })

async function lines(...args: string[]): Promise<string[]> {
  const { code, output, errors } = await run(...args)
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return output.trimEnd().split('\n')
}

describe('throughline due', () => {
  it('prints what people are asked for, with a link, and the KPIs that wait', async () => {
    const printed = await lines('due', '--team', 'search')
    expect(printed[2]).toMatch(
      /^search +KR-1 +Activation rises to 55 % +\d{4}-\d\d-\d\d +value, confidence +http\S+\/key-results\/KR-1$/,
    )
    expect((await lines('due', '--owner', 'Ada')).at(-1)).toMatch(
      /^KPI-1 +Attrition +Ada +never had one +HR$/,
    )
    expect(await lines('due', '--owner', 'Nobody')).toEqual(['Nothing is due.'])
  })

  it('knows no team that there is not', async () => {
    const { code, errors } = await run('due', '--team', 'nobody')
    expect([code, errors]).toEqual([1, 'There is no team nobody.\n[OKR_TEAM_NOT_FOUND]\n'])
  })
})

describe('throughline kpi', () => {
  it('pushes a value once under its id', async () => {
    const push = () => lines('kpi', 'push', 'KPI-1', '6.5', '--id', 'hr-11', '--author', 'Ada')
    expect(await push()).toEqual(['Stored.', 'KPI-1 Attrition: at risk, 6.5 % against < 5 %'])
    expect((await push())[0]).toBe('Known already; nothing is stored.')
  })

  it('takes a number below zero, and lists how every KPI stands', async () => {
    await lines('kpi', 'push', 'KPI-1', '--', '-2')
    expect((await lines('kpi', 'list'))[2]).toMatch(
      /^KPI-1 +Attrition +on track +-2 % +< 5 % +\d{4}-\d\d-\d\d to /,
    )
  })

  it.each([
    [['push', 'KPI-9', '1'], 1, 'OKR_KPI_NOT_FOUND'],
    [['push', 'KPI-1', 'five'], 2, 'Give a number such as 4.2.'],
    [['push', 'KPI-1', '1', '--at', 'yesterday'], 1, 'OKR_INPUT_INVALID'],
  ])('%j ends with a reason', async (args, exit, reason) => {
    const { code, errors } = await run('kpi', ...args)
    expect([code, errors]).toEqual([exit, expect.stringContaining(reason)])
  })
})
