import { describe, expect, it } from 'vitest'
import { IGNORE_REASONS, readDelivery } from '../../src/contracts/jira/webhook.ts'
import { NO_FIELDS } from '../../src/domain/site.ts'
import { hasSharedData } from '../support/shared-data.ts'
import {
  CLOUD,
  factOf,
  factsOf,
  RECEIVED_AT,
  readWebhook,
  webhookBytes,
  webhookFiles,
} from '../support/webhook-files.ts'

const at = (text: string) => Date.parse(text)

describe.skipIf(!hasSharedData)('every real webhook', () => {
  it('is there to be read', () => {
    expect(webhookFiles).toHaveLength(57)
  })

  it.each([CLOUD, NO_FIELDS])('is read: it becomes facts or is ignored for a reason (%#)', (fields) => {
    const unread = webhookFiles.filter((file) => readWebhook(file, fields).kind === 'unreadable')
    expect(unread).toEqual([])
    for (const file of webhookFiles) {
      const reading = readWebhook(file, fields)
      if (reading.kind === 'ignored') expect(IGNORE_REASONS[reading.reason]).toBeTypeOf('string')
      if (reading.kind === 'facts') expect(reading.facts).not.toEqual([])
    }
  })

  it('that is ignored is ignored for its own reason', () => {
    const ignored = webhookFiles.flatMap((file) => {
      const reading = readWebhook(file)
      return reading.kind === 'ignored' ? [[file.split('/')[1], reading.reason]] : []
    })
    expect(Object.fromEntries(ignored)).toEqual({
      board_configuration_changed: 'board_configuration_is_read_on_connect',
      comment_created: 'comments_do_not_move_progress',
      comment_deleted: 'comments_do_not_move_progress',
      issue_createmeta: 'no_event_name',
      user_created: 'users_are_kept_as_ids',
      user_deleted: 'no_event_name',
      user_updated: 'users_are_kept_as_ids',
      'webhook-cloud-comment-created-mention-user': 'comments_do_not_move_progress',
      'webhook-cloud-comment-deleted': 'comments_do_not_move_progress',
      'webhook-issue-assigned-empty-changelog': 'issue_without_its_fields',
      'webhook-server-comment-deleted': 'comments_do_not_move_progress',
    })
  })

  it('about an issue tells the issue, that it was there, and its status, whatever else', () => {
    const updates = webhookFiles.filter((file) => {
      const reading = readWebhook(file)
      return reading.kind === 'facts' && /^jira:issue_(created|updated)$/.test(reading.event)
    })
    expect(updates).toHaveLength(32)
    for (const file of updates) {
      const kinds = factsOf(file).map(({ kind }) => kind)
      expect(kinds.slice(0, 3)).toEqual(['issue', 'issue_seen', 'status'])
    }
  })
})

describe.skipIf(!hasSharedData)('sprints, boards and projects', () => {
  it('a sprint is created in the future, starts and is closed before its planned end', () => {
    const event = (name: string) => factOf('sprint', `pinpt-jira/sprint_${name}`)
    expect(event('created')).toEqual({
      kind: 'sprint',
      version: { at: 1596133146364, rank: 0 },
      sprint: {
        sprintId: 196,
        name: 'TES Sprint 2',
        state: 'future',
        startAt: null,
        endAt: null,
        completeAt: null,
        goal: '',
        boardId: 9,
      },
    })
    expect(event('started').sprint).toMatchObject({
      state: 'active',
      startAt: at('2020-07-07T00:37:08.707Z'),
      completeAt: null,
    })
    expect(event('closed').sprint).toMatchObject({
      state: 'closed',
      completeAt: at('2020-07-07T00:37:55.692Z'),
    })
    expect(event('updated').sprint).toMatchObject({ state: 'active', goal: 'take over the world! 🌍🌎🌏' })
    expect(event('updated.sprintUpdateGoalAdded').sprint.goal).toBe('take over the world 🌍🌎🌏')
  })

  it.each([
    ['board_created', false],
    ['board_updated', false],
    ['board_deleted', true],
    ['project_created', false],
    ['project_updated', false],
    ['project_restored_deleted', false],
    ['project_soft_deleted', true],
    ['project_deleted', true],
  ])('%s leaves its subject deleted: %s', (webhookEvent, deleted) => {
    const body = {
      webhookEvent,
      timestamp: 5,
      board: { id: 9, name: 'B' },
      project: { id: 10601, key: 'TES' },
    }
    const bytes = new TextEncoder().encode(JSON.stringify(body))
    const reading = readDelivery(bytes, { fields: NO_FIELDS, ownAccountId: null, receivedAt: RECEIVED_AT })
    expect(reading).toMatchObject({ kind: 'facts', facts: [{ version: { at: 5, rank: 0 }, deleted }] })
  })

  it('boards and projects come and go', () => {
    const told = (file: string) => factsOf(`pinpt-jira/${file}`)
    expect(told('board_created')).toMatchObject([
      { kind: 'board', boardId: 9, name: 'TES board', deleted: false },
    ])
    expect(told('board_deleted')).toMatchObject([
      { kind: 'board', boardId: 83, name: 'sprintboard', deleted: true },
    ])
    expect(told('project_updated')).toMatchObject([
      { kind: 'project', projectId: '10601', key: 'TES', deleted: false },
    ])
    expect(told('project_deleted')).toMatchObject([
      { kind: 'project', projectId: '10646', key: 'RRRRR', deleted: true },
    ])
  })
})

describe.skipIf(!hasSharedData)('a comment', () => {
  it('that we wrote ourselves is counted apart, so that no loop hides among the others', () => {
    const comment = JSON.parse(webhookBytes('pinpt-jira/comment_created').toString('utf8')) as {
      comment: { author: { accountId: string } }
    }
    const context = { fields: CLOUD, ownAccountId: comment.comment.author.accountId, receivedAt: RECEIVED_AT }
    expect(readDelivery(webhookBytes('pinpt-jira/comment_created'), context)).toMatchObject({
      reason: 'own_comment',
    })
  })
})
