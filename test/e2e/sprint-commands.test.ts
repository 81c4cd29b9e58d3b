import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { runCommand } from '../support/hosted-commands.ts'
import {
  ACTIVE,
  CLOSED,
  createSprintGoals,
  FUTURE,
  SPRINT_ISSUES,
  SPRINT_NOW,
  storeSprintSite,
} from '../support/sprint-site.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
  api.setNow(SPRINT_NOW)
  await createSprintGoals(api)
  await storeSprintSite(api, { sprints: [CLOSED, ACTIVE, FUTURE], issues: SPRINT_ISSUES }, SPRINT_NOW)
})
afterAll(() => api.stop())

const run = (...args: string[]) => runCommand(args, { DATABASE_URL: api.store.url })

async function lines(...args: string[]): Promise<string[]> {
  const { code, output, errors } = await run(...args)
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return output.trimEnd().split('\n')
}

describe('throughline sprint', () => {
  it('plan prints what serves each key result, what it needs, and what serves none', async () => {
    const printed = await lines('sprint', 'plan', '7')
    expect(printed[0]).toBe('Sprint 7 (7, active), 2026-10-26 00:00 to 2026-11-06 00:00 UTC')
    expect(printed).toContain(
      '4 issues, 13 points (1 not estimated). Serving no key result: 1 issue, 2 points, 15 % of the points, 25 % of the issues.',
    )
    const row = printed.find((line) => line.startsWith('KR-1 *'))
    // How many sprints are left, and so what each needs, is told by today.
    expect(row).toMatch(/Checkout in one step .+ 2 +11 +85 % +35 +[1-4] +[\d.]+ +11$/)
    expect(printed.join('\n')).toContain('KR-9 (there is no such key result)')
    expect(printed.join('\n')).toMatch(/Serve no key result:\n {2}PROJ-5 /)
    expect(printed.join('\n')).toMatch(/Not estimated:\n {2}PROJ-4 /)
    expect(printed.join('\n')).toMatch(/Blocked:\n {2}PROJ-6 by PROJ-9 \(not in this sprint\)\n/)
    expect(printed.at(-1)).toMatch(
      /^Forecast: \d+ % that it delivers less .+ Learned from 1 earlier sprint\./,
    )
  })

  it('standup prints what moved which key result', async () => {
    const printed = await lines('sprint', 'standup', '7', '--since', '2026-10-27T00:00:00Z')
    expect(printed[0]).toBe('Sprint 7 (7), since 2026-10-27 00:00 UTC')
    expect(printed.find((line) => line.startsWith('delivered'))).toMatch(/PROJ-2 .+ 8 +KR-1 \+20 %$/)
    expect(printed.find((line) => line.startsWith('blocked by PROJ-9 '))).toMatch(
      /PROJ-6 .+ 3 +KR-1 \(7\.5 %\)$/,
    )
  })

  it('review prints what came of a closed sprint', async () => {
    const printed = await lines('sprint', 'review', '6', '--site', 'main')
    expect(printed.find((line) => line.startsWith('committed'))).toMatch(/ 3 +16 +PROJ-1 PROJ-2 PROJ-3$/)
    expect(printed.find((line) => line.startsWith('carried over'))).toMatch(/ 1 +8 +PROJ-2$/)
    expect(printed.join('\n')).toMatch(/Blocked at the completion:\n {2}PROJ-3 by PROJ-9$/)
    expect(printed.find((line) => line.startsWith('KR-1'))).toMatch(/ 1 +5 +81 % +81 % +0 % +13 % +1$/)
  })
})

describe('what cannot be told is a problem with a code', () => {
  it.each([
    ['sprint plan 6', 'OKR_SPRINT_CLOSED'],
    ['sprint review 7', 'OKR_SPRINT_NOT_CLOSED'],
    ['sprint plan 7 --site other', 'OKR_SPRINT_NOT_FOUND'],
    ['sprint standup 7 --since yesterday', 'OKR_INPUT_INVALID'],
    ['board trend 99', 'OKR_BOARD_NOT_FOUND'],
  ])('%s: %s', async (words, problem) => {
    const { code, output, errors } = await run(...words.split(' '))
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toContain(`[${problem}]`)
  })
})

describe('throughline board', () => {
  it('trend prints the closed sprints and their medians', async () => {
    const printed = await lines('board', 'trend', '1')
    expect(printed.find((line) => line.startsWith('6 Sprint 6'))).toMatch(/2026-10-23 +81 % +5 +1 +31 %$/)
    expect(printed.at(-1)).toMatch(/^median +81 % +5 +1 +31 %$/)
  })
})
