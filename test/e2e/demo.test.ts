import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pressCtrlC, startProgram, startThroughline, untilFinished } from '../support/command-line.ts'
import { eventually } from '../support/eventually.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { processesNaming } from '../support/processes.ts'
import { ROOT } from '../support/working-tree.ts'

let temporary: PrivateFolder
beforeEach(() => {
  temporary = privateFolder()
})
afterEach(() => temporary.remove())

function expectNothingLeft(): void {
  expect(processesNaming(temporary.path)).toEqual([])
  expect(readdirSync(temporary.path)).toEqual([])
}

describe('the demo', () => {
  it('plays two sprints with --once, shows what moves, and ends by itself with a summary', async () => {
    const program = startThroughline(['demo', '--once'], { settings: { TMPDIR: temporary.path } })
    const { code, output, errors } = await untilFinished(program)
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toContain('▶ SHOP Sprint 1 starts — goal: KR-1: first payments')
    expect(output).toContain('■ SHOP Sprint 2 closes')
    expect(output).toMatch(/KR-1 {2}▰+▱+ +\d+ % \(\+\d+\)/)
    expect(output).toMatch(/✉ comment on SHOP-1: “▱+ 0% reached/)
    expect(output).toMatch(/✉ comment edited on SHOP-1: “▰+▱+ \d+% reached/)
    expect(output).toMatch(/✎ KR-3 check-in: 14.6/)
    expect(output).toMatch(/^KR-1 +The new checkout.* 74 % .*8 of 11 issues$/m)
    expect(output).toMatch(
      /^SHOP Sprint 1 +10 \(38 pts\) +1 \(3 pts\) +1 \(3 pts\) +6 \(20 pts\) +4 \(23 pts\)$/m,
    )
    expectNothingLeft()
  }, 90_000)

  it('serves on until Ctrl-C, then ends in good order and leaves nothing behind', async () => {
    const program = startThroughline(['demo'], { settings: { TMPDIR: temporary.path }, ownGroup: true })
    const output = await program.untilPrints('Ctrl-C ends it.', 90_000)
    const docs = /Reference page +(\S+)/.exec(output)?.[1]
    expect((await fetch(docs!)).status).toBe(200)
    pressCtrlC(program)
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(program.output()).toContain('Stopping …')
    expectNothingLeft()
  }, 120_000)

  it('leaves nothing behind when npm runs it and passes Ctrl-C on a second time', async () => {
    const program = startProgram('npm', ['run', 'demo'], {
      settings: { TMPDIR: temporary.path },
      ownGroup: true,
    })
    await program.untilPrints('SHOP Sprint 1 starts', 60_000)
    pressCtrlC(program)
    await program.exit
    await eventually('the demo to end after npm', () => processesNaming(temporary.path).length === 0)
    expectNothingLeft()
  }, 90_000)

  it('ends at once and leaves nothing behind when Ctrl-C comes in the middle of the story', async () => {
    const program = startProgram(resolve(ROOT, 'bin/throughline.js'), ['demo'], {
      settings: { TMPDIR: temporary.path },
      ownGroup: true,
    })
    await program.untilPrints('SHOP Sprint 1 starts', 60_000)
    pressCtrlC(program)
    expect((await program.exit).code).toBe(130)
    expect(program.output()).not.toContain('SHOP Sprint 2 closes')
    expectNothingLeft()
  }, 90_000)
})
