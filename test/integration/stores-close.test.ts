import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStores } from '../../src/compose/open-stores.ts'
import { readSettings } from '../../src/config.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { processesNaming } from '../support/processes.ts'
import { silentLog } from '../support/silent-log.ts'

let folder: PrivateFolder
beforeEach(() => {
  folder = privateFolder()
})
afterEach(() => folder.remove())

describe('closing the stores', () => {
  it('stops the embedded PostgreSQL, also where work holds on to a connection', async () => {
    const settings = readSettings({ DATA_DIR: folder.path })
    const stores = await openStores(settings, { log: silentLog, patienceMs: 60_000, stopping: undefined })
    let letGo!: () => void
    const held = new Promise<void>((done) => {
      letGo = done
    })
    let isHolding!: () => void
    const holding = new Promise<void>((done) => {
      isHolding = done
    })
    const work = stores.database
      .transaction(async () => {
        isHolding()
        await held
      })
      .catch(() => undefined)
    await holding
    expect(processesNaming(folder.path)).not.toEqual([])

    await stores.close()
    expect(processesNaming(folder.path)).toEqual([])
    letGo()
    await work
  })
})
