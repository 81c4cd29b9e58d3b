import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyTree, filesOf, ROOT, runTool, type TreeCopy } from '../support/working-tree.ts'

interface Cruise {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
  }
}

async function cruise(root: string): Promise<Cruise> {
  const { output } = await runTool(
    root,
    'depcruise',
    ...['src', 'workers', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
  )
  return JSON.parse(output.slice(output.indexOf('{'))) as Cruise
}

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[]
}

/** A file, what it says, and the rule that must say no. */
const PLANTED: readonly (readonly [string, string, string])[] = [
  ['src/domain/planted-driver.ts', `import pg from 'pg'\nexport const x = pg`, 'domain-imports-only-domain'],
  ['src/domain/planted-files.ts', `export * from 'node:fs'`, 'domain-imports-only-domain'],
  ['src/domain/planted-app.ts', `export { sweep } from '../app/sweep.ts'`, 'domain-imports-only-domain'],
  [
    'src/domain/planted-type.ts',
    `export type { Clock } from '../app/ports/clock.ts'`,
    'domain-imports-only-domain',
  ],
  [
    'src/domain/planted-contract.ts',
    `export * from '../contracts/jira/json.ts'`,
    'domain-imports-only-domain',
  ],
  [
    'src/app/planted-adapter.ts',
    `export * from '../adapters/system/clock.ts'`,
    'app-imports-only-app-and-domain',
  ],
  ['src/app/planted-node.ts', `export * from 'node:crypto'`, 'app-imports-only-app-and-domain'],
  [
    'src/app/planted-type.ts',
    `import type { z } from 'zod'\nexport type X = z.ZodType`,
    'app-imports-only-app-and-domain',
  ],
  ['src/contracts/planted-app.ts', `export * from '../app/failure.ts'`, 'contracts-import-zod-and-domain'],
  [
    'src/adapters/system/planted-worker.ts',
    `export * from '../../../workers/start-workers.ts'`,
    'adapters-face-inwards',
  ],
  ['src/adapters/queue/planted-http.ts', `export * from '../../http/paging.ts'`, 'adapters-face-inwards'],
  [
    'src/adapters/jira/planted-neighbour.ts',
    `export * from '../system/clock.ts'`,
    'adapters-are-independent',
  ],
  ['src/http/planted-adapter.ts', `export * from '../adapters/system/clock.ts'`, 'http-talks-to-app'],
  ['src/http/planted-config.ts', `export type { Config } from '../config.ts'`, 'http-talks-to-app'],
  ['workers/planted-adapter.ts', `export * from '../src/adapters/system/clock.ts'`, 'workers-talk-to-app'],
  ['src/app/planted-compose.ts', `export type { Service } from '../compose.ts'`, 'only-entrypoints-compose'],
  ['src/lifecycle-planted.ts', `export * from './compose/ensure-site.ts'`, 'only-entrypoints-compose'],
  [
    'src/app/planted-demo.ts',
    `export * from '../demo/jira-simulator/site/jira-time.ts'`,
    'nothing-imports-the-demo-or-cli',
  ],
  ['src/adapters/system/planted-fastify.ts', `export * from 'fastify'`, 'fastify-stays-home'],
  ['src/http/planted-drizzle.ts', `export * from 'drizzle-orm'`, 'drizzle-orm-stays-home'],
  ['workers/planted-bullmq.ts', `export * from 'bullmq'`, 'bullmq-stays-home'],
  ['src/adapters/postgres/planted-undici.ts', `export type { Pool } from 'undici'`, 'undici-stays-home'],
  ['src/domain/planted-circle-a.ts', `export * from './planted-circle-b.ts'`, 'no-circular'],
  ['src/domain/planted-nowhere.ts', `export * from './nowhere.ts'`, 'not-to-unresolvable'],
  ['src/app/planted-test.ts', `export * from '../../test/support/silent-log.ts'`, 'not-to-test'],
]

/** A circle is reported where it is met first. */
const REST_OF_THE_CIRCLE = {
  'src/domain/planted-circle-b.ts': `export * from './planted-circle-a.ts'`,
}

describe('the layers', () => {
  it('hold, and every source file was looked at', async () => {
    const { modules, summary } = await cruise(ROOT)
    const seen = modules.map(({ source }) => source).filter((source) => /^(src|workers)\//.test(source))
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.sort()).toEqual(filesOf('src/**/*.ts', 'workers/**/*.ts'))
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  })
})

describe('a planted violation', () => {
  let tree: TreeCopy
  let found: readonly string[]

  beforeAll(async () => {
    tree = copyTree()
    for (const [file, text] of PLANTED) tree.plant({ [file]: text })
    tree.plant(REST_OF_THE_CIRCLE)
    const { summary } = await cruise(tree.root)
    found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
  })
  afterAll(() => tree.remove())

  it.each(PLANTED)('%s is reported: %s', (file, _, rule) => {
    expect(found).toContain(`${rule}: ${file}`)
  })

  it('exists for every rule, and no rule has lost its name', () => {
    const planted = new Set(PLANTED.map(([, , rule]) => rule))
    expect([...planted].sort()).toEqual(forbidden.map(({ name }) => name).sort())
  })
})
