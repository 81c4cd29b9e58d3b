import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { AUTHORIZED, startApi, type TestApi } from '../support/api.ts'
import { documentFrom, forgetGoals } from '../support/okr-files.ts'
import { textOf } from '../support/working-tree.ts'

const EXAMPLE = textOf('examples/okrs.yaml')
const YAML = { 'content-type': 'application/yaml' }

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetGoals(api.store))

const send = (url: string, body: string, headers: Record<string, string> = YAML) =>
  api.ask('POST', `/api/v1/okrs/${url}`, { body, headers })

describe('/api/v1/okrs', () => {
  it('plans a file without writing, applies what was planned, and then has nothing to do', async () => {
    const planned = await send('plan', EXAMPLE)
    expect(planned.status).toBe(200)
    expect(planned.body).toMatchObject({ counts: { create: 11, change: 0, restore: 0, archive: 0 } })
    expect(await api.store.query('select count(*)::int as n from cycles')).toEqual([{ n: 0 }])
    const applied = await send(`apply?plan=${String(planned.body.fingerprint)}`, EXAMPLE)
    expect(applied.body).toEqual(planned.body)
    const again = await send('apply', EXAMPLE)
    expect(again.body).toMatchObject({ changes: [] })
    expect((await send(`apply?plan=${String(planned.body.fingerprint)}`, EXAMPLE)).body).toMatchObject({
      status: 409,
      code: 'OKR_PLAN_CHANGED',
    })
  })

  it('takes JSON as well as YAML', async () => {
    const { status, body } = await api.ask('POST', '/api/v1/okrs/apply', { body: documentFrom(EXAMPLE) })
    expect({ status, count: (body.changes as unknown[]).length }).toEqual({ status: 200, count: 11 })
    expect((await send('apply', EXAMPLE)).body).toMatchObject({ changes: [] })
  })

  it('refuses JSON that is nested without end, with one problem', async () => {
    const deep = `{"version":1,"objectives":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    const { status, body } = await send('plan', deep, { 'content-type': 'application/json' })
    expect({ status, problems: body.problems }).toEqual({
      status: 400,
      problems: [{ field: '(whole)', message: 'is nested deeper than 60 levels' }],
    })
  })

  it('exports what can be applied again, as JSON and as the file itself', async () => {
    await send('apply', EXAMPLE)
    const asJson = await api.ask('GET', '/api/v1/okrs')
    expect(asJson.headers.vary).toContain('accept')
    const file = await api.ask('GET', '/api/v1/okrs', { headers: { accept: 'application/yaml' } })
    expect(file.headers['content-type']).toBe('application/yaml; charset=utf-8')
    expect(documentFrom(file.text)).toEqual(documentFrom(EXAMPLE))
    expect(documentFrom(asJson.text)).toEqual(documentFrom(EXAMPLE))
    expect((await send('plan', file.text)).body).toMatchObject({ changes: [] })
  })

  it('exports one cycle with the teams it names', async () => {
    await send('apply', EXAMPLE)
    await api.ask('PUT', '/api/v1/teams/other', { body: { title: 'Other' } })
    const { body } = await api.ask('GET', '/api/v1/okrs?cycle=2026-Q4')
    expect((body.teams as { key: string }[]).map(({ key }) => key)).toEqual(['search'])
    expect(body.kpis).toBeUndefined()
    expect((await api.ask('GET', '/api/v1/okrs?cycle=2030-Q1')).body).toMatchObject({
      code: 'OKR_CYCLE_NOT_FOUND',
    })
  })

  it('refuses with 409 what somebody else changed, unless the file is to win', async () => {
    await send('apply', EXAMPLE)
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { title: 'Changed by hand' } })
    const { status, body } = await send('apply', EXAMPLE)
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'OKR_APPLY_CONFLICT' })
    expect(body.problems).toEqual([
      {
        field: 'objectives.0.keyResults.0.title',
        message: expect.stringContaining('KR-1 title was changed to "Changed by hand"') as string,
      },
    ])
    expect((await send('apply?overwrite=true', EXAMPLE)).status).toBe(200)
  })

  it('refuses a file in another encoding, whose titles would be others', async () => {
    const latin1 = Buffer.from(EXAMPLE.replace(/title: .*/, 'title: Größe'), 'latin1')
    const { status, body } = await api.ask('POST', '/api/v1/okrs/plan', {
      headers: { 'content-type': 'application/yaml' },
      body: latin1,
    })
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'OKR_INPUT_INVALID' })
    expect(body.detail).toContain('is not UTF-8')
  })

  it('tells each problem of a file with its line', async () => {
    const { status, body } = await send(
      'plan',
      EXAMPLE.replace('level: company', 'level: everybody').replace('key: KR-1', 'key: KR'),
    )
    expect(status).toBe(400)
    const problems = body.problems as { field: string; message: string }[]
    expect(problems.map(({ field }) => field)).toEqual([
      'objectives.0.level',
      'objectives.0.keyResults.0.key',
    ])
    expect(problems[0]!.message).toMatch(
      /^line \d+: expected company, department, team, individual; found "everybody"$/,
    )
    const unknown = await send('plan', EXAMPLE.replaceAll('team: search', 'team: nobody'))
    expect({ status: unknown.status, code: unknown.body.code }).toEqual({
      status: 400,
      code: 'OKR_INPUT_INVALID',
    })
  })

  it('tells with what cannot be read what it refers to that is not there, also in JSON', async () => {
    const faulty = EXAMPLE.replace('level: company', 'level: everybody').replace('[KR-3]', '[KR-99]')
    const fields = ['objectives.0.level', 'objectives.1.keyResults.1.dependsOn.0']
    for (const url of ['plan', 'apply']) {
      const { status, body } = await send(url, faulty)
      const problems = body.problems as { field: string; message: string }[]
      expect({ status, fields: problems.map(({ field }) => field) }).toEqual({ status: 400, fields })
      expect(problems[1]!.message).toMatch(/^line \d+: there is no key result KR-99$/)
    }
    const { status, body } = await api.ask('POST', '/api/v1/okrs/plan', { body: parse(faulty) as object })
    expect({ status, problems: body.problems }).toEqual({
      status: 400,
      problems: [
        { field: fields[0], message: 'expected company, department, team, individual; found "everybody"' },
        { field: fields[1], message: 'there is no key result KR-99' },
      ],
    })
  })

  it('takes files up to 10 MB, which other bodies are not', async () => {
    const long = `${EXAMPLE}# ${'x'.repeat(1_000_000)}\n`
    expect((await send('plan', long)).status).toBe(200)
    const sent = await api.app.inject({
      method: 'POST',
      url: '/api/v1/okrs/plan',
      headers: { ...AUTHORIZED, ...YAML },
      payload: `#${'x'.repeat(10 * 1024 * 1024)}`,
    })
    expect(sent.statusCode).toBe(413)
  })
})
