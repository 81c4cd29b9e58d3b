import { describe, expect, it } from 'vitest'
import { okrSchema } from '../../scripts/okr-schema.ts'
import { readOkrDocument } from '../../src/contracts/okrs/okr-document.ts'
import { okrText } from '../../src/contracts/okrs/okr-text.ts'
import { documentFrom } from '../support/okr-files.ts'
import { textOf } from '../support/working-tree.ts'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

const EXAMPLE = textOf('examples/okrs.yaml')

const problemsOf = (text: string) => {
  const read = readOkrDocument(text)
  return read.kind === 'problems'
    ? read.problems.map(({ line, path, message }) => `${line} ${path}: ${message}`)
    : []
}

describe('a file of OKRs', () => {
  it('gives what it leaves out its default', () => {
    const [objective] = documentFrom('version: 1\nobjectives: [{ key: o-1, cycle: Q4, title: T }]').objectives
    expect(objective).toEqual({
      key: 'O-1',
      cycle: 'Q4',
      title: 'T',
      description: '',
      parent: null,
      contributionWeight: null,
      healthRollUp: 'worst',
      level: 'team',
      ambition: 'committed',
      owner: null,
      team: null,
      healthPolicy: null,
      externalId: null,
      keyResults: [],
    })
  })

  it('has a KPI checked once in each of its periods, unless it says otherwise, and is written alike', () => {
    const kpi = (own: string) =>
      `version: 1\nkpis: [{ key: KPI-1, title: T, unit: h, band: { below: 5 }${own} }]`
    const days = (own: string) => documentFrom(kpi(own)).kpis[0]?.checkEveryDays
    expect(
      [
        '',
        ', period: day',
        ', period: week',
        ', period: quarter',
        ', period: week, checkEveryDays: null',
      ].map(days),
    ).toEqual([31, 1, 7, 92, 7])
    expect(days(', period: week, checkEveryDays: 31')).toBe(31)
    expect(okrText(documentFrom(kpi(', period: week')))).not.toContain('checkEveryDays')
    expect(okrText(documentFrom(kpi(', period: week, checkEveryDays: 31')))).toContain('checkEveryDays: 31')
  })

  it('with twenty errors gives twenty problems, each with its line and what to write', () => {
    const text = `version: 1
cycles:
  - key: Q 4
    title: ''
    startDay: 2026-13-01
    workingDays: [1, 8]
    colour: red
teams:
  - key: search
    notify: sometimes
    endOfDay: 25:00
objectives:
  - key: OO-1
    cycle: 2026-Q4
    level: teamm
    ambition: bold
    keyResults:
      - key: KR1
        title: 5
        measure: { kind: metric, unit: '%', baseline: many }
        weight: 0
        plan: { kind: targets, targets: [{ day: soon, progress: 2 }] }
      - key: KR-2
        title: Two
        measure: { kind: foo }
        dependsOn: KR-1
`
    expect(problemsOf(text)).toEqual([
      '3 cycles.0.key: is not a cycle key; expected something like 2026-Q4; found "Q 4"',
      '3 cycles.0.endDay: is missing; give text',
      '4 cycles.0.title: expected text that is not empty; found ""',
      '5 cycles.0.startDay: expected a day such as 2026-12-31; found "2026-13-01"',
      '6 cycles.0.workingDays.1: expected at most 7; found 8',
      '7 cycles.0.colour: is not a property here; check its spelling, or take it out',
      '9 teams.0.title: is missing; give text',
      '10 teams.0.notify: expected each, digest; found "sometimes"',
      '11 teams.0.endOfDay: is not a time of day such as 17:00; found "25:00"',
      '13 objectives.0.key: is not an objective key; expected something like O-3; found "OO-1"',
      '13 objectives.0.title: is missing; give text',
      '15 objectives.0.level: expected company, department, team, individual; found "teamm"',
      '16 objectives.0.ambition: expected committed, aspirational; found "bold"',
      '18 objectives.0.keyResults.0.key: is not a key result key; expected something like KR-12; found "KR1"',
      '19 objectives.0.keyResults.0.title: expected text (in quotes, if it looks like a number); found 5',
      '20 objectives.0.keyResults.0.measure.baseline: expected a number; found "many"',
      '20 objectives.0.keyResults.0.measure.target: is missing; give a number',
      '21 objectives.0.keyResults.0.weight: expected more than 0; found 0',
      '22 objectives.0.keyResults.0.plan.targets.0.day: expected a day such as 2026-12-31; found "soon"',
      '22 objectives.0.keyResults.0.plan.targets.0.progress: expected at most 1; found 2',
      '25 objectives.0.keyResults.1.measure.kind: expected delivery, field_sum, metric, range, milestones, binary; found "foo"',
      '26 objectives.0.keyResults.1.dependsOn: expected a list; found "KR-1"',
    ])
  })

  it.each([
    ['is no YAML', 'version: 1\ncycles: [\n', /^3 : is not YAML at column 1: a \[ further up/],
    [
      'says a property twice',
      'version: 1\nversion: 1\n',
      /^2 : says version again; it stands on line 1 already: keep one of them$/,
    ],
    [
      'refers to itself',
      'version: 1\ncycles: &a [*a]\n',
      /^2 : refers to another place by \*a; write it out here, or put it in quotes if it is text$/,
    ],
    ['has keys that are no names', 'version: 1\n? [a]\n: 1\n', /has a key that is not a plain name/],
    [
      'is nested without end',
      `version: 1\ncycles: ${'['.repeat(80)}${']'.repeat(80)}`,
      /^2 : is nested deeper than 60 levels$/,
    ],
    ['is empty', '', /^null : expected properties with their values; found null$/],
    ['is of another version', 'version: 2', /^1 version: expected 1; found 2$/],
    ['is larger than can be read', ' '.repeat(10 * 1024 * 1024 + 1), /^null : is 10485761 characters long/],
  ])('that %s is refused', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(problem) as string])
  })

  it('knows the lines of its parts', () => {
    const read = readOkrDocument(EXAMPLE)
    if (read.kind !== 'document') throw new Error('unreadable')
    const lineWith = (text: string) => EXAMPLE.split('\n').findIndex((line) => line.includes(text)) + 1
    expect(read.lineOf(['objectives', 1, 'keyResults', 0, 'dueDay'])).toBe(lineWith('dueDay: 2026-12-18'))
    expect(read.lineOf(['objectives', 1, 'keyResults', 0])).toBe(lineWith('key: KR-3'))
    expect(read.lineOf(['objectives', 1, 'keyResults', 0, 'externalId'])).toBe(lineWith('key: KR-3'))
    expect(read.lineOf(['kpis', 0, 'band', 'atLeast'])).toBe(lineWith('atLeast'))
  })

  it('is written without defaults, keys first', () => {
    expect(okrText(documentFrom('version: 1\nobjectives: [{ title: T, level: team, cycle: Q4, key: O-1 }]')))
      .toBe(`version: 1
objectives:
  - key: O-1
    cycle: Q4
    title: T
`)
  })
})

describe('the schema for editors', () => {
  it('is that of the contract: run `node scripts/write-okr-schema.ts` after a change', async () => {
    expect(textOf('schema/okrs.schema.json')).toBe(await okrSchema())
  })

  it('accepts the example, and refuses what the contract refuses', async () => {
    const validate = addFormats
      .default(new Ajv2020.default({ strict: false }))
      .compile(JSON.parse(await okrSchema()) as object)
    expect(validate(parse(EXAMPLE)), JSON.stringify(validate.errors)).toBe(true)
    expect(validate(parse(EXAMPLE.replace('level: company', 'level: everybody')))).toBe(false)
    expect(validate(parse(EXAMPLE.replace('weight: 2', 'wieght: 2')))).toBe(false)
  })
})
