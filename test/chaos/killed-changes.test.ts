import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../src/adapters/postgres/database.ts'
import { createRandom } from '../../src/demo/jira-simulator/site/random.ts'
import { startThroughline, untilFinished } from '../support/command-line.ts'
import { eventually } from '../support/eventually.ts'
import { runCommand } from '../support/hosted-commands.ts'
import { manyKeyResults } from '../support/many-key-results.ts'
import { forgetGoals, okrFiles } from '../support/okr-files.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { isQuiet, recordPrint, rowCounts } from '../support/record-print.ts'
import { serve } from '../support/served.ts'
import { silentLog } from '../support/silent-log.ts'
import { openStatementLine, type StatementLine, type StrikePoint } from '../support/statement-line.ts'

/** What changes goals begins with this lock, on the connection of its transaction. */
const CHANGE_BEGINS = /throughline\.goals/
const COMMIT = 'commit'
const ADMIN_TOKEN = 'token-of-the-chaos-test'

let store: FreshDatabase
let line: StatementLine
let folder: PrivateFolder

beforeAll(async () => {
  store = await freshDatabase()
  line = await openStatementLine(store.url, CHANGE_BEGINS)
  folder = privateFolder()
  // What any first start writes is there before the record is looked at.
  await runCommand(['kpi', 'list'], { DATABASE_URL: store.url })
})
afterAll(async () => {
  folder.remove()
  await line.close()
  await store.drop()
})

/** A change of goals, as a command and as a request. */
interface Change {
  readonly command: readonly string[]
  readonly request: { readonly path: string; readonly type: string; readonly body: string }
}

/** Makes a change in a process of its own, which is killed with SIGKILL at a point of it. */
type Way = (change: Change, strikeAt: StrikePoint) => Promise<'done' | 'killed'>

const byCommandLine: Way = async ({ command }, strikeAt) => {
  const program = startThroughline(command, { settings: { DATABASE_URL: line.url } })
  line.arm(strikeAt, () => program.process.kill('SIGKILL'))
  const { code, errors } = await untilFinished(program)
  if (code !== null) expect({ code, errors }).toMatchObject({ code: 0 })
  return code === null ? 'killed' : 'done'
}

const overHttp: Way = async ({ request: { path, type, body } }, strikeAt) => {
  const settings = { DATABASE_URL: line.url, ADMIN_TOKEN }
  const served = await serve(folder.path, { settings, role: 'web' })
  line.arm(strikeAt, () => served.program.process.kill('SIGKILL'))
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': type }
  const answer = await fetch(`${served.address}${path}`, { method: 'POST', headers, body }).catch(() => null)
  if (answer !== null)
    expect({ status: answer.status, text: await answer.text() }).toMatchObject({ status: 200 })
  await served.stop()
  return answer === null ? 'killed' : 'done'
}

const WAYS: readonly (readonly [name: string, way: Way])[] = [
  ['on the command line', byCommandLine],
  ['over HTTP', overHttp],
]

/** How a change ends when nothing is killed. */
interface Undisturbed {
  /** Of its transaction, in order. */
  readonly statements: readonly string[]
  readonly rows: Readonly<Record<string, number>>
}

async function undisturbed(change: () => Promise<unknown>): Promise<Undisturbed> {
  line.arm(null, () => undefined)
  await change()
  return { statements: [...line.statements], rows: rowCounts(await recordPrint(store)) }
}

/**
 * Kills a change anywhere, and just before its commit: there is nothing of it. Makes it again, killed as soon as the
 * server has the commit: there is all of it, once. A further run finds nothing to do.
 */
async function expectAllOrNothing(way: Way, change: Change, { statements, rows }: Undisturbed) {
  expect(statements.at(-1)).toBe(COMMIT)
  const commit = statements.length
  const random = createRandom(Math.floor(Math.random() * 2 ** 31))
  const none = await recordPrint(store)
  const kill = async (point: StrikePoint) => {
    expect(await way(change, point), JSON.stringify(point)).toBe('killed')
    await eventually('the server to know that its client is dead', () => isQuiet(store))
    return recordPrint(store)
  }
  const anywhere = { statement: random.between(1, commit - 1), when: 'after' } as const
  expect(await kill(anywhere), JSON.stringify(anywhere)).toEqual(none)
  expect(await kill({ statement: commit, when: 'before' })).toEqual(none)
  const all = await kill({ statement: commit, when: 'after' })
  expect(rowCounts(all)).toEqual(rows)

  expect(await runCommand(change.command, { DATABASE_URL: store.url })).toMatchObject({ code: 0 })
  expect(await recordPrint(store)).toEqual(all)
}

describe('kill -9 while 5,000 key results are applied', () => {
  it.each(WAYS)(
    'leaves all of them or none, %s',
    async (_, way) => {
      const text = manyKeyResults(500, 10)
      const file = join(folder.path, 'okrs.yaml')
      writeFileSync(file, text)
      const database = connectDatabase({ url: line.url, maxConnections: 1, log: silentLog })
      await forgetGoals(store)
      const whole = await undisturbed(() => okrFiles({ database }).apply(text))
      expect(whole.rows).toMatchObject({
        key_results: 5_000,
        audit: 5_501,
        feed: 5_501,
        dirty_key_results: 5_000,
      })
      await database.close()
      await forgetGoals(store)
      const request = { path: '/api/v1/okrs/apply', type: 'application/yaml', body: text }
      await expectAllOrNothing(way, { command: ['apply', file, '--yes'], request }, whole)
    },
    180_000,
  )
})

describe('kill -9 while a cycle is closed', () => {
  const command = ['cycle', 'close', '2026-Q4', '--early']
  const request = { path: '/api/v1/cycles/2026-Q4/close', type: 'application/json', body: '{"early":true}' }

  it.each(WAYS)(
    'leaves it open, or closed and graded, %s',
    async (_, way) => {
      const begin = async () => {
        await forgetGoals(store)
        await store.query('truncate cycle_closings')
        await okrFiles(store).apply(manyKeyResults(10, 10))
      }
      await begin()
      const whole = await undisturbed(() => runCommand(command, { DATABASE_URL: line.url }))
      expect(whole.rows).toMatchObject({ cycle_closings: 1, key_results: 100 })
      await begin()
      await expectAllOrNothing(way, { command, request }, whole)
    },
    180_000,
  )
})
