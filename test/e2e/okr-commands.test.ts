import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../support/hosted-commands.ts'
import { forgetGoals } from '../support/okr-files.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { textOf } from '../support/working-tree.ts'

const EXAMPLE = textOf('examples/okrs.yaml')

let store: FreshDatabase
let folder: PrivateFolder

beforeAll(async () => {
  store = await freshDatabase()
  folder = privateFolder()
})
afterAll(async () => {
  folder.remove()
  await store.drop()
})
beforeEach(() => forgetGoals(store))

const run = (...args: string[]) => runCommand(args, { DATABASE_URL: store.url })

function fileWith(text: string): string {
  const path = resolve(folder.path, 'okrs.yaml')
  writeFileSync(path, text)
  return path
}

describe('throughline apply', () => {
  it('shows the plan, applies it, and has nothing to do the second time', async () => {
    const file = fileWith(EXAMPLE)
    const dry = await run('apply', file, '--dry-run')
    expect(dry.code).toBe(0)
    expect(dry.output).toContain('+ key result KR-1  Raise first-day activation from 45 % to 55 %')
    expect(await store.query('select count(*)::int as n from cycles')).toEqual([{ n: 0 }])

    const applied = await run('apply', file, '--yes')
    expect({ code: applied.code, last: applied.output.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: 'Applied: 1 team created, 1 cycle created, 2 objectives created, 5 key results created, 1 initiative created, 1 KPI created.',
    })
    expect(applied.errors).toContain('Applying 11 changes …')
    const again = await run('apply', file, '--yes')
    expect({ code: again.code, output: again.output }).toEqual({
      code: 0,
      output: 'Nothing to do: the goals are as the file says.\n',
    })
  })

  it('needs somebody to ask, and says as JSON what it did', async () => {
    const file = fileWith(EXAMPLE)
    const asked = await run('apply', file)
    expect({ code: asked.code, errors: asked.errors }).toEqual({
      code: 1,
      errors: expect.stringContaining('Give --yes to apply, or --dry-run to look.') as string,
    })
    const { output } = await run('apply', file, '--yes', '--json')
    expect(JSON.parse(output)).toMatchObject({ counts: { create: 11 } })
  })

  it('names the lines of what is wrong, and ends with 2', async () => {
    const file = fileWith(EXAMPLE.replace('level: company', 'level: everybody'))
    const line = EXAMPLE.split('\n').indexOf('    level: company') + 1
    const { code, errors } = await run('apply', file, '--yes')
    expect(code).toBe(2)
    expect(errors).toContain(
      `${file}:${line}: objectives.0.level expected company, department, team, individual`,
    )
    const unknown = await run('apply', fileWith(EXAMPLE.replaceAll('team: search', 'team: nobody')), '--yes')
    expect({ code: unknown.code, count: unknown.errors.match(/there is no team nobody/g)?.length }).toEqual({
      code: 2,
      count: 2,
    })
    expect((await run('apply', resolve(folder.path, 'none.yaml'), '--yes')).code).toBe(2)
  })

  it('ends with 4 over what somebody changed, unless the file is to win', async () => {
    const file = fileWith(EXAMPLE)
    await run('apply', file, '--yes')
    await store.query(`update key_results set title = 'By hand' where key = 'KR-1'`)
    const { code, errors } = await run('apply', file, '--yes')
    expect(code).toBe(4)
    expect(errors).toContain('KR-1 title was changed to "By hand" after the file was applied')
    const won = await run('apply', file, '--yes', '--overwrite')
    expect(won.output).toContain('title: "By hand" → "Raise first-day activation from 45 % to 55 %"')
    expect(won.code).toBe(0)
  })
})

describe('throughline export', () => {
  it('writes the file back, to be applied as it is', { timeout: 120_000 }, async () => {
    await run('apply', fileWith(EXAMPLE), '--yes')
    const { output } = await run('export', '--cycle', '2026-Q4')
    expect(output).toContain('key: KR-5')
    expect(output).not.toContain('KPI-1')
    const out = resolve(folder.path, 'export.yaml')
    expect((await run('export', '--out', out)).output).toBe(`Written to ${out}.\n`)
    expect(readFileSync(out, 'utf8')).toContain('key: KPI-1')
    expect((await run('apply', out, '--yes')).output).toContain('Nothing to do')
    expect((await run('export', '--cycle', 'no such cycle')).code).toBe(1)
  })
})
