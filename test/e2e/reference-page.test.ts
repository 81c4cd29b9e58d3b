import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'

const hasChromium = spawnSync('chromium', ['--version']).status === 0
if (!hasChromium && process.env.CI === 'true') throw new Error('CI needs chromium')

/** No sandbox: CI runs as root. No background networking: the machine has no way out, and the page needs none. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-logging=stderr',
  '--virtual-time-budget=15000',
]

describe.skipIf(!hasChromium)('the reference page in a browser', () => {
  let api: TestApi
  let address: string
  const profile = mkdtempSync(join(tmpdir(), 'throughline-browser-'))

  beforeAll(async () => {
    api = await startApi()
    await api.app.listen({ host: '127.0.0.1', port: 0 })
    address = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await api.stop()
    rmSync(profile, { recursive: true, force: true })
  })

  it('draws every group of calls from our own files, without breaking its security policy', async () => {
    const { document, console } = await open(`${address}/docs`)
    for (const group of ['Cycles', 'Objectives', 'Key results', 'Feed']) expect(document).toContain(group)
    expect(document).not.toMatch(/<script[^>]+src="https?:/)
    expect(console.filter((line) => /Content Security Policy|Refused to|ERROR:CONSOLE/i.test(line))).toEqual(
      [],
    )
  })

  async function open(url: string): Promise<{ document: string; console: string[] }> {
    const browser = spawn('chromium', [...FLAGS, `--user-data-dir=${profile}`, '--dump-dom', url])
    const output = { document: '', log: '' }
    browser.stdout.on('data', (chunk: Buffer) => (output.document += chunk.toString()))
    browser.stderr.on('data', (chunk: Buffer) => (output.log += chunk.toString()))
    await once(browser, 'close')
    return {
      document: output.document,
      console: output.log.split('\n').filter((line) => line.includes('CONSOLE')),
    }
  }
})
