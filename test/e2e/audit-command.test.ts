import { writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, aKeyResult, createGoals, forgetEverything } from '../support/api-goals.ts'
import { runCommand } from '../support/hosted-commands.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'

const WRITING = [
  ...['apply', 'import', 'check-in', 'tick', 'kpi push'],
  ...['cycle close', 'cycle reopen', 'cycle roll-over'],
  ...['template save', 'template remove', 'template use'],
]
const NOT_WRITING_GOALS = [
  ...['serve', 'connect', 'backfill', 'rebuild', 'replay', 'demo', 'backtest', 'audit', 'due', 'lint'],
  ...['deliveries list', 'deliveries replay', 'alignment', 'export', 'export-all', 'kpi list'],
  ...[
    'sprint plan',
    'sprint standup',
    'sprint review',
    'board trend',
    'cycle retrospective',
    'template list',
  ],
]

interface Named {
  readonly commands: readonly Named[]
  readonly options: readonly { readonly long?: string | undefined }[]
  name(): string
}

/** Every command by the words it is called with, with its options. */
function commandsOf(command: Named, words: readonly string[] = []): [string, (string | undefined)[]][] {
  if (command.commands.length === 0) return [[words.join(' '), command.options.map(({ long }) => long)]]
  return command.commands.flatMap((each) => commandsOf(each, [...words, each.name()]))
}

describe('a command that writes goals', () => {
  const commands = new Map(commandsOf(createProgram({})))

  it('is known as one: a new command says here whether it is', () => {
    expect([...commands.keys()].sort()).toEqual([...WRITING, ...NOT_WRITING_GOALS].sort())
  })

  it.each(WRITING)('%s asks who and why', (name) => {
    expect(commands.get(name)).toEqual(expect.arrayContaining(['--by', '--reason']))
  })
})

describe('throughline audit', () => {
  let api: TestApi
  let folder: PrivateFolder
  beforeAll(async () => {
    api = await startApi()
    folder = privateFolder()
  })
  afterAll(async () => {
    folder.remove()
    await api.stop()
  })
  beforeEach(() => forgetEverything(api))
  const run = (...args: string[]) => runCommand(args, { DATABASE_URL: api.store.url })

  it('tells who changed what of a goal and why, a line for each property', async () => {
    await createGoals(api)
    const measure = { kind: 'metric', unit: '%', baseline: 45, target: 60 }
    const body = { measure, dueDay: '2026-12-18', by: 'Ada', reason: 'The supplier moved the date.' }
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body })
    const { output, errors } = await run('audit', 'KR-1', '--action', 'key_result.update')
    expect(errors).toBe('')
    const [header, , ...lines] = output.trimEnd().split('\n')
    expect(header).toMatch(/^when +who +what +of +property +before +after +why$/)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(
      /^2026-11-21 10:00:00 +Ada \(api\) +key_result\.update +KR-1 +dueDay +– +2026-12-18 +The supplier moved the date\.$/,
    )
    expect(lines[1]).toMatch(/^ +measure\.target +55 +60$/)
  })

  it('gives the same as JSON, and only of the time that is asked for', async () => {
    await createGoals(api)
    const { output } = await run('audit', '--json', '--limit', '2')
    expect(JSON.parse(output)).toMatchObject([
      { action: 'key_result.create' },
      { action: 'objective.create' },
    ])
    const { output: none } = await run('audit', '--until', '2026-11-21')
    expect(none).toBe('Nothing was changed.\n')
    const { code, errors } = await run('audit', '--from', 'yesterday')
    expect(code).toBe(1)
    expect(errors).toContain(
      'from expected an instant with its offset, such as 2026-12-31T09:00:00Z; found "yesterday"',
    )
  })

  it('knows whoever runs a command, or whom they name, and the reason they give', async () => {
    await createGoals(api)
    await run('check-in', 'KR-1', '--value', '50', '--reason', 'As measured today.')
    await run('check-in', 'KR-1', '--value', '51', '--by', 'Grace Hopper')
    const [second, first] = JSON.parse(
      (await run('audit', 'KR-1', '--action', 'check_in.create', '--json')).output,
    ) as object[]
    expect(first).toMatchObject({ actor: 'cli', by: userInfo().username, reason: 'As measured today.' })
    expect(second).toMatchObject({ actor: 'cli', by: 'Grace Hopper', reason: null })
    const refused = await run('check-in', 'KR-1', '--value', '52', '--reason', 'two\nlines')
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('--reason holds control')])
  })

  const fileWith = (name: string, text: string): string => {
    const path = join(folder.path, name)
    writeFileSync(path, text)
    return path
  }

  it('holds what every command that writes was told', async () => {
    await createGoals(api)
    const steps = [{ title: 'All', percent: 100 }]
    for (const [url, body] of [
      ['/cycles', { ...A_CYCLE, key: '2027-Q1', startDay: '2027-01-01', endDay: '2027-03-31' }],
      ['/key-results', aKeyResult({ measure: { kind: 'milestones', steps } })],
      ['/kpis', { title: 'Attrition', unit: '%', band: { below: 5 } }],
    ] as const) {
      const { status, text } = await api.ask('POST', `/api/v1${url}`, { body })
      expect(status, text).toBe(201)
    }
    const okrs = fileWith('okrs.yaml', 'version: 1\nteams:\n  - key: find\n    title: Find\n')
    const goals = fileWith('goals.csv', 'type,key,confidence\ncheck_in,KR-1,6\n')
    const calls: readonly (readonly [name: string, ...rest: string[]])[] = [
      ['apply', okrs, '--yes'],
      ['import', goals, '--yes'],
      ['check-in', 'KR-1', '--value', '50'],
      ['tick', 'KR-2', '1'],
      ['kpi push', 'KPI-1', '4'],
      ['template save', 'growth', '--cycle', '2026-Q4'],
      ['template use', 'growth', '--cycle', '2027-Q1'],
      ['template remove', 'growth'],
      ['cycle close', '2026-Q4', '--early'],
      ['cycle reopen', '2026-Q4'],
      ['cycle close', '2026-Q4', '--early'],
      ['cycle roll-over', '2026-Q4', '--into', '2027-Q1'],
    ]
    expect([...new Set(calls.map(([name]) => name))].sort()).toEqual([...WRITING].sort())
    for (const [name, ...rest] of calls) {
      const { code, errors } = await run(
        ...name.split(' '),
        ...rest,
        '--by',
        'Ada',
        '--reason',
        `By ${name}.`,
      )
      expect({ name, code, errors: code === 0 ? '' : errors }).toEqual({ name, code: 0, errors: '' })
    }
    const told = await api.store.query(
      "select distinct by, reason from audit where actor = 'cli' and reason is not null order by reason",
    )
    expect(told).toEqual([...WRITING].sort().map((name) => ({ by: 'Ada', reason: `By ${name}.` })))
  })
})
