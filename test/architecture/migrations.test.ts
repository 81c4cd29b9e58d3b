import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { schemaText } from '../../scripts/schema-text.ts'
import { migrateDatabase } from '../../src/adapters/postgres/migrate.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { copyTree, runTool, textOf, type TreeCopy } from '../support/working-tree.ts'

describe('the migrations', () => {
  let tree: TreeCopy
  beforeEach(() => {
    tree = copyTree()
  })
  afterEach(() => tree.remove())

  const generate = () => runTool(tree.root, 'drizzle-kit', 'generate')
  const numbered = () => readdirSync(resolve(tree.root, 'migrations')).filter((name) => name.endsWith('.sql'))

  it('lead to the schema the stores are written for: run `npm run migrations` after a change', async () => {
    const before = numbered()
    expect(before.length).toBeGreaterThan(0)
    const { code, output } = await generate()
    expect(output).toContain('No schema changes')
    expect(code).toBe(0)
    expect(numbered()).toEqual(before)
  })

  it('are missed when a column is added without one', async () => {
    const file = 'src/adapters/postgres/schema/outputs.ts'
    const changed = textOf(file).replace(
      `subject: text().notNull(),`,
      `subject: text().notNull(),\n  planted: text(),`,
    )
    expect(changed).not.toBe(textOf(file))
    tree.plant({ [file]: changed })
    const before = numbered()
    const { output } = await generate()
    expect(output).not.toContain('No schema changes')
    expect(numbered().length).toBe(before.length + 1)
  })
})

describe('a migrated database', () => {
  let store: FreshDatabase
  beforeEach(async () => {
    store = await freshDatabase()
  })
  afterEach(() => store.drop())

  const schema = () => schemaText(async (sql) => (await store.query(sql)).map(({ line }) => String(line)))
  const applied = () =>
    store.query('select id, hash, created_at from drizzle.__drizzle_migrations order by id')

  it('looks as migrations/schema.txt says', async () => {
    const text = await schema()
    expect(text.split('\n').length).toBeGreaterThan(100)
    expect(text).toBe(textOf('migrations/schema.txt'))
  })

  it('shows a difference in that text when anything of it changes', async () => {
    const before = await schema()
    for (const change of [
      'alter table feed alter column subject drop not null',
      'alter table feed add column planted text',
      'drop index audit_by_subject',
      'alter table key_result_flow drop constraint key_result_flow_line',
      'create view planted_view as select 1 as one',
    ]) {
      await store.query(`begin; ${change}`)
      expect(await schema(), change).not.toBe(before)
      await store.query('rollback')
    }
    expect(await schema()).toBe(before)
  })

  it('stays as it is when migrations run again, also at the same time', async () => {
    const [schemaBefore, appliedBefore] = [await schema(), await applied()]
    expect(appliedBefore.length).toBeGreaterThan(0)
    await migrateDatabase(store.url)
    await Promise.all([migrateDatabase(store.url), migrateDatabase(store.url)])
    expect(await applied()).toEqual(appliedBefore)
    expect(await schema()).toBe(schemaBefore)
  })
})
