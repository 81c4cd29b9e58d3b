import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { runCommand } from '../support/hosted-commands.ts'
import { goalStage } from '../support/goal-stage.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'

let api: TestApi
let folder: PrivateFolder
const { begin, cascade, report } = goalStage(() => api)

beforeAll(async () => {
  api = await startApi()
  folder = privateFolder()
  await begin()
  await cascade()
  await report({ 'KR-1': 55, 'KR-2': 46, 'KR-3': 50 })
})
afterAll(async () => {
  await api.stop()
  folder.remove()
})

const run = (...args: string[]) => runCommand(['alignment', ...args], { DATABASE_URL: api.store.url })

describe('throughline alignment', () => {
  it('prints who supports what and how it stands, and writes the map', async () => {
    const file = join(folder.path, 'map.svg')
    const { code, output, errors } = await run('--cycle', '2026-Q4', '--svg', file)
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output.split('\n')).toEqual([
      'Alignment of 2026-Q4',
      '',
      'O-1 company of 2026  100 % done  Be the first choice',
      '└─ KR-1  100 % done  Win rate 45 % → 55 %',
      '   └─ O-2 department  30 % off track  Sell with <confidence> & care',
      '      ├─ KR-2  10 % off track  新用户次日留存率从 30% 提升至 40%',
      '      └─ O-3 team  50 % off track  Answer on the first day',
      '         └─ KR-3  50 % off track  Activation rises to 55 %',
      'O-5 team  – no data  Tidy up',
      '└─ KR-4  – no data  Activation rises to 55 %',
      'O-4 individual  – no data  Write the guide',
      '',
      'Below the company and supporting nothing: O-4, O-5.',
      '',
      'Conflicts:',
      '  KR-3 depends on KR-2, which is off track.',
      '  KR-3 is due on 2026-11-30 and depends on KR-2, which is due later, on 2026-12-31.',
      '  O-4 is of an individual and supports nothing: give it a parent.',
      '',
      `The map is in ${file}.`,
      '',
    ])
    const served = await api.ask('GET', '/api/v1/alignment.svg?cycle=2026-Q4')
    expect(readFileSync(file, 'utf8')).toBe(served.text)
  })

  it('says what it cannot do', async () => {
    for (const [args, problem] of [
      [['--cycle', '2025'], 'OKR_CYCLE_NOT_FOUND'],
      [['--cycle', 'last year'], 'OKR_CYCLE_NOT_FOUND'],
      [['--cycle', '2026', '--svg', join(folder.path, 'none', 'map.svg')], 'OKR_INPUT_INVALID'],
    ] as const) {
      const { code, output, errors } = await run(...args)
      expect({ code, output }).toEqual({ code: 1, output: '' })
      expect(errors).toContain(`[${problem}]`)
    }
    expect(existsSync(join(folder.path, 'none'))).toBe(false)
  })
})
