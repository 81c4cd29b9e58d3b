import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJiraSimulator, type JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { valuesOverTime } from '../../src/demo/jira-simulator/site/field-values.ts'
import type { IssueValues } from '../../src/demo/jira-simulator/site/jira-history.ts'
import {
  PLAIN_RESOLUTION,
  PLAIN_STATUS,
  PLAIN_TYPE,
  plainSite,
} from '../../src/demo/jira-simulator/site/plain-site.ts'
import { createWebhookDispatcher } from '../../src/demo/jira-simulator/webhooks/webhook-dispatcher.ts'
import type { WebhookEvent } from '../../src/demo/jira-simulator/webhooks/webhook-event.ts'
import { fieldsOf, readingOf } from '../support/jira-readings.ts'
import { MONDAY } from '../support/simulated-jira.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'

type Doing = (jira: JiraSimulator, at: number) => void

const ISSUE = 'SHOP-2'
const words = fc.uniqueArray(fc.constantFrom('KR-1', 'KR-2', 'ops', 'web'), { maxLength: 3 })
const doing: fc.Arbitrary<Doing> = fc.oneof(
  words.map(
    (labels): Doing =>
      (jira, at) =>
        jira.editIssue(ISSUE, { at, labels }),
  ),
  fc.option(fc.integer({ min: 0, max: 13 })).map(
    (points): Doing =>
      (jira, at) =>
        jira.editIssue(ISSUE, { at, points }),
  ),
  fc.constantFrom('SHOP-1', 'SHOP-3', null).map(
    (parent): Doing =>
      (jira, at) =>
        jira.editIssue(ISSUE, { at, parent }),
  ),
  fc.constantFrom(...Object.values(PLAIN_STATUS)).map(
    (statusId): Doing =>
      (jira, at) =>
        jira.transition(ISSUE, { at, statusId }),
  ),
  fc.constantFrom(...Object.values(PLAIN_RESOLUTION)).map(
    (resolutionId): Doing =>
      (jira, at) =>
        jira.transition(ISSUE, { at, statusId: PLAIN_STATUS.done, resolutionId }),
  ),
  fc.constantFrom(1, 2, 3, null).map(
    (sprintId): Doing =>
      (jira, at) =>
        jira.moveToSprint(ISSUE, sprintId, { at }),
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((summary): Doing => (jira, at) => {
    jira.editIssue(ISSUE, { at, summary: `S ${summary}` })
  }),
  fc.constant<Doing>((jira, at) => {
    const projectKey = jira.issue(ISSUE).values.key.startsWith('SHOP') ? 'APP' : 'SHOP'
    jira.moveIssue(ISSUE, { at, projectKey })
  }),
  fc.constant<Doing>((jira, at) => {
    const active = [1, 2, 3].find((id) => jira.sprint(id).state === 'active')
    const future = [1, 2, 3].find((id) => jira.sprint(id).state === 'future')
    if (active !== undefined) jira.closeSprint(active, { at, carryOverTo: future ?? null })
    else if (future !== undefined) jira.startSprint(future, { at, endAt: at + 1_000_000 })
  }),
)

function playedOut(doings: readonly Doing[]) {
  const history = plainSite({
    projects: [
      { key: 'SHOP', name: 'Shop' },
      { key: 'APP', name: 'App' },
    ],
  })
  const jira = createJiraSimulator({ history })
  const events: WebhookEvent[] = []
  const seen: IssueValues[] = []
  jira.webhooks.onEvent((event) => events.push(event))
  for (const typeId of [PLAIN_TYPE.epic, PLAIN_TYPE.story, PLAIN_TYPE.epic]) {
    jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'S', typeId })
  }
  for (const number of [1, 2, 3]) jira.createSprint({ at: MONDAY, boardId: 1, name: `Sprint ${number}` })
  seen.push(jira.issue(ISSUE).values)
  jira.webhooks.onEvent(({ name, body }) => {
    if (name !== 'jira:issue_updated') return
    expect((body.issue as { id: string }).id).toBe(jira.issue(ISSUE).id)
    seen.push(jira.issue(ISSUE).values)
  })
  doings.forEach((act, index) => act(jira, MONDAY + (index + 1) * 60_000))
  return { jira, events, seen, history }
}

describe('a simulated history', () => {
  it('read backwards gives the values the issue had after each change', () => {
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 25 }), (doings) => {
        const { jira, seen, history } = playedOut(doings)
        const meaning = { fieldIds: history.site.fieldIds, fields: history.fields }
        expect(valuesOverTime(jira.issue(ISSUE), meaning)).toEqual(seen)
      }),
    )
  })

  it('says the same thing in its webhooks as in its state, and nothing Throughline cannot read', () => {
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 25 }), (doings) => {
        const { jira, events, history } = playedOut(doings)
        const facts = events.flatMap((event) => {
          const reading = readingOf(event, fieldsOf(history))
          expect(reading.kind).toBe('facts')
          return reading.kind === 'facts' ? reading.facts : []
        })
        const { id, values, histories } = jira.issue(ISSUE)
        const told = facts.findLast((fact) => fact.kind === 'issue' && fact.issueId === id)
        expect(told).toMatchObject({
          version: { at: histories.at(-1)?.at ?? MONDAY },
          state: {
            key: values.key,
            statusId: values.statusId,
            labels: [...values.labels].sort(),
            parentId: values.parentId,
            sprintIds: [...values.sprintIds].sort(),
          },
        })
      }),
    )
  })
})

describe('a dispatcher in disorder', () => {
  it('delivers every event at least once, whatever it doubles, renames and shuffles', async () => {
    const receiver = await startWebhookReceiver((_delivery, earlier) => (earlier === 0 ? 503 : 200))
    const chance = fc.double({ min: 0, max: 1, noNaN: true })
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 1, max: 30 }),
        chance,
        chance,
        async (seed, count, ...chances) => {
          const [duplicate, duplicateAsNew] = chances
          const from = receiver.received.length
          const webhooks = createWebhookDispatcher({
            seed,
            targets: () => [{ url: receiver.url, secret: 'x', events: null }],
            disorder: { shuffle: true, duplicate, duplicateAsNew },
            wait: () => Promise.resolve(),
          })
          for (let number = 0; number < count; number++) {
            webhooks.send({ name: 'sprint_updated', at: number, flow: 'Primary', body: { number } })
          }
          const report = await webhooks.flush()
          await webhooks.close()
          const numbers = receiver.received
            .slice(from)
            .map(({ body }) => (JSON.parse(body.toString()) as { number: number }).number)
          expect(report).toMatchObject({ delivered: count + report.duplicated, givenUp: 0, dropped: 0 })
          expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(
            Array.from({ length: count }, (_, n) => n),
          )
        },
      ),
      { numRuns: 25 },
    )
    await receiver.close()
  })
})
