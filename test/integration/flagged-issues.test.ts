import { afterEach, beforeEach, expect, it } from 'vitest'
import { standUpSprint } from '../../src/app/sprints/stand-up-sprint.ts'
import { createJiraSimulator, type JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { FLAG_FIELD_ID, IMPEDIMENT } from '../../src/demo/jira-simulator/site/default-catalogue.ts'
import { plainSite } from '../../src/demo/jira-simulator/site/plain-site.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { startConnectedService, type ConnectedService } from '../support/connected-service.ts'
import { dumpMirror } from '../support/record-dump.ts'

const NOW = Date.UTC(2026, 10, 17, 10)
const daysAgo = (days: number) => NOW - days * DAY_MS

let jira: JiraSimulator
let service: ConnectedService
let events: object[]
let now: number
let sprintId: number

beforeEach(async () => {
  now = daysAgo(10)
  events = []
  jira = createJiraSimulator({
    history: plainSite({ projects: [{ key: 'WEB', name: 'Web' }] }),
    now: () => now,
  })
  jira.webhooks.onEvent(({ body }) => void events.push(body))
  const { baseUrl } = await jira.start()
  service = await startConnectedService(baseUrl)
  service.setNow(NOW)
  sprintId = jira.createSprint({ at: now, boardId: 1, name: 'Sprint 1' })
  jira.startSprint(sprintId, { at: now, endAt: now + 14 * DAY_MS })
})
afterEach(async () => {
  await service.stop()
  await jira.stop()
})

const createStory = (custom = {}) =>
  jira.createIssue({ at: now, projectKey: 'WEB', summary: 'Pay by phone', sprintId, custom }).key
const flag = (issue: string, isFlagged: boolean) =>
  jira.editIssue(issue, { at: now, custom: { [FLAG_FIELD_ID]: isFlagged ? [IMPEDIMENT] : [] } })

/** One born with the flag, one that got it, one that lost it, one without. */
function play(): void {
  createStory({ [FLAG_FIELD_ID]: [IMPEDIMENT] })
  const [flagged, freed] = [createStory(), createStory()]
  createStory()
  now = daysAgo(6)
  flag(freed, true)
  now = daysAgo(4)
  flag(flagged, true)
  flag(freed, false)
}

async function heard(): Promise<void> {
  for (const event of events.splice(0)) await service.deliver(event)
  await service.drain()
}

async function blocked() {
  const { database, compileLinkRules } = service
  const deps = { records: database.records, compileLinkRules, now: NOW }
  const named = { siteId: 'main', sprintId, text: String(sprintId) }
  const { standup } = await standUpSprint(deps, named, null)
  return standup.blocked.map(({ key, at }) => [key, at])
}

it.each(['webhooks', 'a backfill'])(
  'an issue flagged in Jira is blocked, since it was, from %s',
  async (way) => {
    play()
    if (way === 'webhooks') await heard()
    else await service.backfill()
    expect(await blocked()).toEqual([
      ['WEB-1', daysAgo(10)],
      ['WEB-2', daysAgo(4)],
    ])
  },
)

it('the flag is the same whether it came by webhooks or by a backfill', async () => {
  play()
  await heard()
  const kept = await dumpMirror(service.store)
  await service.backfill()
  const { issues, issue_changes } = await dumpMirror(service.store)
  expect({ issues, issue_changes }).toEqual({ issues: kept.issues, issue_changes: kept.issue_changes })
})

it('a site connected by an earlier version reads webhooks on, without what it was never asked for', async () => {
  await service.store.query("update sites set fields = fields - 'flag' - 'numbers'")
  play()
  await heard()
  expect(await blocked()).toEqual([])
  await service.store.query("update issues set state = state - 'isFlagged' - 'numbers'")
  expect(await blocked()).toEqual([])
})
