import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, dirtyMarks, forgetEverything, told } from '../support/api-goals.ts'
import { importCsv, written } from '../support/csv-import.ts'

const PLAIN = `type,external_id,parent,title,owner,level,measure,unit,baseline,target,current,at,confidence,note
objective,a-1,,New customers succeed,Ada,company,,,,,,,,
key_result,a-2,a-1,Activation rises,Ada,,metric,%,45,55,48,2026-11-02,7,"Up,
at last"
key_result,a-3,a-1,Response time falls,Bo,,metric,h,15,10,,,,
initiative,,a-2,Onboarding,Bo,,,,,,,,,
check_in,,a-3,,Bo,,,,,,12,2026-11-03T09:00:00Z,5,
`

describe('importing a table', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.stop())
  beforeEach(async () => {
    await forgetEverything(api)
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
  })

  it('makes goals and check-ins of its lines, with the same traces as single changes', async () => {
    const report = await importCsv(api, PLAIN)
    expect(report.isApplied).toBe(true)
    expect(report.lines.map(({ line, outcome, key }) => [line, outcome, key])).toEqual([
      [2, 'create', 'O-1'],
      [3, 'create', 'KR-1'],
      [5, 'create', 'KR-2'],
      [6, 'create', 'INI-1'],
      [7, 'check_in', 'KR-2'],
    ])
    const { body } = await api.ask('GET', '/api/v1/key-results/KR-1')
    expect(body).toMatchObject({
      title: 'Activation rises',
      externalId: 'a-2',
      measure: { kind: 'metric', unit: '%', baseline: 45, target: 55 },
    })
    const checkIns = await api.ask('GET', '/api/v1/key-results/KR-1/check-ins')
    expect(checkIns.body.items).toMatchObject([
      { value: 48, confidence: 7, note: 'Up,\nat last', at: '2026-11-01T23:00:00.000Z', author: 'Ada' },
    ])
    const traces = await told(api, 'KR-2')
    expect(traces.feed.map(({ kind }) => kind)).toEqual(['key_result.created', 'check_in.recorded'])
    expect(traces.audit.map(({ action }) => action)).toEqual(['key_result.create', 'check_in.create'])
    expect((await dirtyMarks(api)).map(({ keyResult }) => keyResult)).toEqual(['KR-1', 'KR-2'])
    expect(new Set(api.rings().map(({ id }) => id))).toEqual(new Set(['KR-1', 'KR-2']))
  })

  it('changes nothing when the same table comes again, and only what differs when it was edited', async () => {
    await importCsv(api, PLAIN)
    const before = await written(api)
    const again = await importCsv(api, PLAIN)
    expect(again.counts).toMatchObject({ unchanged: 5, create: 0, change: 0, check_in: 0 })
    expect(await written(api)).toEqual(before)

    const edited = await importCsv(api, PLAIN.replace('45,55,48', '45,60,48'))
    expect(edited.lines.filter(({ outcome }) => outcome !== 'unchanged')).toMatchObject([
      { line: 3, key: 'KR-1', outcome: 'change', checkIn: 'known' },
    ])
    expect(edited.lines[1]?.changes).toEqual([{ name: 'measure.target', before: 55, after: 60 }])
  })

  it('finds a KPI again by its title, and a key result of the cycle that was given', async () => {
    await importCsv(api, 'type,title\nobjective,New customers succeed\n')
    const others =
      'type,title,at_most,key_result,parent,measure,unit,baseline,target,current,at\n' +
      'kpi,Churn,5,,,,,,,,\n' +
      'key_result,Activation rises,,,New customers succeed,metric,%,45,55,,\n' +
      'initiative,Onboarding,,Activation rises,,,,,,,\n' +
      'check_in,,,Activation rises,,,,,,48,2026-11-02\n'
    const first = await importCsv(api, others)
    expect(first.lines.map(({ outcome }) => outcome)).toEqual(['create', 'create', 'create', 'check_in'])
    const again = await importCsv(api, others)
    expect(again.lines.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 4 }, () => 'unchanged'))
  })

  it('says what it would do and writes nothing when asked to', async () => {
    const before = await written(api)
    const report = await importCsv(api, PLAIN, 'cycle=2026-Q4&dryRun=true')
    expect(report).toMatchObject({ isApplied: false, counts: { create: 4, check_in: 1 }, newCheckIns: 2 })
    expect(await written(api)).toEqual(before)
  })

  it('finds goals again by key, external id and title, in this order', async () => {
    await importCsv(api, 'type,external_id,title\nobjective,x,First\nobjective,,Second\n')
    const report = await importCsv(
      api,
      'type,key,external_id,title\nobjective,O-1,,Renamed\nobjective,,y, sECOND  \nobjective,,x,Also renamed\n',
    )
    expect(report.lines[1]?.changes).toMatchObject([{ name: 'title' }, { name: 'externalId', after: 'y' }])
    expect(report.lines.map(({ outcome, key }) => [outcome, key])).toEqual([
      ['change', 'O-1'],
      ['change', 'O-2'],
      ['problem', null],
    ])
    expect(report.lines[2]?.problems[0]?.message).toMatch(/same goal as line 2 \(O-1\)/)
  })

  it('writes nothing while a line is broken, and says of each what is wrong, seen and expected', async () => {
    const before = await written(api)
    const table = [
      'type,external_id,parent,title,baseline,target,due,weight,level',
      'objective,o,,Grow,,,,,galaxy',
      'key_result,k1,o,One,1,many,,,',
      'key_result,k2,o,Two,5,5,,,',
      'key_result,k3,o,Three,1,2,05/12/2026,,',
      'key_result,k4,nobody,Four,1,2,,,',
      'key_result,k5,o,Five,1,2,2027-06-30,,',
      'key_result,k6,o,Six,1,2,,0,',
      'key_result,k7,o,Seven,1,2,,,,one,too,many',
      'key_result,k8,o,Eight,1,2,,,',
      'wish,k9,o,Nine,1,2,,,',
    ].join('\n')
    const report = await importCsv(api, table)
    const told = report.lines.flatMap(({ line, problems }) =>
      problems.map(({ column, message }) => `${line} ${column ?? '-'}: ${message}`),
    )
    expect(told).toEqual([
      expect.stringMatching(/^2 level: “galaxy” is none that is known; expected company/),
      expect.stringMatching(/^3 target: “many” is not a number; expected a number such as 1234.5/),
      expect.stringMatching(/^4 -: Baseline and target are both 5/),
      expect.stringMatching(/^5 due: “05\/12\/2026” could be read day first or month first/),
      expect.stringMatching(/^6 parent: There is no objective called nobody/),
      expect.stringMatching(/^7 dueDay: .*2027-06-30/),
      expect.stringMatching(/^8 weight: “0” is out of range; expected a weight above 0/),
      expect.stringMatching(/^9 -: The line has 12 fields, the header has 9/),
      expect.stringMatching(/^11 type: “wish” is no type/),
    ])
    expect(report.isApplied).toBe(false)
    expect(await written(api)).toEqual(before)
  })

  it('leaves broken lines out when asked to, with what hangs on them, and takes the others', async () => {
    const table = [
      'type,external_id,parent,title,target,level',
      'objective,a,,Broken,,galaxy',
      'key_result,a1,a,Hangs on it,1,',
      'objective,b,,Sound,,team',
      'key_result,b1,b,Stands,1,',
    ].join('\n')
    const report = await importCsv(api, table, 'cycle=2026-Q4&skipBroken=true')
    expect(report.isApplied).toBe(true)
    expect(report.lines.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'problem'],
      [3, 'skipped'],
      [4, 'create'],
      [5, 'create'],
    ])
    expect(report.lines[1]?.notes).toEqual(['a is on line 2, which is left out.'])
    expect(await written(api)).toMatchObject({ objectives: 1, key_results: 1 })
  })

  it('refuses what is no table, no CSV, and a mapping of columns that are not there', async () => {
    const send = (body: string, query = '', type = 'text/csv') =>
      api.ask('POST', `/api/v1/import${query}`, {
        body: Buffer.from(body),
        headers: { 'content-type': type },
      })
    expect((await send('')).status).toBe(400)
    expect((await send('a,b\n1,2')).body.detail).toMatch(
      /has no column for titles; line 1, which names the columns, has a, b\./,
    )
    expect((await send('title\nx', '?map=Ziel%3Dtitle')).body.detail).toMatch(/has no column Ziel to map/)
    expect((await send('title\nx', '?map=title%3Dnonsense')).body.problems).toMatchObject([{ field: 'map' }])
    expect((await send('{}', '', 'application/json')).status).toBe(415)
    const mapped = await send('Ziel\nWachsen', '?map=Ziel%3Dtitle&cycle=2026-Q4&dryRun=true')
    expect(mapped.body).toMatchObject({ counts: { create: 1 } })
  })
})
