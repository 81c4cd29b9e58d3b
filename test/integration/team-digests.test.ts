import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendDigests } from '../../src/app/warnings/send-digests.ts'
import { PLAIN_STATUS } from '../../src/demo/jira-simulator/site/plain-site.ts'
import type { TeamKey } from '../../src/domain/ids.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { problemsOfAdf } from '../support/adf-schema.ts'
import { BERLIN } from '../support/digests.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { startWarningStage, type WarningStage } from '../support/warning-stage.ts'
import { signalOf } from '../support/warnings.ts'

/** Friday, an hour before the working day ends in Berlin. */
const FRIDAY_AFTERNOON = Date.parse('2026-11-20T15:00:00Z')
const FRIDAY_EVENING = Date.parse('2026-11-20T16:00:00Z')
const HOUR = 3_600_000

let stage: WarningStage

beforeEach(async () => {
  stage = await startWarningStage(FRIDAY_AFTERNOON)
  const issueId = stage.jira.issue(stage.anchor).id
  await stage.giveTeam({ ...BERLIN, anchorIssue: { siteId: 'main', issueId } })
  await stage.service.drain()
  await stage.service.store.query('delete from warnings')
  await stage.service.store.query('update jira_comments set is_due = false')
})
afterEach(() => stage.stop())

const send = () =>
  sendDigests({ ...stage.service, publicUrl: 'https://okr.example.com', writesComments: true })
const digests = async () =>
  (await stage.service.database.records.feed.after(0, 100)).filter(({ kind }) => kind === 'team.digest')
const comments = () => stage.jira.commentsOf(stage.anchor)

describe('a digest', () => {
  it('goes to the feed and the anchor issue at the end of the working day, once', async () => {
    await stage.raise(signalOf('off_track'))
    await send()
    expect(await digests()).toEqual([])
    stage.pass(HOUR)
    await Promise.all([send(), send()])
    await send()
    await stage.relay()
    expect(await digests()).toMatchObject([
      {
        subject: 'search',
        at: FRIDAY_EVENING,
        data: { day: '2026-11-20', danger: [{ key: 'KR-12', level: 'off_track', isNew: true }] },
      },
    ])
    expect(comments()).toHaveLength(1)
    expect(comments()[0]?.text).toContain('In danger')
    expect(comments()[0]?.properties.get('throughline')).toEqual({
      team: 'search',
      kind: 'digest-2026-11-20',
    })
  })

  it('is not sent for a day without news', async () => {
    await stage.raise(signalOf('at_risk'))
    stage.pass(HOUR)
    await send()
    stage.pass(3 * DAY_MS)
    await send()
    await stage.relay()
    expect(await digests()).toHaveLength(1)
    const kept = await stage.service.store.query(
      'select day::text as day, digest is null as "isEmpty" from team_digests order by day',
    )
    expect(kept).toEqual([
      { day: '2026-11-20', isEmpty: false },
      { day: '2026-11-23', isEmpty: true },
    ])
  })

  it('tells of progress since the last one, and of what the work serves', async () => {
    stage.pass(HOUR)
    await send()
    const echoes: object[] = []
    stage.jira.webhooks.onEvent(({ body }) => echoes.push(body))
    stage.pass(2 * DAY_MS + 20 * HOUR)
    const at = stage.now()
    for (const statusId of [PLAIN_STATUS.done, PLAIN_STATUS.inProgress]) {
      const { key } = stage.jira.createIssue({ at, projectKey: 'WEB', summary: 'Story', labels: ['KR-12'] })
      stage.jira.transition(key, { at, statusId })
    }
    for (const body of echoes) await stage.service.deliver(body)
    await stage.service.drain()
    stage.pass(4 * HOUR)
    await send()
    expect((await digests()).at(-1)).toMatchObject({
      data: {
        day: '2026-11-23',
        moved: [{ key: 'KR-12', progressPercent: 50, progressPercentBefore: null }],
        serves: [{ objective: 'O-1', keyResults: ['KR-12'], issuesInProgress: 1 }],
      },
    })
  })

  it('is not for teams that are told of each warning', async () => {
    await stage.giveTeam({ ...BERLIN, notify: 'each' })
    await stage.raise(signalOf('off_track'))
    stage.pass(HOUR)
    await send()
    expect(await digests()).toEqual([])
  })

  it('without an anchor issue is only in the feed', async () => {
    await stage.giveTeam(BERLIN)
    await stage.raise(signalOf('off_track'))
    stage.pass(HOUR)
    await send()
    await stage.relay()
    expect(await digests()).toHaveLength(1)
    expect(comments()).toEqual([])
  })

  it('reaches a team also when the one before it fails', async () => {
    const broken = { ...BERLIN.calendar, timeZone: 'Nowhere/None' }
    const { goals } = stage.service.database.records
    await goals.saveTeam({ ...BERLIN, key: 'a-first' as TeamKey, calendar: broken })
    await stage.raise(signalOf('off_track'))
    stage.pass(HOUR)
    await expect(send()).rejects.toThrow(RangeError)
    expect(await digests()).toHaveLength(1)
  })

  it.skipIf(!hasSharedData)("is valid under Atlassian's schema", async () => {
    await stage.raise(signalOf('off_track'))
    stage.pass(HOUR)
    await send()
    await stage.relay()
    expect(problemsOfAdf(comments()[0]?.document)).toEqual([])
  })
})
