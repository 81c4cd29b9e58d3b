import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, forgetEverything } from '../support/api-goals.ts'
import { importCsv, written, type Report } from '../support/csv-import.ts'

/** Titles by line, with what each became. */
function outcomes({ lines }: Report): string[] {
  return lines.map(({ type, outcome, title }) => `${type} ${outcome} ${title ?? ''}`)
}

describe('tables of other tools', () => {
  let api: TestApi
  const measureOf = async (key: string) => (await api.ask('GET', `/api/v1/key-results/${key}`)).body.measure
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.stop())
  beforeEach(async () => {
    await forgetEverything(api)
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
  })

  it('takes an export with ids, a hierarchy of objectives, projects and check-in notes', async () => {
    const table = [
      'Title,Type,ID,Parent ID,Owner,Team,Time Period,Start Date,End Date,Progress,Status,Metric Name,Metric Unit,Metric Start,Metric Target,Metric Current,Last check-in date,Last check-in note',
      'Win the market,Big Rock,100,,Ada,,Q4 2026,2026-10-01,2026-12-31,40%,On Track,,,,,,,',
      'Search is loved,Objective,101,100,Bo,Search,Q4 2026,2026-10-01,2026-12-31,20%,Behind,,,,,,,',
      'Raise NPS,Key Result,102,101,Bo,Search,Q4 2026,2026-10-01,"Dec 31, 2026",30%,At Risk,NPS,points,45,55,"48.5","Nov 2, 2026",Slow start',
      'Rebuild ranking,Initiative,103,102,Bo,Search,Q4 2026,,,10%,On Track,,,,,,,',
      'Migrate servers,Initiative,104,101,Bo,Search,Q4 2026,,,10%,On Track,,,,,,,',
    ].join('\r\n')
    const report = await importCsv(api, table, '')
    expect(outcomes(report)).toEqual([
      'objective create Win the market',
      'objective create Search is loved',
      'key_result create Raise NPS',
      'initiative create Rebuild ranking',
      'initiative skipped Migrate servers',
    ])
    expect(report.unusedColumns).toEqual(['Start Date', 'Status', 'Metric Name'])
    expect(report.madeBeside).toEqual([{ kind: 'team', key: 'search', title: 'Search' }])
    expect((await api.ask('GET', '/api/v1/objectives/O-2')).body).toMatchObject({
      parent: 'O-1',
      team: 'search',
    })
    expect(await measureOf('KR-1')).toEqual({ kind: 'metric', unit: 'points', baseline: 45, target: 55 })
    const { body } = await api.ask('GET', '/api/v1/key-results/KR-1/check-ins')
    expect(body.items).toMatchObject([{ value: 48.5, note: 'Slow start' }])
    const before = await written(api)
    expect((await importCsv(api, table, '')).counts).toMatchObject({ unchanged: 4, skipped: 1 })
    expect(await written(api)).toEqual(before)
  })

  it('takes a Chinese sheet with a line for each key result and merged cells', async () => {
    const table = [
      '周期;目标;关键结果;负责人;权重;起始值;目标值;当前值;截止日期',
      '2026年第四季度;新客户首日成功;首日激活率提升;王芳;40%;45%;55%;48,5%;2026年12月18日',
      ';;客服工单减少;李雷;60%;120;30;75;2026/12/31',
    ].join('\n')
    const report = await importCsv(api, table)
    expect(outcomes(report)).toEqual(['key_result create 首日激活率提升', 'key_result create 客服工单减少'])
    expect(report.madeBeside).toMatchObject([{ kind: 'objective', title: '新客户首日成功' }])
    expect(await measureOf('KR-1')).toEqual({ kind: 'metric', unit: '%', baseline: 45, target: 55 })
    expect((await api.ask('GET', '/api/v1/key-results/KR-2')).body).toMatchObject({
      objective: 'O-1',
      owner: '李雷',
      weight: 60,
      dueDay: '2026-12-31',
    })
    expect((await importCsv(api, table)).counts).toMatchObject({ unchanged: 2 })
  })

  it('takes goals with sub-goals that say no type, and progress alone where there is no target', async () => {
    const table = [
      'Goal name,Parent goal,Time period,Accountable team,Goal owner,Target value,Initial value,Current value,Progress',
      'Grow,,Q4 2026,,Ada,,,,',
      'Reach 1.200 customers,Grow,Q4 2026,,Ada,"1,200",800,900,',
    ].join('\n')
    const undecided = await importCsv(api, table)
    expect(undecided.lines[1]?.problems).toMatchObject([
      { column: 'Target value', message: expect.stringMatching(/say which with --decimal/) as unknown },
    ])
    const report = await importCsv(api, table, 'cycle=2026-Q4&decimal=.')
    expect(outcomes(report)).toEqual(['objective create Grow', 'key_result create Reach 1.200 customers'])
    expect(await measureOf('KR-1')).toMatchObject({ baseline: 800, target: 1200 })

    const byProgress = await importCsv(
      api,
      'name,type,parent,progress\nLaunch,goal,,\nPages are live,milestone,Launch,60\n',
    )
    expect(byProgress.lines[1]).toMatchObject({ outcome: 'create', checkIn: 'new' })
    expect(await measureOf('KR-2')).toEqual({ kind: 'metric', unit: '%', baseline: 0, target: 100 })
  })

  it('takes an outline: what is numbered 1.2.1 belongs to 1.2', async () => {
    const table = [
      'Order,Type,Summary,Status,Period,Owner,Weight,OKR type,Labels,Teams,Expected start date,Expected end date,Start value,Current value,Target value,Description',
      '1,Objective,Be the best,On track,Q4 Y2026,Agnette,1,,,,,,0,2,10,',
      '1.1,Objective,Sell more,not started,Q4 Y2026,Agnette,1,Company,,Alpha,,,0,0,10,',
      '1.1.1,Key result,Sales rise,On track,Q4 Y2026,Andreas,2,Personal,,,10/01/2026,12/31/2026,0,3,15,Every month',
      '1.2,Objective,Sell faster,AT RISK,Q4 Y2026,Agnette,1,Team,,Alpha,,,0,0,20,',
    ].join('\n')
    const report = await importCsv(api, table, '')
    expect(outcomes(report)).toEqual([
      'objective create Be the best',
      'objective create Sell more',
      'key_result create Sales rise',
      'objective create Sell faster',
    ])
    expect(report.unusedColumns).toEqual(['Status', 'OKR type', 'Labels', 'Expected start date'])
    const { body } = await api.ask('GET', '/api/v1/key-results/KR-1')
    expect(body).toMatchObject({
      objective: 'O-2',
      weight: 2,
      dueDay: '2026-12-31',
      description: 'Every month',
    })
    for (const key of ['O-2', 'O-3']) {
      expect((await api.ask('GET', `/api/v1/objectives/${key}`)).body).toMatchObject({
        parent: 'O-1',
        cycle: '2026-Q4',
      })
    }
    expect((await importCsv(api, table, '')).counts).toMatchObject({ unchanged: 4 })
  })

  it('takes goals that name their rows, and whose type is how they are measured', async () => {
    const table = [
      'Row ID,Parent Row IDs,Parent Goal IDs,Goal ID,Action,Goal Title,Owner Emails,Goal Cycle,Goal Type,Scope,Departments,Start Date,End Date,Starting Value,Target Value,Current Value',
      '1,,,,,Grow,ada@example.com,Q4 2026,,Company,,2026-10-01,2026-12-31,,,',
      '2,1,,,,Reach more people,bo@example.com,Q4 2026,Number,Department,Sales,2026-10-01,2026-12-31,800,1200,900',
      '3,1,,,,Earn more,bo@example.com,Q4 2026,Euro,Department,Sales,2026-10-01,2026-12-31,10,12.5,',
    ].join('\n')
    const report = await importCsv(api, table, '')
    expect(outcomes(report)).toEqual([
      'objective create Grow',
      'key_result create Reach more people',
      'key_result create Earn more',
    ])
    expect(report.unusedColumns).toEqual(['Parent Goal IDs', 'Goal ID', 'Action', 'Start Date'])
    expect(await measureOf('KR-1')).toMatchObject({ kind: 'metric', baseline: 800, target: 1200 })
    expect((await importCsv(api, table, '')).counts).toMatchObject({ unchanged: 3 })
  })

  it('takes a sheet saved as Unicode text: UTF-16, tabs, decimal commas, quoted line breaks, blank columns', async () => {
    const table = [
      'Objective\tKey result\tBaseline\tTarget\tDue\tNote\t\t',
      'Schnell antworten\tErste Antwort in 10 h\t15,5\t10\t18.12.2026\t"Zeile 1\r\nZeile ""2"""\t\t',
      '\tTickets sinken\t1.200\t1.000,5\t31.12.2026\t\t\t',
      '\tUmsatz\t€ 1 200\t45 %\t\t\t\t',
    ].join('\r\n')
    const { body } = await api.ask('POST', '/api/v1/import?cycle=2026-Q4', {
      body: Buffer.from(`\uFEFF${table}`, 'utf16le'),
      headers: { 'content-type': 'text/tab-separated-values' },
    })
    expect(body).toMatchObject({ isApplied: true, counts: { create: 3 }, unusedColumns: [] })
    expect(await measureOf('KR-1')).toMatchObject({ baseline: 15.5, target: 10 })
    expect(await measureOf('KR-2')).toMatchObject({ baseline: 1200, target: 1000.5 })
    expect(await measureOf('KR-3')).toMatchObject({ baseline: 1200, target: 45 })
    const { body: checkIns } = await api.ask('GET', '/api/v1/key-results/KR-1/check-ins')
    expect(checkIns.items).toMatchObject([{ note: 'Zeile 1\r\nZeile "2"' }])
  })

  it('makes the cycle that a quarter names, and refuses a name that tells no dates', async () => {
    const report = await importCsv(api, 'title,quarter\nEarly,Q1 2027\nFiscal,FY27 Q1\n', 'dryRun=true')
    expect(report.madeBeside).toEqual([{ kind: 'cycle', key: '2027-Q1', title: '2027-Q1' }])
    expect(report.lines[1]?.problems[0]?.message).toMatch(
      /There is no cycle FY27 Q1, and its name tells no dates/,
    )
    await importCsv(api, 'title,quarter\nEarly,Q1 2027\n', '')
    expect((await api.ask('GET', '/api/v1/cycles/2027-Q1')).body).toMatchObject({
      startDay: '2027-01-01',
      endDay: '2027-03-31',
    })
  })
})
