import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { ROOT, textOf } from '../support/working-tree.ts'

const SCRIPT = resolve(ROOT, '.ci/run')
const BASH = execFileSync('which', ['bash'], { encoding: 'utf8' }).trim()

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-ci-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the script on a machine that has these programs and no others; each writes down how it was called. */
function runScript(programs: Readonly<Record<string, string>>): { code: number | null; calls: string[] } {
  const log = join(folder, 'calls')
  writeFileSync(log, '')
  const all = { dirname: 'cd / && echo "${1%/*}"', id: 'echo 0', ...programs }
  for (const [name, does] of Object.entries(all)) {
    const file = join(folder, name)
    writeFileSync(file, `#!${BASH}\necho "${name} $* CI=$CI" >> ${log}\n${does}\n`)
    chmodSync(file, 0o755)
  }
  const { status } = spawnSync(BASH, [SCRIPT], { env: { PATH: folder }, encoding: 'utf8' })
  const calls = readFileSync(log, 'utf8').split('\n')
  return { code: status, calls: calls.filter((call) => /^(npm|apt-get|sudo) /.test(call)) }
}

const NPM = { npm: '', 'apt-get': '' }
const CHECKS = ['npm ci --no-fund --no-audit CI=true', 'npm test --silent CI=true']

describe('.ci/run', () => {
  it('can be run', () => {
    expect(statSync(SCRIPT).mode & 0o111).not.toBe(0)
    expect(spawnSync(BASH, ['-n', SCRIPT]).status).toBe(0)
  })

  it('installs nothing where nothing is missing, and then checks', () => {
    expect(runScript({ ...NPM, 'redis-server': '', chromium: '' })).toEqual({ code: 0, calls: CHECKS })
  })

  it('installs only what is missing, without asking', () => {
    const { code, calls } = runScript({ ...NPM, chromium: '' })
    expect(code).toBe(0)
    expect(calls).toHaveLength(4)
    expect(calls[0]).toMatch(/^apt-get update /)
    expect(calls[1]).toMatch(/^apt-get install .*--yes .*redis-server CI=true$/)
    expect(calls[1]).not.toContain('chromium')
    expect(calls.slice(2)).toEqual(CHECKS)
  })

  it.each(['ci', 'test'])('fails when npm %s fails, and goes no further', (step) => {
    const { code, calls } = runScript({ npm: `[[ $1 != ${step} ]]`, 'redis-server': '', chromium: '' })
    expect(code).toBe(1)
    expect(calls.at(-1)).toMatch(new RegExp(`^npm ${step} `))
  })

  it('runs what people run: formatting, lint, types, layers, unused code, every test', () => {
    const { test, check } = manifest.scripts
    expect(test).toBe('npm run check')
    const steps = check.split(' && ')
    expect(steps).toEqual(
      ['lint', 'types', 'layers', 'unused'].map((name) => `npm run ${name}`).concat('vitest run'),
    )
    expect(manifest.scripts.lint).toBe('prettier --check . && eslint .')
    expect(textOf('vitest.config.ts')).toContain('./test/support/closing-line.ts')
  })
})
