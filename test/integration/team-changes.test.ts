import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveTeam } from '../../src/app/goals/save-team.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BERLIN } from '../support/digests.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KR = 'KR-1' as KeyResultKey
const TEAM = { ...BERLIN, notify: 'each' as const, anchorIssue: null }

let service: TestService

/** A key result of a team, off track, whose warning waits to be told. */
beforeEach(async () => {
  service = await startTestService({
    JIRA_URL: 'http://127.0.0.1:1',
    JIRA_EMAIL: 'someone@example.org',
    JIRA_API_TOKEN: 'a token that no Jira has given',
  })
  await storeGoals(service.database, { keyResults: { [KR]: BY_COUNT } })
  await service.database.records.goals.saveTeam(TEAM)
  await service.store.query('update objectives set team = $1', [TEAM.key])
  await service.store.query(`update key_results set anchor_site_id = 'main', anchor_issue_id = '1'`)
  service.setNow(Date.parse('2026-10-16T09:00:00Z'))
  await service.deliver(
    issueEvent({
      id: 1,
      at: '2026-10-05T07:00:00.000Z',
      created: '2026-10-05T07:00:00.000+0000',
      labels: [KR],
    }),
  )
  await service.drain()
})
afterEach(() => service.stop())

const save = (change: object) => saveTeam({ ...service, actor: 'api' }, { ...TEAM, ...change })

/** Comments about warnings that wait to be written. */
const waiting = async () =>
  (await service.store.query(`select topic from jira_comments where topic like 'warning%' and is_due`)).length

const dirty = () => service.database.records.progress.dirtyKeyResults(10)

describe('a team that', () => {
  it('takes digests from now on gets no comment that waits, and gets it when it changes its mind', async () => {
    expect(await waiting()).toBe(1)
    await save({ notify: 'digest' })
    await service.drain()
    expect(await waiting()).toBe(0)
    await save({ notify: TEAM.notify })
    await service.drain()
    expect(await waiting()).toBe(1)
  })

  it('names another anchor issue has its key results looked at', async () => {
    await save({ anchorIssue: { siteId: 'main', issue: 'WEB-1' } })
    expect(await dirty()).toEqual([KR])
  })

  it('only changes its name has nothing looked at', async () => {
    await save({ title: 'Another name' })
    expect(await dirty()).toEqual([])
  })
})
