import { describe, expect, it } from 'vitest'
import { jiraHistory, readChanges } from '../../src/contracts/jira/changelog.ts'
import { readIssue } from '../../src/contracts/jira/issue.ts'
import { jiraLinkTypes } from '../../src/contracts/jira/links.ts'
import { readHistories } from '../../src/contracts/jira/rest-issues.ts'
import { readDelivery } from '../../src/contracts/jira/webhook.ts'
import { blockingSpells, NO_BLOCKING } from '../../src/domain/mirror/blocking.ts'
import { FETCHED_RANK } from '../../src/domain/mirror/facts.ts'
import type { SiteFields } from '../../src/domain/site.ts'
import { devlake } from '../support/real-answers.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { CLOUD, factOf, RECEIVED_AT } from '../support/webhook-files.ts'

/** A site that renamed Jira's type of blocking links, and has another one of its old name. */
const RENAMED: SiteFields = {
  ...CLOUD,
  blocks: { id: '10000', name: '阻塞', inward: '被阻塞', otherNames: [] },
}

const linkEvent = (webhookEvent: string, type: object = {}) =>
  Buffer.from(
    JSON.stringify({
      timestamp: 7,
      webhookEvent,
      issueLink: {
        ...{ id: 22768, sourceIssueId: 20192, destinationIssueId: 20734 },
        issueLinkType: { id: 10000, name: 'Blocks', inwardName: 'is blocked by', ...type },
      },
    }),
  )
const read = (body: Buffer, fields = CLOUD) =>
  readDelivery(body, { fields, ownAccountId: null, receivedAt: RECEIVED_AT })

describe('a webhook of a link', () => {
  it.skipIf(!hasSharedData)('says which issue blocks which, by their ids', () => {
    expect(factOf('blocking_link', 'pinpt-jira/issuelink_created')).toEqual({
      kind: 'blocking_link',
      linkId: '22768',
      blockerId: '20192',
      blockedId: '20734',
      event: 'made',
      at: 1594081854017,
    })
  })

  it('says when it was removed', () => {
    expect(read(linkEvent('issuelink_deleted'))).toMatchObject({ facts: [{ event: 'removed', at: 7 }] })
  })

  it('is left aside when its type does not block: by the type of the site, else by the usual names', () => {
    const left = { kind: 'ignored', reason: 'links_that_do_not_block_are_not_used' }
    const relates = { id: 10003, name: 'Relates', inwardName: 'relates to' }
    expect(read(linkEvent('issuelink_created', relates))).toMatchObject(left)
    expect(read(linkEvent('issuelink_created', { id: 10300 }), RENAMED)).toMatchObject(left)
    const renamed = { name: '阻塞', inwardName: '被阻塞' }
    expect(read(linkEvent('issuelink_created', renamed), RENAMED)).toMatchObject({ kind: 'facts' })
    expect(read(linkEvent('issuelink_created', renamed))).toMatchObject(left)
  })

  it('is parked when it does not say what it links', () => {
    const body = Buffer.from(JSON.stringify({ webhookEvent: 'issuelink_created', issueLink: { id: 1 } }))
    expect(read(body)).toMatchObject({ kind: 'unreadable' })
  })
})

describe("an issue's list of links", () => {
  const status = { id: '3', statusCategory: { id: 4, key: 'indeterminate' } }
  const link = (given: object, type = 'Blocks') => ({
    type: { id: '10000', name: type, inward: '', outward: '' },
    ...given,
  })
  const blocker = { inwardIssue: { id: '5', key: 'WEB-5', fields: { summary: 'Pay', status } } }
  const blockersOf = (issuelinks: unknown, fields = CLOUD) => {
    const values = { created: '2026-10-01T00:00:00Z', updated: '2026-10-02T00:00:00Z', status, issuelinks }
    const reading = readIssue({ id: '7', key: 'WEB-7', fields: values }, fields, FETCHED_RANK)
    if (reading.kind === 'partial') throw new Error(reading.missing)
    return reading.issue.blockers
  }

  it('holds the issues that block it, not those it blocks, nor those it is linked with otherwise', () => {
    expect(
      blockersOf([
        link(blocker),
        link({ outwardIssue: { id: '6', key: 'WEB-6' } }),
        link({ inwardIssue: { id: '8', key: 'WEB-8' } }, 'Relates'),
        link(blocker),
      ]),
    ).toEqual([{ issueId: '5', key: 'WEB-5', statusId: '3', statusCategory: 'indeterminate' }])
  })

  it('goes by the id of the type that connecting found', () => {
    expect(blockersOf([link(blocker, '阻塞')])).toEqual([])
    expect(blockersOf([link(blocker, '阻塞')], RENAMED)).toHaveLength(1)
  })

  it('is none where Jira says so, and not known where it says nothing', () => {
    expect(blockersOf([])).toEqual([])
    expect(blockersOf(undefined)).toBeNull()
    expect(blockersOf('nonsense')).toBeNull()
  })

  it('is not known where an entry that may be a blocker cannot be read: it is not gone', () => {
    for (const entry of ['nonsense', {}, link({}), link({ inwardIssue: {} }), { ...blocker, type: null }]) {
      expect(blockersOf([link(blocker), entry])).toBeNull()
    }
    const nameless = { type: { id: '10000' }, ...blocker }
    expect(blockersOf([nameless])).toBeNull()
    expect(blockersOf([nameless], RENAMED)).toHaveLength(1)
  })

  it('is known where an entry that cannot be read is surely none, and where one shows an id alone', () => {
    expect(blockersOf([link({ inwardIssue: {} }, 'Relates'), { outwardIssue: { id: '6' } }])).toEqual([])
    expect(blockersOf([link({ inwardIssue: { id: 5 } })])).toEqual([
      { issueId: '5', key: null, statusId: '', statusCategory: 'indeterminate' },
    ])
  })

  it.skipIf(!hasSharedData)('is read from real webhooks', () => {
    expect(factOf('issue', 'pinpt-jira/jira_issue_updated.tags').blockers).toEqual([
      { issueId: '11901', key: 'TES-1', statusId: '10000', statusCategory: 'new' },
    ])
  })
})

describe("a changelog's item about a link", () => {
  const item = (given: object) => ({
    ...{ field: 'Link', fieldtype: 'jira', from: null, fromString: null, to: null, toString: null },
    ...given,
  })
  const changesOf = (given: object, fields = CLOUD) =>
    readChanges('7', 0, [item(given)], fields).map(({ field, from, to }) => ({ field, from, to }))

  it('says that an issue blocks it, and blocks it no more', () => {
    const sentence = 'This issue is blocked by WEB-5'
    expect(changesOf({ to: 'WEB-5', toString: sentence })).toEqual([
      { field: 'blocker:WEB-5', from: false, to: true },
    ])
    expect(changesOf({ from: 'WEB-5', fromString: sentence })).toEqual([
      { field: 'blocker:WEB-5', from: true, to: false },
    ])
  })

  it('is read in any language, by what the site calls the link', () => {
    const sentence = '此问题 被阻塞 WEB-5'
    expect(changesOf({ to: 'WEB-5', toString: sentence }, RENAMED)).toHaveLength(1)
    expect(changesOf({ to: 'WEB-5', toString: sentence })).toEqual([])
  })

  it('is read by what the site called the link before, and with the key first', () => {
    const known = (...otherNames: string[]) => ({ ...CLOUD, blocks: { ...RENAMED.blocks!, otherNames } })
    const usual = { to: 'WEB-5', toString: 'This issue is blocked by WEB-5' }
    expect(changesOf(usual, known('is blocked by'))).toHaveLength(1)
    expect(changesOf(usual, known('waits for'))).toEqual([])
    expect(changesOf({ to: 'WEB-5', toString: 'web-5 is  blocked by。' })).toHaveLength(1)
  })

  it.each([
    'This issue is blocked by external WEB-5',
    'This issue is blocked by WEB-55',
    'This issue was is blocked by-WEB-5',
    'This issue blocks WEB-5',
    'This issue relates to WEB-5',
    null,
  ])('says nothing of its own being blocked: %s', (sentence) =>
    expect(changesOf({ to: 'WEB-5', toString: sentence })).toEqual([]),
  )
})

describe.skipIf(!hasSharedData)('real issues with links', () => {
  interface RawIssue {
    readonly id: string
    readonly changelog: { readonly histories: readonly unknown[] }
  }
  const issues = (hasSharedData ? devlake('api_issue_relationships') : []) as unknown as RawIssue[]

  it('have in their changelogs every blocker that their lists hold, and none that they do not', () => {
    let blockers = 0
    for (const raw of issues) {
      const reading = readIssue(raw, CLOUD, FETCHED_RANK)
      if (reading.kind === 'partial') throw new Error(reading.missing)
      const { issueId, createdAt, state, blockers: listed } = reading.issue
      const read = raw.changelog.histories.map((history) => jiraHistory.parse(history))
      const changes = readHistories(raw.id, read, CLOUD)?.changes ?? []
      const history = { issueId, createdAt, deletedAt: null, current: state, changes }
      const told = blockingSpells(history, NO_BLOCKING).filter(
        (each) => each.linked.at(-1)?.until === Infinity,
      )
      expect(told.map(({ key }) => key).sort()).toEqual(listed!.map(({ key }) => key).sort())
      blockers += told.length
    }
    expect(blockers).toBeGreaterThan(0)
  })
})

it('reads the types of links', () => {
  const type = { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks', self: 'x' }
  expect(jiraLinkTypes.parse({ issueLinkTypes: [type] })).toEqual([
    { id: '10000', name: 'Blocks', inward: 'is blocked by' },
  ])
})
