import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runThroughline } from '../support/command-line.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
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
