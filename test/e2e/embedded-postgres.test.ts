import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { postgresAccount, reachablePlaces } from '../../src/adapters/postgres/embedded-account.ts'
import { binariesIn } from '../../src/adapters/postgres/embedded-binaries.ts'
import { cloneInto, removeInstalledSymlinks } from '../support/clone.ts'
import { runThroughline, startProgram, untilFinished } from '../support/command-line.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { processesNaming } from '../support/processes.ts'

/** Larger than process ids become. */
const NO_PROCESS = '99999999'

const IS_ROOT = process.getuid?.() === 0

let folder: PrivateFolder
beforeEach(() => {
  folder = privateFolder()
})
afterEach(() => folder.remove())

const listDeliveries = (clone: string, dataDir: string) =>
  untilFinished(
    startProgram('node', [join(clone, 'src/main.ts'), 'deliveries', 'list'], {
      settings: { DATA_DIR: dataDir },
      cwd: clone,
    }),
  )

describe('the embedded PostgreSQL', () => {
  it('starts after an install without scripts, where its symlinks are missing', async () => {
    const clone = join(folder.path, 'clone')
    cloneInto(clone)
    expect(removeInstalledSymlinks(clone)).toBeGreaterThan(5)
    expect(await listDeliveries(clone, join(folder.path, 'data'))).toEqual({
      code: 0,
      output: 'No deliveries.\n',
      errors: '',
    })
    expect(processesNaming(folder.path)).toEqual([])
  }, 60_000)

  it('starts where a start before was killed in the middle of it', async () => {
    const postgres = join(folder.path, 'postgres')
    mkdirSync(join(postgres, 'cluster.unfinished'), { recursive: true })
    mkdirSync(join(postgres, 'users'))
    for (const left of ['lock', `users/${NO_PROCESS}`]) writeFileSync(join(postgres, left), NO_PROCESS)

    expect(await runThroughline(['deliveries', 'list'], { DATA_DIR: folder.path })).toMatchObject({
      code: 0,
      errors: '',
    })
    expect(readdirSync(postgres).toSorted()).toEqual(['cluster', 'password', 'postgres.log', 'users'])
    expect(readdirSync(join(postgres, 'users'))).toEqual([])
  }, 60_000)

  it.runIf(IS_ROOT)(
    'starts for root in a clone that no other user can reach',
    async () => {
      const closed = join(folder.path, 'closed')
      cloneInto(join(closed, 'clone'))
      chmodSync(closed, 0o700)
      const dataDir = join(closed, 'clone/data')
      expect(await listDeliveries(join(closed, 'clone'), dataDir)).toEqual({
        code: 0,
        output: 'No deliveries.\n',
        errors: '',
      })
      expect(await listDeliveries(join(closed, 'clone'), dataDir)).toMatchObject({ code: 0 })

      const wanted = { binaries: binariesIn('/', ''), dataFolder: join(dataDir, 'postgres') }
      const { dataFolder } = await reachablePlaces(await postgresAccount(), wanted)
      expect(dataFolder.startsWith(closed)).toBe(false)
      expect(readdirSync(dataFolder)).toContain('cluster')
      expect(processesNaming(dataFolder)).toEqual([])
      rmSync(dataFolder, { recursive: true })
    },
    60_000,
  )
})
