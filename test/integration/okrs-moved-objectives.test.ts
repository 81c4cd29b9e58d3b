import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EXAMPLE, forgetGoals, okrFiles } from '../support/okr-files.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

let store: FreshDatabase
let files: ReturnType<typeof okrFiles>

const NEXT = 'version: 1\ncycles: [{ key: 2027-Q1, title: Q1, startDay: 2027-01-01, endDay: 2027-03-31 }]\n'
/** Without one of its key results, and without naming a cycle as its own. */
const moved = (more = '') =>
  `version: 1\nobjectives:\n  - { key: O-2, cycle: 2027-Q1, title: Searches find what people mean${more} }\n`

beforeAll(async () => {
  store = await freshDatabase()
  files = okrFiles(store)
})
afterAll(() => store.drop())
beforeEach(async () => {
  await forgetGoals(store)
  await files.apply(EXAMPLE.replace(/ {8}dueDay: 2026-12-18[\s\S]*?progress: 0.7 \}\n/, ''))
  await files.apply(NEXT)
  await store.query('delete from dirty_key_results')
  files.rings.length = 0
})

const marks = () => store.query('select key_result, needs_relink from dirty_key_results order by key_result')

describe('key results of an objective that a file moves without naming them', () => {
  it('go along into the other cycle: they are linked anew, and their due day is told to move', async () => {
    const { changes } = await files.apply(moved())
    expect(changes.map(({ key }) => key)).toEqual(['O-2'])
    expect(await marks()).toEqual(
      ['KR-3', 'KR-4', 'KR-5'].map((key) => ({ key_result: key, needs_relink: true })),
    )
    expect(files.rings).toEqual(['KR-3', 'KR-4', 'KR-5'])
    expect(
      await store.query(
        `select key_result from movements where movement ->> 'kind' = 'due_date_moved' order by 1`,
      ),
    ).toEqual(['KR-3', 'KR-4', 'KR-5'].map((key) => ({ key_result: key })))
  })

  it('keep it where it is when they do not fit into the time of the other cycle', async () => {
    await store.query(`update key_results set due_day = '2026-12-18' where key = 'KR-3'`)
    const plan = { kind: 'targets', targets: [{ day: '2026-11-30', progress: 0.5 }] }
    await store.query(`update key_results set plan = $1 where key = 'KR-4'`, [JSON.stringify(plan)])
    await store.query(`update key_results set due_day = '2026-12-18', archived_at = now() where key = 'KR-5'`)
    expect((await files.problems(moved())).map(({ path, message }) => [path?.join('.'), message])).toEqual([
      [
        'objectives.0.cycle',
        'KR-3 is due on 2026-12-18, outside the cycle 2027-Q1 (2027-01-01 to 2027-03-31)',
      ],
      ['objectives.0.cycle', 'the plan of KR-4 does not fit the cycle 2027-Q1 (2027-01-01 to 2027-03-31)'],
    ])
  })

  it('are looked at anew when it gets another team or policy', async () => {
    await files.apply(moved().replace('2027-Q1', '2026-Q4').replace(' }', ', healthPolicy: balanced }'))
    expect(await marks()).toEqual(
      ['KR-3', 'KR-4', 'KR-5'].map((key) => ({ key_result: key, needs_relink: false })),
    )
  })

  it('stay with it when the file is applied again, whichever cycles it lists', async () => {
    await files.apply(moved())
    expect((await files.apply(moved())).changes).toEqual([])
    const listed = NEXT + moved().replace('version: 1\n', '')
    expect((await files.apply(listed)).changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'archive KR-3',
      'archive KR-4',
      'archive KR-5',
    ])
    expect((await files.apply(listed)).changes).toEqual([])
  })

  it('are archived at once where the file lists the cycle it moves into: again there is nothing to do', async () => {
    const listed = NEXT + moved().replace('version: 1\n', '')
    expect((await files.apply(listed)).changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'change O-2',
      'archive KR-3',
      'archive KR-4',
      'archive KR-5',
    ])
    expect((await files.apply(listed)).changes).toEqual([])
  })
})
