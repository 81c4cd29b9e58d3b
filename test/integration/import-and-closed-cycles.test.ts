import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, aKeyResult, forgetEverything } from '../support/api-goals.ts'
import { importCsv, stored, type Report } from '../support/csv-import.ts'
import { AFTER_Q4, cycleApi, Q1 } from '../support/cycle-api.ts'

/** Lines with what is wrong with each. */
function told({ lines }: Report): string[] {
  return lines.map(
    ({ line, outcome, problems }) =>
      `${line} ${outcome} ${problems.map(({ column, message }) => `${column ?? '-'}: ${message}`).join(' ')}`,
  )
}

const CLOSED = /The cycle 2026-Q4 is closed, and nothing of it changes any more/
const ARCHIVED = /cycle 2026-Q3 is archived/

describe('a table that speaks of the past', () => {
  let api: TestApi
  const { make, post, checkIn, close } = cycleApi(() => api)
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.stop())
  beforeEach(async () => {
    await forgetEverything(api)
    await make('/cycles', A_CYCLE)
    await make('/objectives', { cycle: '2026-Q4', title: 'New customers succeed' })
    await make('/key-results', aKeyResult())
    await checkIn('KR-1', 50, '2026-11-02T09:00:00Z')
  })

  it('never brings an archived cycle back: what would be put into it is refused, line by line', async () => {
    await make('/cycles', { ...A_CYCLE, key: '2026-Q3', startDay: '2026-07-01', endDay: '2026-09-30' })
    await post('/cycles/2026-Q3/archive')
    const before = await stored(api)
    const report = await importCsv(
      api,
      'type,title,cycle,objective\nobjective,Late,2026-Q3,\nobjective,Later,Q3 2026,\nkey_result,Hangs on it,2026-Q3,Late\n',
      'skipBroken=true',
    )
    expect(told(report)).toEqual([
      expect.stringMatching(/^2 problem cycle: /),
      expect.stringMatching(/^3 problem cycle: /),
      expect.stringMatching(/^4 problem cycle: /),
    ])
    for (const { problems } of report.lines) expect(problems[0]?.message).toMatch(ARCHIVED)
    expect(report.madeBeside).toEqual([])
    expect(await stored(api)).toEqual(before)
  })

  it('refuses every line that makes its objective in an archived cycle, not the first alone', async () => {
    await make('/cycles', { ...A_CYCLE, key: '2026-Q3', startDay: '2026-07-01', endDay: '2026-09-30' })
    await post('/cycles/2026-Q3/archive')
    const report = await importCsv(
      api,
      'objective,key_result,cycle\nLate,One,2026-Q3\nLate,Two,2026-Q3\n',
      '',
    )
    expect(told(report)).toEqual([
      expect.stringMatching(/^2 problem cycle: .*archived/),
      expect.stringMatching(/^3 problem cycle: .*archived/),
    ])
  })

  it('may name a closed cycle where it changes nothing, and is refused where it would', async () => {
    api.setNow(AFTER_Q4)
    await close()
    await post('/cycles/2026-Q4/archive')
    const before = await stored(api)
    const same = await importCsv(
      api,
      'type,key,cycle,title,objective,target,current,at\n' +
        'objective,O-1,2026-Q4,New customers succeed,,,,\n' +
        'key_result,KR-1,2026-Q4,Activation rises to 55 %,O-1,55,50,2026-11-02T09:00:00Z\n',
      '',
    )
    expect(told(same)).toEqual(['2 unchanged ', '3 unchanged '])
    expect(same.isApplied).toBe(true)
    const other = await importCsv(
      api,
      'type,key,cycle,title,objective,target\n' +
        'objective,O-1,2026-Q4,Renamed,,\nkey_result,KR-1,2026-Q4,,O-1,60\nobjective,,2026-Q4,New,,\nkey_result,,2026-Q4,New,O-1,5\n',
      '',
    )
    expect(told(other)).toEqual(
      [2, 3, 4, 5].map((line): unknown => expect.stringMatching(new RegExp(`^${line} problem .*closed`))),
    )
    expect(await stored(api)).toEqual(before)
  })

  it('refuses check-ins of a closed cycle and of an archived key result, except those that are stored', async () => {
    await make('/key-results', aKeyResult({ title: 'Gone' }))
    await checkIn('KR-2', 47, '2026-11-03T09:00:00Z')
    await post('/key-results/KR-2/archive')
    api.setNow(AFTER_Q4)
    await close()
    const before = await stored(api)
    const report = await importCsv(
      api,
      'type,key_result,current,at\n' +
        'check_in,KR-1,50,2026-11-02T09:00:00Z\ncheck_in,KR-1,51,2026-11-03T09:00:00Z\ncheck_in,KR-1,52,\n' +
        'check_in,KR-2,47,2026-11-03T09:00:00Z\ncheck_in,KR-2,48,2026-11-04T09:00:00Z\n',
      'skipBroken=true',
    )
    expect(told(report)).toEqual([
      '2 unchanged ',
      expect.stringMatching(/^3 problem key_result: The cycle 2026-Q4 is closed/),
      expect.stringMatching(/^4 problem key_result: The cycle 2026-Q4 is closed/),
      '5 unchanged ',
      expect.stringMatching(/^6 problem key_result: KR-2 is archived/),
    ])
    expect(report.lines[1]?.problems[0]?.message).toMatch(CLOSED)
    const undated = await importCsv(api, 'type,key_result,current\ncheck_in,KR-1,50\n', '')
    expect(told(undated)).toEqual(['2 unchanged '])
    const beside = await importCsv(
      api,
      'type,key,objective,current,at\nkey_result,KR-1,O-1,51,2026-11-05\n',
      '',
    )
    expect(told(beside)).toEqual([expect.stringMatching(/^2 problem current: The cycle 2026-Q4 is closed/)])
    expect(await stored(api)).toEqual(before)
  })

  it('names what is archived only where it stays as it is', async () => {
    await make('/objectives', { cycle: '2026-Q4', title: 'Above' })
    await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { parent: 'O-2' } })
    await make('/key-results/KR-1/initiatives', { title: 'Onboarding' })
    await make('/key-results', aKeyResult({ title: 'Needs it', dependsOn: ['KR-1'] }))
    await post('/objectives/O-2/archive')
    await post('/key-results/KR-1/archive')
    const before = await stored(api)
    const report = await importCsv(
      api,
      'type,key,parent,key_result,title,depends_on\n' +
        'objective,O-1,O-2,,,\nkey_result,KR-2,O-1,,,"KR-1"\ninitiative,INI-1,,,Renamed,\ninitiative,INI-1,,KR-1,,\n' +
        'initiative,,,KR-1,New,\nkey_result,,O-2,,New,\nobjective,,O-2,,New,\n',
      'cycle=2026-Q4&skipBroken=true',
    )
    expect(told(report)).toEqual([
      '2 unchanged ',
      '3 unchanged ',
      '4 skipped ',
      '5 skipped ',
      expect.stringMatching(/^6 problem key_result: KR-1 is archived/),
      expect.stringMatching(/^7 problem parent: O-2 is archived/),
      expect.stringMatching(/^8 problem parent: O-2 is archived/),
    ])
    expect(await stored(api)).toEqual(before)
  })

  it('leaves a dependency on an archived key result alone when it names the live ones', async () => {
    await make('/key-results', aKeyResult({ title: 'Two' }))
    await make('/key-results', aKeyResult({ title: 'Three', dependsOn: ['KR-1', 'KR-2'] }))
    await post('/key-results/KR-1/archive')
    const before = await stored(api)
    const report = await importCsv(api, 'type,key,objective,depends_on\nkey_result,KR-3,O-1,KR-2\n', '')
    expect(report.lines[0]?.changes).toEqual([])
    expect(told(report)).toEqual(['2 unchanged '])
    expect(await stored(api)).toEqual(before)
  })

  it('makes no cycle for a line that only looks one up', async () => {
    const report = await importCsv(api, 'type,key_result,cycle,current\ncheck_in,KR-1,2027-Q3,52\n', '')
    expect(report.madeBeside).toEqual([])
    expect((await api.ask('GET', `/api/v1/cycles/${Q1.key}`)).status).toBe(404)
  })
})
