import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createJiraSimulator,
  SIMULATOR_CREDENTIALS,
  type JiraSimulator,
} from '../../src/demo/jira-simulator/jira-simulator.ts'
import { ALL_PERMISSIONS } from '../../src/demo/jira-simulator/rest/permissions.ts'
import { plainSite } from '../../src/demo/jira-simulator/site/plain-site.ts'
import { runThroughline } from '../support/command-line.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { WEBHOOK_SECRET } from '../support/service.ts'

const PUBLIC_URL = 'https://throughline.example.org'
const WEBHOOK_URL = `${PUBLIC_URL}/webhooks/jira/main`

let store: FreshDatabase
let jira: JiraSimulator | null
beforeEach(async () => {
  store = await freshDatabase()
  jira = null
})
afterEach(async () => {
  await jira?.stop()
  await store.drop()
})

async function startJira(permissions = ALL_PERMISSIONS): Promise<string> {
  jira = createJiraSimulator({ history: plainSite({ projects: [{ key: 'WEB', name: 'Web' }] }), permissions })
  return (await jira.start()).baseUrl
}

const connect = (baseUrl: string, settings: Record<string, string> = {}) =>
  runThroughline(['connect'], {
    DATABASE_URL: store.url,
    PUBLIC_URL,
    JIRA_URL: baseUrl,
    JIRA_EMAIL: SIMULATOR_CREDENTIALS.email,
    JIRA_API_TOKEN: SIMULATOR_CREDENTIALS.apiToken,
    JIRA_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ...settings,
  })

describe('throughline connect', () => {
  it('finds the fields, registers the signed webhook once, and remembers what it found', async () => {
    const baseUrl = await startJira()
    for (const time of ['first', 'second']) {
      const { code, output, errors } = await connect(baseUrl)
      expect({ time, code, errors }).toEqual({ time, code: 0, errors: '' })
      expect(output).toContain(`Connected to ${baseUrl} as Throughline (throughline-bot).`)
      expect(output).toContain('Sprint field: Sprint (customfield_10020)')
      expect(output).toMatch(/Story points: .+ \(customfield_10016\) \(found by /)
      expect(output).toMatch(/Webhook \d+ is registered and enabled/)
    }
    expect(jira!.webhooks.registered().map(({ url, secret }) => ({ url, secret }))).toEqual([
      { url: WEBHOOK_URL, secret: WEBHOOK_SECRET },
    ])
    const site = await store.database.records.sites.site('main')
    expect(site?.fields.sprint?.id).toBe('customfield_10020')
    expect(site?.connectedAt).not.toBeNull()
  })

  it('keeps what it knew of the type of blocking links', async () => {
    const baseUrl = await startJira()
    await connect(baseUrl)
    await store.query(
      `update sites set fields = jsonb_set(fields, '{blocks,otherNames}', '["waits for"]'::jsonb)`,
    )
    expect(await connect(baseUrl)).toMatchObject({ code: 0 })
    const site = await store.database.records.sites.site('main')
    expect(site?.fields.blocks).toMatchObject({ name: 'Blocks', otherNames: ['waits for'] })
  })

  it('prints what an administrator must enter when the account is none, without the secret', async () => {
    const permissions = new Set([...ALL_PERMISSIONS].filter((key) => key !== 'ADMINISTER'))
    const { code, output, errors } = await connect(await startJira(permissions))
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toContain('Missing permission ADMINISTER, needed to register webhook.')
    expect(output).toContain('under System → WebHooks:')
    expect(output).toMatch(new RegExp(`^ +URL +${WEBHOOK_URL}$`, 'm'))
    expect(output).toMatch(/^ +Secret +the value of JIRA_WEBHOOK_SECRET$/m)
    expect(output).toMatch(/^ +Events +jira:issue_created, jira:issue_updated, .*sprint_closed/m)
    expect(output).not.toContain(WEBHOOK_SECRET)
    expect(jira!.webhooks.registered()).toEqual([])
  })

  it('says that Jira does not take the account, without the token', async () => {
    const { code, output, errors } = await connect(await startJira(), {
      JIRA_API_TOKEN: 'a-token-that-is-wrong',
    })
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toMatch(/^Jira does not take this account: .*401.*Check the account and its token/)
    expect(errors).toContain('[OKR_JIRA_REFUSED]')
    expect(errors).not.toContain('a-token-that-is-wrong')
    expect(errors.trim().split('\n')).toHaveLength(2)
  })

  it('says that nobody answers at JIRA_URL', async () => {
    const { code, output, errors } = await connect('http://127.0.0.1:9')
    expect({ code, output }).toEqual({ code: 1, output: '' })
    const [message, reason] = errors
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('{'))
    expect(message).toMatch(/^Jira cannot be reached: .*ECONNREFUSED/)
    expect(reason).toBe('[OKR_JIRA_UNREACHABLE]')
  }, 60_000)
})
