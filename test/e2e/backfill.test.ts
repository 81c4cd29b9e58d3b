import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createJiraSimulator,
  SIMULATOR_CREDENTIALS,
  type JiraSimulator,
} from '../../src/demo/jira-simulator/jira-simulator.ts'
import { generateSite } from '../../src/demo/jira-simulator/loading/generated-site.ts'
import { runThroughline, startThroughline } from '../support/command-line.ts'
import { eventually } from '../support/eventually.ts'
import { BY_COUNT, BY_POINTS, storeGoals } from '../support/goals.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { dumpDerived, dumpMirror } from '../support/record-dump.ts'
import { WEBHOOK_SECRET } from '../support/service.ts'

const ISSUES = 4_000
const PAGE = 500

let jira: JiraSimulator
let baseUrl: string
let stores: FreshDatabase[]
beforeEach(async () => {
  jira = createJiraSimulator({
    history: generateSite({ seed: 7, projects: 2, issues: ISSUES, sprints: 6, keyResults: 3 }),
  })
  baseUrl = (await jira.start()).baseUrl
  stores = []
})
afterEach(async () => {
  await jira.stop()
  for (const store of stores) await store.drop()
})

/** A database whose site is connected and that knows the key results. */
async function connectedStore(): Promise<{ store: FreshDatabase; settings: Record<string, string> }> {
  const store = await freshDatabase()
  stores.push(store)
  const settings = {
    DATABASE_URL: store.url,
    JIRA_URL: baseUrl,
    JIRA_EMAIL: SIMULATOR_CREDENTIALS.email,
    JIRA_API_TOKEN: SIMULATOR_CREDENTIALS.apiToken,
    JIRA_WEBHOOK_SECRET: WEBHOOK_SECRET,
  }
  expect(await runThroughline(['connect'], settings)).toMatchObject({ code: 0 })
  await storeGoals(store.database, { keyResults: { 'KR-1': BY_COUNT, 'KR-2': BY_POINTS, 'KR-3': BY_COUNT } })
  return { store, settings }
}

const pagesAsked = () => jira.requests.filter(({ url }) => url.startsWith('/rest/api/3/search/jql')).length

describe('throughline backfill', () => {
  it('goes on where kill -9 stopped it, and ends like a run that nobody killed', async () => {
    const broken = await connectedStore()
    const killed = startThroughline(['backfill'], { settings: broken.settings })
    await eventually('half of the site to be stored', async () => {
      const [run] = await broken.store.query('select issues from backfills')
      return Number(run?.['issues'] ?? 0) >= ISSUES / 2
    })
    killed.process.kill('SIGKILL')
    await killed.exit
    const [half] = await broken.store.query('select stage, issues from backfills')
    expect(half).toMatchObject({ stage: 'issues' })
    expect(half!['issues']).toBeLessThan(ISSUES)

    const before = pagesAsked()
    const resumed = await runThroughline(['backfill'], broken.settings)
    const resumedPages = pagesAsked() - before
    expect(resumed).toMatchObject({ code: 0, errors: '' })
    expect(resumed.output).toMatch(new RegExp(`^Done: ${ISSUES} issues, \\d+ changes, 12 sprints; `, 'm'))

    const whole = await connectedStore()
    const beforeWhole = pagesAsked()
    const unbroken = await runThroughline(['backfill'], whole.settings)
    const wholePages = pagesAsked() - beforeWhole
    expect(unbroken).toMatchObject({ code: 0, errors: '' })
    expect(wholePages).toBeGreaterThanOrEqual(ISSUES / PAGE)
    expect(resumedPages).toBeLessThanOrEqual(wholePages / 2 + 1)

    const done = (output: string) => /^Done: \d+ issues, \d+ changes, \d+ sprints/m.exec(output)?.[0]
    expect(done(resumed.output)).toBe(done(unbroken.output))
    expect(await dumpMirror(broken.store)).toEqual(await dumpMirror(whole.store))
    expect(await dumpDerived(broken.store)).toEqual(await dumpDerived(whole.store))
  }, 120_000)

  it('asks for connect first', async () => {
    const store = await freshDatabase()
    stores.push(store)
    const { code, output, errors } = await runThroughline(['backfill'], {
      DATABASE_URL: store.url,
      JIRA_URL: baseUrl,
      JIRA_EMAIL: SIMULATOR_CREDENTIALS.email,
      JIRA_API_TOKEN: SIMULATOR_CREDENTIALS.apiToken,
      JIRA_WEBHOOK_SECRET: WEBHOOK_SECRET,
    })
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toContain('Run first: npx throughline connect')
    expect(pagesAsked()).toBe(0)
  })
})
