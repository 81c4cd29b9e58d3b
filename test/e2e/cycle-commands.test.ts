import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { aKeyResult } from '../support/api-goals.ts'
import { runCommand } from '../support/hosted-commands.ts'
import { cycleApi } from '../support/cycle-api.ts'

let api: TestApi
let folder: string
const { make } = cycleApi(() => api)

/** Last year's last quarter, which is over on any clock, and the one after it. */
beforeAll(async () => {
  api = await startApi()
  folder = mkdtempSync(join(tmpdir(), 'throughline-cycles-'))
  const zone = { timeZone: 'UTC' }
  await make('/cycles', {
    key: '2025-Q4',
    title: 'Last quarter',
    startDay: '2025-10-01',
    endDay: '2025-12-31',
    ...zone,
  })
  await make('/cycles', {
    key: '2026-Q1',
    title: 'Next quarter',
    startDay: '2026-01-01',
    endDay: '2026-03-31',
    ...zone,
  })
  await make('/objectives', { cycle: '2025-Q4', title: 'New customers succeed on their first day' })
  await make('/key-results', aKeyResult({ dueDay: '2025-12-19' }))
  await make('/key-results/KR-1/check-ins', { value: 50, at: '2025-11-20T12:00:00Z', author: 'Ada' })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await api.stop()
})

const run = (...args: string[]) => runCommand(args, { DATABASE_URL: api.store.url })

async function printed(...args: string[]): Promise<string> {
  const { code, output, errors } = await run(...args)
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return output
}

describe('throughline cycle and template', () => {
  it('close a cycle, look back, carry on what is unfinished, and start another from a template', async () => {
    expect(await printed('cycle', 'retrospective', '2025-Q4')).toContain('this cycle is not closed')
    const closed = await printed('cycle', 'close', '2025-Q4')
    expect(closed).toContain('2025-Q4 is closed, graded as of 2025-12-31T23:59:59.999Z.')
    expect(closed).toMatch(/KR-1 +Activation rises to 55 % +0\.50 +miss/)
    await printed('cycle', 'reopen', '2025-Q4')
    await printed('cycle', 'close', '2025-Q4')

    const file = join(folder, 'retrospective.md')
    expect(await printed('cycle', 'retrospective', '2025-Q4', '--out', file)).toBe(`Written: ${file}\n`)
    expect(readFileSync(file, 'utf8')).toMatch(/^# Retrospective: Last quarter \(2025-Q4\)\n/)
    const json = JSON.parse(await printed('cycle', 'retrospective', '2025-Q4', '--json')) as object
    expect(json).toMatchObject({ isPreview: false, objectives: [{ grade: { score: 0.5 } }] })

    await printed('template', 'save', 'quarter', '--cycle', '2025-Q4', '--title', 'A quarter')
    expect(await printed('template', 'list')).toMatch(/quarter +A quarter +1 +1/)
    const rolled = await printed('cycle', 'roll-over', '2025-Q4', '--into', '2026-Q1')
    expect(rolled).toContain('KR-1 in O-2')
    expect(rolled).toContain('(due day 2025-12-19 cleared; baseline 45 → 50)')
    expect(await printed('cycle', 'roll-over', '2025-Q4', '--into', '2026-Q1')).toContain(
      'Nothing of 2025-Q4 is left',
    )
    expect(await printed('template', 'use', 'quarter', '--cycle', '2026-Q1')).toMatch(/O-3 .+\n +KR-2 /)
    expect(await printed('template', 'remove', 'quarter')).toBe('Removed: quarter\n')
  })

  it.each([
    ['cycle close 2030', 1, 'OKR_CYCLE_NOT_FOUND'],
    ['cycle retrospective 2025-Q4 --out /nowhere/at/all.md', 1, 'OKR_INPUT_INVALID'],
    ['cycle roll-over 2025-Q4 --into 2026-Q1 --key-results KR-99', 1, 'OKR_INPUT_INVALID'],
    ['cycle roll-over 2026-Q1 --into 2025-Q4', 1, 'OKR_CYCLE_NOT_CLOSED'],
    ['cycle roll-over 2025-Q4', 2, 'required option'],
    ['cycle close no.such/key', 2, 'Give the key of a cycle'],
    ['template use quarter --cycle 2026-Q1', 1, 'OKR_TEMPLATE_NOT_FOUND'],
    ['template save bad/name --cycle 2026-Q1', 1, 'OKR_INPUT_INVALID'],
  ])('%s ends with %d and says %s', async (words, status, said) => {
    const { code, output, errors } = await run(...words.split(' '))
    expect({ code, output }).toEqual({ code: status, output: '' })
    expect(errors).toContain(said)
  })
})
