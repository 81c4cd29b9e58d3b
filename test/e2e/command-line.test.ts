import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts'
import { runThroughline, startProgram, startThroughline, untilFinished } from '../support/command-line.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { ROOT } from '../support/working-tree.ts'

const STARTER = resolve(ROOT, 'bin/throughline.js')
const OUR_NODE = resolve(ROOT, 'node_modules/.bin/node')

/** Every Node of this machine, above all an old one that cannot run TypeScript by itself. */
function nodesOnPath(): { node: string; version: string }[] {
  const found = (process.env.PATH ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .filter((node) => existsSync(node))
  const nodes = [OUR_NODE, ...new Set(found.map((node) => realpathSync(node)))]
  return nodes.map((node) => ({
    node,
    version: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
  }))
}

let folder: PrivateFolder
beforeEach(() => {
  folder = privateFolder()
})
afterEach(() => folder.remove())

const COLUMNS =
  'group,board,sprint,elapsed_share,planned_days,start_count,start_points,added_count,added_points,removed_count,' +
  'removed_points,todo_count,todo_points,in_progress_count,in_progress_points,done_count,done_points,team_size,outcome'

const STACK_TRACE = /^\s+at .+:\d+:\d+\)?$/m

describe.each(nodesOnPath())('bin/throughline.js on Node $version', ({ node }) => {
  const run = (...args: string[]) =>
    untilFinished(startProgram(node, [STARTER, ...args], { settings: { DATA_DIR: folder.path } }))

  it('shows its commands', async () => {
    const { code, output, errors } = await run('--help')
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    const commands = 'serve connect backfill deliveries rebuild replay demo sprint board backtest'
    for (const command of commands.split(' ')) {
      expect(output).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'))
    }
  })

  it('refuses what it does not know, with exit code 2', async () => {
    for (const args of [['bogus'], ['serve', '--role', 'queen'], ['deliveries', 'list', '--limit', 'many']]) {
      const { code, output, errors } = await run(...args)
      expect({ args, code, output }).toEqual({ args, code: 2, output: '' })
      expect(errors).toMatch(/^error: .+/)
      expect(errors).not.toMatch(STACK_TRACE)
    }
  })
})

describe('the command line', () => {
  it('does its work whole when nobody reads what it prints', async () => {
    const file = join(folder.path, 'forecasts.csv')
    const sprints = join(folder.path, 'sprints.csv')
    writeFileSync(sprints, `${COLUMNS}\n${'g,b,s,0.3,10,8,20,0,0,0,0,4,10,2,5,2,5,4,-3\n'.repeat(20)}`)
    const program = startThroughline(['backtest', '--csv', sprints, '--out', file])
    program.process.stdout!.destroy()
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(program.errors()).not.toMatch(STACK_TRACE)
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(21)
  })

  it.each(['connect', 'backfill'])(
    'says in one message which settings %s needs, before it starts anything',
    async (command) => {
      const dataDir = join(folder.path, 'data')
      const { code, output, errors } = await runThroughline([command], { DATA_DIR: dataDir })
      expect({ code, output }).toEqual({ code: 2, output: '' })
      for (const name of ['JIRA_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN', 'JIRA_WEBHOOK_SECRET']) {
        expect(errors).toContain(name)
      }
      expect(errors).toContain('[OKR_CONFIG_INVALID]')
      expect(errors).not.toMatch(STACK_TRACE)
      expect(existsSync(dataDir)).toBe(false)
    },
  )

  it('names every setting that is wrong, and quotes no secret', async () => {
    const { code, output, errors } = await runThroughline(['serve'], {
      DATA_DIR: folder.path,
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://admin:hunter2hunter2@db/throughline',
      ADMIN_TOKEN: 'tiny-token',
      JIRA_WEBHOOK_SECRET: 'tiny-secret',
    })
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors.match(/^ {2}[A-Z_]+(?=: )/gm)?.map((name) => name.trim())).toEqual([
      'PORT',
      'DATABASE_URL',
      'LOG_LEVEL',
      'ADMIN_TOKEN',
      'JIRA_WEBHOOK_SECRET',
    ])
    expect(errors).toContain('seen: "eighty"')
    expect(errors).not.toMatch(/hunter2|tiny-token|tiny-secret/)
    expect(errors).not.toMatch(STACK_TRACE)
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('says when no PostgreSQL answers at DATABASE_URL, without the password', async () => {
    const { code, errors } = await runThroughline(['deliveries', 'list'], {
      DATABASE_URL: 'postgres://throughline:hunter2hunter2@127.0.0.1:9/throughline',
    })
    expect(code).toBe(1)
    expect(errors).toContain(
      'PostgreSQL at 127.0.0.1:9/throughline cannot be reached (ECONNREFUSED). Check that it runs, and DATABASE_URL.',
    )
    expect(errors).toContain('[OKR_UNAVAILABLE]')
    expect(errors).not.toContain('hunter2')
    expect(errors).not.toMatch(STACK_TRACE)
  })

  it.each([
    ['the password', (url: URL) => void (url.password = 'hunter2hunter2'), '28P01'],
    ['the database', (url: URL) => void (url.pathname = '/nowhere'), '3D000'],
  ])('says when %s of DATABASE_URL is wrong', async (_, spoil, pgCode) => {
    // One of its own: a server that trusts everybody on this machine asks for no password.
    const postgres = await startEmbeddedPostgres(folder.path)
    const url = new URL(postgres.url)
    spoil(url)
    const { code, errors } = await runThroughline(['deliveries', 'list'], { DATABASE_URL: url.toString() })
    await postgres.close()
    expect(code).toBe(2)
    expect(errors).toContain('DATABASE_URL: PostgreSQL at ')
    expect(errors).toContain(`(${pgCode})`)
    expect(errors).not.toContain('hunter2')
    expect(errors).not.toMatch(STACK_TRACE)
  })

  it('ends with a clear message when another program has the port, and stops its PostgreSQL', async () => {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const program = startThroughline(['serve'], {
      settings: { DATA_DIR: folder.path, PORT: String(port), LOG_LEVEL: 'error' },
    })
    const { code, errors } = await untilFinished(program)
    server.close()
    expect(code).toBe(2)
    expect(errors).toContain(
      `PORT: the service cannot listen on 127.0.0.1:${port} (another program listens there)`,
    )
    expect(errors).not.toMatch(STACK_TRACE)
    expect(existsSync(join(folder.path, 'postgres/cluster'))).toBe(true)
    expect(existsSync(join(folder.path, 'postgres/cluster/postmaster.pid'))).toBe(false)
  }, 60_000)
})
