import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runThroughline, startThroughline } from '../support/command-line.ts'
import { tableOfGoals } from '../support/csv-table.ts'
import { eventually } from '../support/eventually.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { signalWithChildren } from '../support/processes.ts'
import { ROOT } from '../support/working-tree.ts'

const EXAMPLE = resolve(ROOT, 'examples/okrs.csv')

describe('throughline import and export-all', () => {
  let store: FreshDatabase
  let folder: PrivateFolder
  const run = (...args: string[]) => runThroughline(args, { DATABASE_URL: store.url })
  const count = async (table: string) => (await store.query(`select count(*)::int as n from ${table}`))[0]?.n
  beforeAll(async () => {
    store = await freshDatabase()
    folder = privateFolder()
  })
  afterAll(async () => {
    await store.drop()
    folder.remove()
  })

  it('looks, imports, finds nothing new the second time, and gives the same goals out again', async () => {
    const dry = await run('import', EXAMPLE, '--dry-run')
    expect(dry.errors).toBe('')
    expect(dry.code).toBe(0)
    expect(dry.output).toContain('new cycle 2026-Q4')
    expect(dry.output).toContain(
      'line 3: new key result KR-1 Activation on the first day rises to 55 %, with a check-in',
    )
    expect(dry.output).toContain('Nothing was written.')
    expect(await count('objectives')).toBe(0)

    const imported = await run('import', EXAMPLE, '--yes')
    expect(imported.output).toMatch(/6 lines: 5 new, 1 check-in; 3 check-ins\.\nImported\.\n$/)
    expect(await count('key_results')).toBe(3)
    expect(await count('check_ins')).toBe(3)

    const again = await run('import', EXAMPLE, '--yes', '--json')
    expect(JSON.parse(again.output)).toMatchObject({ isApplied: true, counts: { unchanged: 6 } })
    expect(await count('check_ins')).toBe(3)

    const out = await run('export-all', '--out', resolve(folder.path, 'backup'))
    expect(out.code).toBe(0)
    const exported = resolve(folder.path, 'backup/key-results.csv')
    expect(await readFile(exported, 'utf8')).toContain('Activation on the first day rises to 55 %')
    const everything = await readFile(resolve(folder.path, 'backup/everything.ndjson'), 'utf8')
    expect(everything.trimEnd().split('\n').at(-1)).toMatch(/^\{"table":"end","row":\{"rows":\d+\}\}$/)
    const back = await run('import', exported, '--yes')
    expect(back.output).toBe('3 lines: 3 unchanged.\nImported.\n')
  }, 120_000)

  it('ends with 1 for a file with a broken line, after saying which, and with 1 where nobody can be asked', async () => {
    const file = resolve(folder.path, 'broken.csv')
    await writeFile(file, 'title,cycle,weight\nGood,2026-Q4,\nBad,2026-Q4,heavy\n')
    const before = await count('objectives')
    const broken = await run('import', file, '--yes')
    expect(broken.code).toBe(1)
    expect(broken.output).toContain('line 3: PROBLEM objective Bad\n    weight: “heavy” is not a number')
    expect(broken.errors).toContain('Nothing was imported: 1 of 2 lines')
    const unasked = await run('import', EXAMPLE)
    expect(unasked.code).toBe(1)
    expect(unasked.errors).toContain('There is nobody to ask. Give --yes')
    expect(await count('objectives')).toBe(before)
  }, 60_000)
})

describe('throughline import of 5,000 rows', () => {
  let store: FreshDatabase
  let folder: PrivateFolder
  const settings = () => ({ DATABASE_URL: store.url })
  const rows = async () =>
    (
      await store.query(`select (select count(*) from cycles)::int as cycles, (select count(*) from objectives)::int as
        objectives, (select count(*) from key_results)::int as "keyResults", (select count(*) from check_ins)::int as
        "checkIns", (select count(*) from audit)::int as audit, (select count(*) from feed)::int as feed`)
    )[0]
  beforeAll(async () => {
    store = await freshDatabase()
    folder = privateFolder()
  })
  afterAll(async () => {
    await store.drop()
    folder.remove()
  })

  it('names each broken line, by --dry-run and without, and writes nothing', async () => {
    const { csv, broken } = tableOfGoals(5_000, 100)
    const file = resolve(folder.path, 'broken.csv')
    await writeFile(file, csv)
    const before = await rows()
    const options = ['--cycle', '2026-Q4', '--json']
    const dry = await runThroughline(['import', file, ...options, '--dry-run'], settings())
    const real = await runThroughline(['import', file, ...options, '--yes'], settings())
    expect([dry.code, real.code]).toEqual([1, 1])
    expect(real.output).toBe(dry.output)
    expect(real.errors).toContain('Nothing was imported: 50 of 5000 lines')
    const { lines } = JSON.parse(real.output) as {
      lines: { line: number; problems: { column: string | null; message: string }[] }[]
    }
    expect(lines.flatMap(({ line, problems }) => problems.map((found) => ({ line, ...found })))).toEqual(
      broken.map(({ line, column, says }) => ({
        line,
        column,
        message: expect.stringMatching(says) as unknown,
      })),
    )
    expect(await rows()).toEqual(before)
  }, 120_000)

  it('that is killed after all but its last step leaves nothing behind, and is done by doing it again', async () => {
    const file = resolve(folder.path, 'good.csv')
    await writeFile(file, tableOfGoals(5_000, null).csv)
    const before = await rows()
    await store.query('begin')
    await store.query('lock table feed in exclusive mode')
    const program = startThroughline(['import', file, '--cycle', '2026-Q4', '--yes'], {
      settings: settings(),
    })
    const waiting = `select pid from pg_locks where relation = 'feed'::regclass and not granted`
    const backend = await eventually(
      'the import to wait for the feed',
      async () => (await store.query(waiting))[0]?.pid,
      60_000,
    )
    signalWithChildren(program.process.pid!, 'SIGKILL')
    await program.exit
    await store.query('commit')
    await eventually(
      'the server to notice',
      async () =>
        (await store.query('select count(*)::int as n from pg_stat_activity where pid = $1', [backend]))[0]
          ?.n === 0,
    )
    expect(await rows()).toEqual(before)

    const again = await runThroughline(['import', file, '--cycle', '2026-Q4', '--yes'], settings())
    expect(again.output.slice(-2_000)).toMatch(/^5000 lines: 5000 new; 4000 check-ins\.\nImported\.$/m)
    expect(await rows()).toMatchObject({ cycles: 1, objectives: 1_000, keyResults: 4_000, checkIns: 4_000 })
    const third = await runThroughline(['import', file, '--cycle', '2026-Q4', '--yes'], settings())
    expect(third.output).toBe('5000 lines: 5000 unchanged.\nImported.\n')
  }, 180_000)
})
