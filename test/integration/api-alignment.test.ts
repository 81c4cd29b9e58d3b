import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import { aKeyResult } from '../support/api-goals.ts'
import { goalStage } from '../support/goal-stage.ts'
import { inSprint } from '../support/sprint-pasts.ts'
import { storeSprintSite } from '../support/sprint-site.ts'

let api: TestApi
const { begin, objective, keyResult, read, refused, report, cascade } = goalStage(() => api)

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => begin())

describe('a parent', () => {
  it('that does not exist is refused, whatever it would be', async () => {
    for (const [parent, what] of [
      ['O-7', 'objective'],
      ['KR-7', 'key result'],
    ]) {
      const body = { cycle: '2026-Q4', title: 'Grow', parent }
      expect(await refused('POST', 'objectives', body)).toEqual([
        400,
        'OKR_INPUT_INVALID',
        `parent there is no ${what} ${parent}`,
      ])
    }
  })

  it('that leads back over objectives and key results is refused, and the circle is named', async () => {
    await objective()
    await keyResult()
    await objective({ parent: 'KR-1' })
    await keyResult({ objective: 'O-2' })
    await objective({ parent: 'KR-2' })
    const circular = (field: string, circle: string) => [
      400,
      'OKR_ALIGNMENT_CIRCULAR',
      `${field} leads in a circle: ${circle}`,
    ]
    expect(await refused('PATCH', 'objectives/O-1', { parent: 'O-3' })).toEqual(
      circular('parent', 'O-1 → O-3 → KR-2 → O-2 → KR-1 → O-1'),
    )
    expect(await refused('PATCH', 'objectives/O-1', { parent: 'O-1' })).toEqual(
      circular('parent', 'O-1 → O-1'),
    )
    expect(await refused('PATCH', 'objectives/O-1', { parent: 'KR-1' })).toEqual(
      circular('parent', 'O-1 → KR-1 → O-1'),
    )
    expect(await refused('PATCH', 'key-results/KR-1', { objective: 'O-3' })).toEqual(
      circular('objective', 'KR-1 → O-3 → KR-2 → O-2 → KR-1'),
    )
    expect((await read('objectives/O-1'))['parent']).toBeNull()
    const { status } = await api.ask('PATCH', '/api/v1/objectives/O-3', { body: { parent: 'O-1' } })
    expect(status).toBe(200)
  })
})

describe('dependencies', () => {
  it('that do not exist, or are named twice, are refused one by one', async () => {
    await objective()
    await keyResult()
    expect(await refused('POST', 'key-results', aKeyResult({ dependsOn: ['KR-8', 'KR-1', 'KR-1'] }))).toEqual(
      [
        400,
        'OKR_INPUT_INVALID',
        'dependsOn.0 there is no key result KR-8',
        'dependsOn.2 names KR-1 a second time',
      ],
    )
  })

  it('that lead back are refused, and the circle is named', async () => {
    await objective()
    await keyResult()
    await keyResult({ dependsOn: ['KR-1'] })
    await keyResult({ dependsOn: ['KR-1', 'KR-2'] })
    expect(await refused('PATCH', 'key-results/KR-1', { dependsOn: ['KR-3'] })).toEqual([
      400,
      'OKR_ALIGNMENT_CIRCULAR',
      'dependsOn leads in a circle: KR-1 → KR-3 → KR-1',
    ])
    expect(await refused('POST', 'key-results', aKeyResult({ key: 'KR-9', dependsOn: ['KR-9'] }))).toEqual([
      400,
      'OKR_ALIGNMENT_CIRCULAR',
      'dependsOn leads in a circle: KR-9 → KR-9',
    ])
    await keyResult({ dependsOn: ['KR-3', 'KR-1'] })
  })
})

interface Node {
  readonly key: string
  readonly children: Node[]
}

const shape = (nodes: Node[]): unknown =>
  Object.fromEntries(nodes.map(({ key, children }) => [key, shape(children)]))

describe('the alignment of a cycle', () => {
  it('is a tree with what it supports elsewhere, orphans and conflicts', async () => {
    await cascade()
    const epic = (id: number, labels: string[]) => inSprint(id, { labels, level: 1, sprintIds: [] })
    const issues = [epic(1, ['KR-3', 'KR-4']), epic(2, ['KR-3'])]
    await storeSprintSite(api, { sprints: [], issues }, NOW)
    await report({ 'KR-1': 55, 'KR-2': 46, 'KR-3': 50, 'KR-4': 50 })
    const body = await read('alignment?cycle=2026-Q4')
    const tree = body['tree'] as Node[]
    expect(shape(tree)).toEqual({ 'O-1': { 'O-2': { 'O-3': {} } }, 'O-4': {}, 'O-5': {} })
    expect(tree[0]).toMatchObject({ isElsewhere: true, progress: 1, health: 'done', cycle: '2026' })
    expect(tree[0]?.children[0]).toMatchObject({
      isElsewhere: false,
      parent: 'KR-1',
      progress: 0.3,
      keyResults: [{ key: 'KR-2', progress: 0.1, health: 'off_track' }],
    })
    expect(body['orphans']).toEqual(['O-4', 'O-5'])
    const conflicts = body['conflicts'] as { kind: string; level: string | null; sentence: string }[]
    expect(conflicts.map(({ kind, level, sentence }) => [kind, level, sentence])).toEqual([
      ['shared_epic', null, 'PROJ-1 drives key results of several objectives: KR-3 (O-3), KR-4 (O-5).'],
      ['dependency_in_danger', 'off_track', 'KR-3 depends on KR-2, which is off track.'],
      [
        'dependency_due_later',
        null,
        'KR-3 is due on 2026-11-30 and depends on KR-2, which is due later, on 2026-12-31.',
      ],
      ['individual_without_parent', null, 'O-4 is of an individual and supports nothing: give it a parent.'],
    ])
  })

  it('covers every cycle that runs now when none is named, and none when none runs', async () => {
    await cascade()
    expect(await read('alignment')).toMatchObject({ cycles: ['2026', '2026-Q4'] })
    api.setNow(Date.UTC(2030, 0, 1))
    expect(await read('alignment')).toEqual({ cycles: [], tree: [], orphans: [], conflicts: [] })
    expect((await api.ask('GET', '/api/v1/alignment?cycle=2025')).status).toBe(404)
  })

  it('tells parents that are archived or end earlier, and a cascade that runs the other way', async () => {
    await cascade()
    await objective({ cycle: '2027', level: 'company', parent: 'O-2' })
    await objective({ cycle: '2027', parent: 'O-5' })
    await api.ask('POST', '/api/v1/key-results/KR-4/archive')
    await api.ask('POST', '/api/v1/objectives/O-5/archive')
    const { conflicts, tree } = await read('alignment?cycle=2027')
    expect((conflicts as { sentence: string }[]).map(({ sentence }) => sentence)).toEqual([
      'O-7 supports O-5, which is archived.',
      'O-6 runs until 2027-12-31 and supports O-2 of 2026-Q4, which ends earlier, on 2026-12-31.',
      'O-6 of level company supports O-2 of level department: the cascade runs the other way.',
    ])
    expect(shape(tree as Node[])).toEqual({ 'O-1': { 'O-2': { 'O-6': {} } }, 'O-7': {} })
  })

  it('reads a circle that was stored all the same', async () => {
    await cascade()
    await api.store.query(`update objectives set parent = 'O-3' where key = 'O-2'`)
    const { tree, conflicts } = await read('alignment?cycle=2026-Q4')
    expect(shape(tree as Node[])).toEqual({ 'O-2': {}, 'O-3': {}, 'O-5': {}, 'O-4': {} })
    expect(conflicts).toMatchObject([
      { kind: 'dependency_due_later' },
      { kind: 'circular_parents', goals: ['O-2', 'O-3'] },
      { kind: 'individual_without_parent' },
    ])
  })

  it('is drawn as one SVG that stands by itself, the same every time', async () => {
    await cascade()
    await report({ 'KR-1': 55, 'KR-2': 46, 'KR-3': 50 })
    const { status, headers, text } = await api.ask('GET', '/api/v1/alignment.svg?cycle=2026-Q4')
    expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml'])
    for (const key of ['O-1', 'O-2', 'O-3', 'O-4', 'O-5', 'KR-1', 'KR-2', 'KR-3', 'KR-4']) {
      expect(text).toContain(`>${key}</tspan>`)
    }
    expect(text).toContain('Sell with &lt;confidence&gt; &amp; care')
    expect(text).toContain('<title>KR-3 depends on KR-2</title>')
    const again = await api.ask('GET', '/api/v1/alignment.svg?cycle=2026-Q4')
    expect(again.text).toBe(text)
  })
})
