import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runThroughline } from '../support/command-line.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { processesNaming } from '../support/processes.ts'
import { hasSharedData, sharedData } from '../support/shared-data.ts'

let temporary: PrivateFolder
beforeEach(() => {
  temporary = privateFolder()
})
afterEach(() => temporary.remove())

const replay = (...args: string[]) => runThroughline(['replay', ...args], { TMPDIR: temporary.path })

describe.skipIf(!hasSharedData)('throughline replay of a real site', () => {
  it('prints every sprint and the curve of every key result, and leaves nothing behind', async () => {
    const { code, output, errors } = await replay(sharedData('rest', 'devlake'))
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toMatch(/^33 issues, 3 more known by their changelogs alone, 31 sprints\.$/m)
    expect(output).toMatch(/^960 of 960 webhooks delivered and applied$/m)

    const lines = output.split('\n')
    const firstSprint = lines.findIndex((line) => line.startsWith('sprint ')) + 2
    const sprints = lines.slice(firstSprint, lines.indexOf('', firstSprint))
    expect(sprints).toHaveLength(31)
    expect(sprints[0]).toMatch(/^7 EE Sprint 7 +16 \(2 pts\) +1 +2 +8 +7 \(2 pts\)$/)

    const curves = lines.filter((line) => /^KR-\d /.test(line))
    expect(curves.map((line) => /^KR-\d .*\((\d+) issues\)$/.exec(line)?.[1])).toEqual(['9', '4', '6', '3'])
    expect(output).toMatch(/^2020-06-16 +10 % +▰▱{9} +1 +10 +1 %$/m)
    expect(processesNaming(temporary.path)).toEqual([])
    expect(readdirSync(temporary.path)).toEqual([])
  }, 90_000)
})

describe('throughline replay', () => {
  it.each([
    ['a folder that is not there', () => [join(temporary.path, 'nowhere')], 'There is no folder'],
    [
      'a link file that is not there',
      () => [temporary.path, '--links', join(temporary.path, 'none.yaml')],
      'The link file',
    ],
  ])('says so when given %s, and starts nothing', async (_, args, message) => {
    const { code, output, errors } = await replay(...args())
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toContain(message)
    expect(errors).toContain('[OKR_INPUT_INVALID]')
    expect(readdirSync(temporary.path)).toEqual([])
  })
})
