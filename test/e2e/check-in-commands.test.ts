import { userInfo } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { createGoals, forgetEverything, told } from '../support/api-goals.ts'
import { runCommand } from '../support/hosted-commands.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetEverything(api))

const run = (...args: string[]) => runCommand(args, { DATABASE_URL: api.store.url })

async function printed(...args: string[]): Promise<string> {
  const { code, output, errors } = await run(...args)
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return output
}

describe('throughline check-in', () => {
  it('reports a value, a confidence and a note as of a day, and says where that puts it', async () => {
    await createGoals(api)
    const output = await printed(
      ...['check-in', 'KR-1', '--value', '48.5', '--confidence', '7'],
      ...['--note', 'The new onboarding went live.', '--at', '2020-11-01', '--author', 'Ada'],
    )
    expect(output).toMatch(/^KR-1: 35 % reached \(48\.5 of 55 %\), [a-z ]+\.\n$/)
    const { body } = await api.ask('GET', '/api/v1/key-results/KR-1/check-ins')
    expect(body['items']).toMatchObject([
      {
        value: 48.5,
        confidence: 7,
        note: 'The new onboarding went live.',
        at: '2020-10-31T23:00:00.000Z',
        author: 'Ada',
        source: 'person',
      },
    ])
    const [audit] = (await told(api, 'KR-1')).audit.slice(-1)
    expect(audit).toMatchObject({
      ...{ actor: 'cli', action: 'check_in.create' },
      ...{ by: userInfo().username, reason: 'The new onboarding went live.' },
    })
  })

  it.each([
    [['check-in', 'KR-1', '--value', 'much'], 2, 'Give a number'],
    [['check-in', 'KR-1', '--confidence', '11'], 2, 'from 0 to 10'],
    [['check-in', 'KR-1', '--value', '1', '--at', 'yesterday'], 1, 'is no day and no instant'],
    [['check-in', 'KR-1', '--value', '1', '--at', '2999-01-01'], 1, 'lies in the future'],
    [['check-in', 'KR-1'], 1, 'is empty'],
    [['check-in', 'onboarding', '--value', '1'], 1, 'OKR_KEY_RESULT_NOT_FOUND'],
    [['tick', 'KR-1', 'Live'], 1, 'OKR_CHECK_IN_NOT_POSSIBLE'],
  ])('refuses %j with what is expected', async (args, code, message) => {
    await createGoals(api)
    const ended = await run(...args)
    expect([ended.code, ended.errors]).toEqual([code, expect.stringContaining(message)])
  })
})

describe('throughline tick', () => {
  it('ticks a step by title or number, and takes it back', async () => {
    const steps = [
      { title: 'Pilot signed', percent: 40 },
      { title: 'Live', percent: 100 },
    ]
    await createGoals(api, { kind: 'milestones', steps })
    expect(await printed('tick', 'KR-1', 'Pilot signed', '--at', '2020-11-02T09:00:00Z')).toMatch(
      /^Step 1 “Pilot signed” is done\.\nKR-1: 40 % reached \(40 of 100 %\), [a-z ]+\.\n$/,
    )
    expect(await printed('tick', 'KR-1', '1', '--undo')).toMatch(
      /^Step 1 “Pilot signed” is not done\.\nKR-1: 0 % reached/,
    )
    const unknown = await run('tick', 'KR-1', 'Launch')
    expect([unknown.code, unknown.errors]).toEqual([1, expect.stringContaining('1 Pilot signed, 2 Live')])
  })
})
