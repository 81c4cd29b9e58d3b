import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { problemsOfPart } from '../../src/app/okrs/plan-okrs.ts'
import type { DocumentProblem } from '../../src/contracts/okrs/document-problem.ts'
import { allProblems, readOkrDocument } from '../../src/contracts/okrs/okr-document.ts'
import { NOW } from '../support/api.ts'
import { forgetGoals, knowIssues, okrFiles } from '../support/okr-files.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

let store: FreshDatabase
let files: ReturnType<typeof okrFiles>

beforeAll(async () => {
  store = await freshDatabase()
  files = okrFiles(store)
  await knowIssues(store)
})
afterAll(() => store.drop())
beforeEach(() => forgetGoals(store))

async function problemsIn(text: string, now = NOW): Promise<DocumentProblem[]> {
  const read = readOkrDocument(text)
  if (read.kind === 'document') throw new Error('the file has nothing that could not be read')
  const { records } = store.database
  return allProblems(read, read.part === null ? [] : await problemsOfPart(records, read.part, now))
}

const told = async (text: string) =>
  (await problemsIn(text)).map(({ line, path, message }) => `${line} ${path}: ${message}`)

const TWENTY = `version: 1
cycles:
  - key: 2026-Q4
    title: Fourth quarter
    startDay: 2026-10-01
    endDay: 2026-12-31
    timeZone: Europe/Berlln
    colour: red
teams:
  - { key: search, title: Search, notify: sometimes, anchorIssue: { site: mein, issue: PROJ-7 } }
objectives:
  - key: O-1
    cycle: 2026-Q4
    title: People find what they look for
    level: everybody
    team: sarch
    healthPolicy: gut-feeling
    keyResults:
      - key: KR-1
        measure: { kind: metric, unit: '%', baseline: 9, target: 9 }
        dueDay: 2027-01-18
        dependsOn: [KR-99, KR-2, KR-2]
      - key: KR-2
        title: Half as many searches without result
        measure: { kind: metric, unit: '%', baseline: many, target: 4 }
        weight: 0
        anchorIssue: { site: main, issue: PROJ-404 }
      - key: KR-2
        title: The same key again
        measure: { kind: foo }
  - key: O-2
    cycle: 2025-Q1
    title: They come back
    parent: O-77
    ambition: bold
    keyResults:
      - { key: KR3, title: More visits, measure: { kind: binary }, plan: { kind: soon } }
`

const PLACES = [
  'cycles.0.timeZone',
  'cycles.0.colour',
  'teams.0.notify',
  'teams.0.anchorIssue',
  'objectives.0.level',
  'objectives.0.team',
  'objectives.0.healthPolicy',
  'objectives.0.keyResults.0.title',
  'objectives.0.keyResults.0.measure.target',
  'objectives.0.keyResults.0.dueDay',
  'objectives.0.keyResults.0.dependsOn.0',
  'objectives.0.keyResults.0.dependsOn.2',
  'objectives.0.keyResults.1.measure.baseline',
  'objectives.0.keyResults.1.weight',
  'objectives.0.keyResults.1.anchorIssue',
  'objectives.0.keyResults.2.key',
  'objectives.0.keyResults.2.measure.kind',
  'objectives.1.cycle',
  'objectives.1.parent',
  'objectives.1.ambition',
]

describe('a file that cannot be read as a whole', () => {
  const twenty = TWENTY.replace('key: KR3', 'key: KR-3').replace('kind: soon', 'kind: linear')

  it('with twenty mistakes of twenty kinds gives twenty problems at once, by line', async () => {
    const problems = await problemsIn(twenty)
    expect(problems.map(({ path }) => path).toSorted()).toEqual(PLACES.toSorted())
    expect(problems).toHaveLength(20)
    const lines = problems.map(({ line }) => line ?? 0)
    expect(lines).toEqual(lines.toSorted((a, b) => a - b))
    const text = await told(twenty)
    expect(text[0]).toMatch(/^7 cycles\.0\.timeZone: Europe\/Berlln is not a time zone/)
    expect(text).toContain(
      '16 objectives.0.team: there is no team sarch; add it to teams, or write it first with PUT /api/v1/teams/sarch',
    )
    expect(text).toContain('22 objectives.0.keyResults.0.dependsOn.0: there is no key result KR-99')
  })

  it('gives the same as JSON, each at its line there', async () => {
    const text = JSON.stringify(parse(twenty), null, 1)
    const problems = await problemsIn(text)
    expect(problems.map(({ path }) => path).toSorted()).toEqual(PLACES.toSorted())
    const rows = text.split('\n')
    for (const { line, path } of problems) {
      const names = path.split('.').filter((step) => !/^\d+$/.test(step))
      // What is missing is told where that begins which lacks it; an entry of a list has no name.
      const isNamed = !path.endsWith('title') && !/\.\d+$/.test(path)
      if (isNamed) expect(rows[line! - 1], path).toContain(`"${names.at(-1)!}"`)
    }
    const lines = problems.map(({ line }) => line ?? 0)
    expect(lines).toEqual(lines.toSorted((a, b) => a - b))
  })

  it('is one problem for a goal that cannot be read, and none for those that name it', async () => {
    const naming = (own: string) => `version: 1
cycles: [{ key: Q 4, title: Q4, startDay: 2026-10-01, endDay: 2026-12-31 }]
teams: [{ key: search, title: Search, notify: 5 }]
objectives:
  - { key: O-1, cycle: Q4, title: One, team: search, level: nobody }
  - { key: O-2, cycle: Q4, title: Two, parent: KR-1 }
  - key: O-3
    cycle: Q4
    title: Three
    parent: O-1
    keyResults:
      - ${own}
      - { key: KR-2, title: Two, measure: { kind: binary }, dependsOn: [KR-1] }
`
    const fields = async (own: string) => (await problemsIn(naming(own))).map(({ path }) => path)
    const around = ['cycles.0.key', 'teams.0.notify', 'objectives.0.level']
    const inside = (name: string) => [...around, `objectives.2.keyResults.0${name}`]
    expect(await fields('{ key: KR-1, measure: { kind: binary } }')).toEqual(inside('.title'))
    expect(await fields('{ key: KR1, title: One, measure: { kind: binary } }')).toEqual(inside('.key'))
    expect(await fields('{ title: One, measure: { kind: binary } }')).toEqual(inside('.key'))
    expect(await fields('KR-1')).toEqual(inside(''))
    const renamed = naming('{ key: KR-1, title: One, measure: { kind: binary } }').replace(
      'keyResults',
      'keyresults',
    )
    expect((await problemsIn(renamed)).map(({ path }) => path)).toEqual([
      ...around,
      'objectives.2.keyresults',
    ])
  })

  it('draws no conclusions from days that cannot be read', async () => {
    const file = (startDay: string) => `version: 1
cycles: [{ key: Q4, title: Q4, startDay: ${startDay}, endDay: 2026-12-31 }]
objectives:
  - key: O-1
    cycle: Q4
    title: One
    keyResults: [{ key: KR-1, title: One, measure: { kind: binary }, dueDay: 2027-01-01, dependsOn: [KR-9] }]
`
    const paths = async (day: string) => (await problemsIn(file(day))).map(({ path }) => path)
    const unknown = 'objectives.0.keyResults.0.dependsOn.0'
    expect(await paths('soon')).toEqual(['cycles.0.startDay', unknown])
    expect(await paths('2026-10-01, colour: red')).toEqual([
      'cycles.0.colour',
      unknown,
      'objectives.0.keyResults.0.dueDay',
    ])
  })

  it('says nothing of what somebody changed meanwhile, and nothing of a closed cycle it could not read', async () => {
    const good = 'version: 1\ncycles: [{ key: Q4, title: Q4, startDay: 2026-10-01, endDay: 2026-12-31 }]\n'
    await files.apply(`${good}teams: [{ key: search, title: Search }]\n`)
    await store.query(`update teams set title = 'Changed'`)
    await store.query('update cycles set closed_at = now()')
    const faulty = `${good.replace('title: Q4', 'title: 4')}teams: [{ key: search, title: Search, notify: 5 }]\n`
    expect((await problemsIn(faulty)).map(({ path }) => path)).toEqual(['cycles.0.title', 'teams.0.notify'])
  })

  it('is told what no longer changes of a cycle that is over, but not by days or keys that cannot be read', async () => {
    const file = (
      own: { cycle?: string; next?: string; key?: string; size?: string; faulty?: string } = {},
    ) => `version: 1
cycles:
  - { key: Q4, title: Q4, startDay: 2026-10-01, endDay: 2026-12-31 }
  - { key: Q1, title: Q1, startDay: 2027-01-01, endDay: ${own.next ?? '2027-03-31'} }
objectives:
  - key: ${own.key ?? 'O-1'}
    cycle: ${own.cycle ?? 'Q4'}
    title: One
    ${own.faulty ?? ''}
    keyResults:
      - key: KR-1
        title: One
        measure: { kind: delivery, size: ${own.size ?? 'points'}, target: { kind: scope } }
`
    await files.apply(file())
    const faulty = 'level: everybody'
    const afterwards = Date.parse('2027-01-05T00:00:00Z')
    const paths = async (text: string, now = afterwards) =>
      (await problemsIn(text, now)).map(({ line, path }) => `${line} ${path}`)
    const level = '9 objectives.0.level'
    const moved = file({ cycle: 'Q1', faulty })
    const sized = file({ size: 'count', faulty })
    expect(await paths(moved)).toEqual(['7 objectives.0.cycle', level])
    expect(await paths(sized)).toEqual([level, '13 objectives.0.keyResults.0.measure'])
    expect(await paths(moved, NOW)).toEqual([level])
    expect(await paths(sized, NOW)).toEqual([level])
    expect(await paths(file({ cycle: 'Q1', next: 'soon' }))).toEqual(['4 cycles.1.endDay'])
    expect(await paths(file({ cycle: 'Q1', key: 'OO-1' }))).toEqual(['6 objectives.0.key'])
  })

  it('has nothing more to say where nothing of it is readable', async () => {
    expect(await told('just text')).toEqual(['1 : expected properties with their values; found "just text"'])
  })
})
