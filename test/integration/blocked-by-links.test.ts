import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WEBHOOK_EVENTS } from '../../src/app/connect-site.ts'
import { planSprint } from '../../src/app/sprints/plan-sprint.ts'
import { reviewSprint } from '../../src/app/sprints/review-sprint.ts'
import { standUpSprint } from '../../src/app/sprints/stand-up-sprint.ts'
import { createJiraSimulator, type JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { PLAIN_STATUS, plainSite } from '../../src/demo/jira-simulator/site/plain-site.ts'
import type { BlockingLinkFact, IssueFact } from '../../src/domain/mirror/facts.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { issueState } from '../support/issues.ts'
import { startConnectedService, type ConnectedService } from '../support/connected-service.ts'

const NOW = Date.UTC(2026, 10, 17, 10)
const daysAgo = (days: number) => NOW - days * DAY_MS

interface Body {
  readonly webhookEvent: string
  readonly timestamp: number
  readonly issue?: { readonly key: string }
}

let jira: JiraSimulator
let service: ConnectedService
let events: Body[]
let now: number
let sprintId: number

beforeEach(async () => {
  now = daysAgo(10)
  events = []
  jira = createJiraSimulator({
    history: plainSite({ projects: [{ key: 'WEB', name: 'Web' }] }),
    now: () => now,
  })
  jira.webhooks.onEvent(({ body }) => void events.push(body as unknown as Body))
  const { baseUrl } = await jira.start()
  service = await startConnectedService(baseUrl)
  service.setNow(NOW)
  sprintId = jira.createSprint({ at: daysAgo(11), boardId: 1, name: 'Sprint 1' })
  jira.startSprint(sprintId, { at: now, endAt: now + 14 * DAY_MS })
})
afterEach(async () => {
  await service.stop()
  await jira.stop()
})

const story = (given: { sprintId?: number } = { sprintId }) =>
  jira.createIssue({ at: now, projectKey: 'WEB', summary: 'Pay by phone', ...given }).key
const finish = (issue: string) => jira.transition(issue, { at: now, statusId: PLAIN_STATUS.done })

/**
 * WEB-1 waits for WEB-5, WEB-2 waited for it and does no more, WEB-3 waited for WEB-6 that is done since, and WEB-4 is
 * only related. WEB-5 and WEB-6 are in the backlog.
 */
function play(): void {
  const [waiting, freed, served, related] = [story(), story(), story(), story()]
  const [open, done] = [story({}), story({})]
  now = daysAgo(8)
  jira.linkIssues(open, related, { at: now, type: 'Relates' })
  const link = jira.linkIssues(open, freed, { at: now })
  jira.linkIssues(done, served, { at: now })
  now = daysAgo(6)
  jira.linkIssues(open, waiting, { at: now })
  jira.unlinkIssues(link.id, { at: now })
  now = daysAgo(3)
  finish(done)
}

/** Of all that Jira has to tell, what it was asked for. */
async function heard(bodies: readonly Body[] = events.splice(0)): Promise<void> {
  for (const body of bodies) {
    if (WEBHOOK_EVENTS.includes(body.webhookEvent)) await service.deliver(body)
  }
  await service.drain()
}

function withoutLinks(body: Body): Body {
  const { issue } = body as { issue?: { fields?: object } }
  if (issue === undefined) return body
  return { ...body, issue: { ...issue, fields: { ...issue.fields, issuelinks: undefined } } } as never
}

const deps = () => ({
  records: service.database.records,
  compileLinkRules: service.compileLinkRules,
  now: NOW,
})
const named = () => ({ siteId: 'main', sprintId, text: String(sprintId) })

async function blocked() {
  const { standup } = await standUpSprint(deps(), named(), null)
  return standup.blocked.map(({ key, at, blockers }) => [key, at, ...blockers.map((each) => each.key)])
}

describe('an issue linked as blocked by an open one', () => {
  it.each(['webhooks', 'a backfill', 'webhooks and a backfill'])(
    'is blocked, since it was, from %s',
    async (way) => {
      play()
      if (way !== 'a backfill') await heard()
      if (way !== 'webhooks') await service.backfill()
      expect(await blocked()).toEqual([['WEB-1', daysAgo(6), 'WEB-5']])
    },
  )

  it('is told from webhooks in any order, any of them twice', async () => {
    play()
    const bodies = [...events, ...events.filter((_, index) => index % 2 === 0)]
    const [shuffled] = fc.sample(fc.shuffledSubarray(bodies, { minLength: bodies.length }), {
      numRuns: 1,
      seed: 5,
    })
    await heard(shuffled)
    expect(await blocked()).toEqual([['WEB-1', daysAgo(6), 'WEB-5']])
  })

  it('is free as soon as the other is delivered, and blocked again when that is reopened', async () => {
    play()
    await service.backfill()
    events.length = 0
    now = daysAgo(1)
    finish('WEB-5')
    await heard()
    expect(await blocked()).toEqual([])
    now = NOW - 1_000
    jira.transition('WEB-5', { at: now, statusId: PLAIN_STATUS.inProgress })
    await heard()
    expect(await blocked()).toEqual([['WEB-1', now, 'WEB-5']])
  })

  it('is free again when a backfill finds the other deleted, of which no webhook came', async () => {
    play()
    await heard()
    now = daysAgo(2)
    jira.deleteIssue('WEB-5', { at: now })
    events.length = 0
    await service.backfill()
    expect(await blocked()).toEqual([])
  })

  it('is free when the other was deleted before anybody here heard of it', async () => {
    play()
    now = daysAgo(2)
    jira.deleteIssue('WEB-5', { at: now })
    await service.backfill()
    expect(await blocked()).toEqual([])
  })

  it('is free when a link is found gone with an issue that was never mirrored', async () => {
    play()
    // Jira dates the event of a link some milliseconds after the change of the issues that it is.
    const late = events.map((body) =>
      body.webhookEvent === 'issuelink_created' ? { ...body, timestamp: body.timestamp + 5 } : body,
    )
    await heard(late.filter(({ issue }) => issue?.key !== 'WEB-5'))
    expect(await blocked()).toEqual([['WEB-1', daysAgo(6) + 5, jira.issue('WEB-5').id]])
    now = daysAgo(2)
    jira.deleteIssue('WEB-5', { at: now })
    await service.backfill()
    expect(await blocked()).toEqual([])
  })

  it('is free when all that was heard of the other is its link and its deletion', async () => {
    play()
    now = daysAgo(2)
    jira.deleteIssue('WEB-5', { at: now })
    const unheard = ({ webhookEvent, issue }: Body) =>
      webhookEvent === 'issuelink_deleted' ||
      (issue?.key === 'WEB-5' && webhookEvent !== 'jira:issue_deleted')
    await heard(events.filter((body) => !unheard(body)))
    expect(await blocked()).toEqual([])
  })

  it('stays blocked when a newer payload does not tell of links', async () => {
    play()
    await service.backfill()
    await service.store.query('truncate blocking_links')
    await service.store.query("delete from issue_changes where field like 'blocker:%'")
    events.length = 0
    now = NOW - 1_000
    jira.transition('WEB-1', { at: now, statusId: PLAIN_STATUS.inProgress })
    await heard(events.map((body) => withoutLinks(body)))
    expect((await blocked()).map(([key, , blocker]) => [key, blocker])).toEqual([['WEB-1', 'WEB-5']])
  })

  it('is read on a site that an earlier version connected', async () => {
    await service.store.query("update sites set fields = fields - 'blocks'")
    play()
    await heard()
    await service.store.query('update issues set blockers = null')
    expect(await blocked()).toEqual([['WEB-1', daysAgo(6), 'WEB-5']])
    await service.store.query('truncate blocking_links')
    expect(await blocked()).toEqual([])
    await service.store.query("update issues set blockers = '[]'")
    expect(await blocked()).toEqual([])
    await service.backfill()
    expect(await blocked()).toEqual([['WEB-1', daysAgo(6), 'WEB-5']])
  })

  it('is told by the plan, with whether the sprint holds what it waits for', async () => {
    play()
    jira.linkIssues('WEB-4', 'WEB-1', { at: now })
    await heard()
    const { plan } = await planSprint(deps(), named())
    expect(plan.blocked).toMatchObject([
      {
        item: { key: 'WEB-1' },
        since: daysAgo(6),
        blockers: [
          { key: 'WEB-4', isInSprint: true },
          { key: 'WEB-5', isInSprint: false },
        ],
      },
    ])
  })

  it('is told by the review as of the completion, whatever comes later', async () => {
    play()
    now = daysAgo(2)
    jira.closeSprint(sprintId, { at: now, carryOverTo: null })
    now = daysAgo(1)
    finish('WEB-5')
    jira.linkIssues('WEB-3', 'WEB-2', { at: now })
    await heard()
    const { review } = await reviewSprint(deps(), named())
    expect(review.blocked.map(({ key, since, blockers }) => [key, since, blockers[0]?.key])).toEqual([
      ['WEB-1', daysAgo(6), 'WEB-5'],
    ])
  })
})

it('of lists of links the newest that is one counts, in any order and any portions', async () => {
  const { mirror } = service.database.records
  const blocker = (issueId: string) => ({
    ...{ issueId, key: `WEB-${issueId}`, statusId: '1', statusCategory: 'new' as const },
  })
  const fact = (at: number, rank: number, ...lists: string[][]): IssueFact => ({
    ...{ kind: 'issue', issueId: '7', createdAt: 1_000, version: { at, rank }, state: issueState() },
    blockers: lists[0]?.map(blocker) ?? null,
  })
  const facts = [fact(2_000, 1, ['5']), fact(3_000, 1, ['5', '6']), fact(3_000, 1), fact(4_000, 1)]
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(facts, { minLength: facts.length }),
      fc.nat({ max: facts.length }),
      async (order, cut) => {
        await service.store.query("delete from issues where issue_id = '7'")
        await mirror.saveIssues('main', order.slice(0, cut))
        await mirror.saveIssues('main', order.slice(cut))
        const known = (await mirror.blockings('main', ['7'])).get('7')
        expect(known?.read).toEqual({ at: 3_000, blockers: [blocker('5'), blocker('6')] })
        const [row] = await service.store.query("select version_at from issues where issue_id = '7'")
        expect(row).toEqual({ version_at: new Date(4_000) })
      },
    ),
    { numRuns: 40 },
  )
})

it('links are kept alike in any order and any portions', async () => {
  const link = { kind: 'blocking_link', linkId: '1', blockerId: '8', blockedId: '7' } as const
  const facts: BlockingLinkFact[] = [
    { ...link, event: 'made', at: 1_000 },
    { ...link, event: 'made', at: 900 },
    { ...link, event: 'removed', at: 2_000 },
    { ...link, linkId: '2', event: 'removed', at: 500 },
  ]
  const { mirror } = service.database.records
  const kept = async (portions: readonly BlockingLinkFact[][]) => {
    await service.store.query('truncate blocking_links')
    for (const portion of portions) await mirror.saveBlockingLinks('main', portion)
    return service.store.query('select link_id, made_at, removed_at from blocking_links order by link_id')
  }
  const whole = await kept([facts])
  expect(whole).toEqual([
    { link_id: '1', made_at: new Date(900), removed_at: new Date(2_000) },
    { link_id: '2', made_at: null, removed_at: new Date(500) },
  ])
  for (const order of [facts.toReversed(), [facts[2]!, facts[0]!, facts[3]!, facts[1]!, facts[0]!]]) {
    expect(await kept(order.map((fact) => [fact]))).toEqual(whole)
    expect(await kept([order])).toEqual(whole)
  }
})
