import {
  createJiraSimulator,
  SIMULATOR_CREDENTIALS,
  type JiraSimulator,
} from '../../src/demo/jira-simulator/jira-simulator.ts'
import { plainSite, PLAIN_TYPE } from '../../src/demo/jira-simulator/site/plain-site.ts'
import type { Team } from '../../src/domain/team.ts'
import type { Episode } from '../../src/domain/warnings/episode.ts'
import type { Signal } from '../../src/domain/warnings/signal.ts'
import { raiseWarnings } from '../../src/app/warnings/raise-warnings.ts'
import { startConnectedService, type ConnectedService } from './connected-service.ts'
import { BY_COUNT, storeGoals } from './goals.ts'
import { KR } from './warnings.ts'

/** One key result with an anchor and an owner, whose warnings a test decides about, beside a simulated Jira. */
export interface WarningStage {
  readonly jira: JiraSimulator
  readonly service: ConnectedService
  readonly anchor: string
  now(): number
  pass(ms: number): void
  /** What a recompute does with these signals, and what relays then write. */
  look(...signals: Signal[]): Promise<void>
  /** The same, without the relays. */
  raise(...signals: Signal[]): Promise<void>
  /** Lets relays write what waits until now, whatever the real time is. */
  relay(): Promise<void>
  /** The warning that was raised last. */
  latestWarning(): Promise<Episode>
  giveTeam(team: Team): Promise<void>
  /** Somebody deletes a comment on the anchor in Jira. */
  deleteComment(id: string): Promise<void>
  /** Kind of write and whether people are told, in order. */
  writes(): string[]
  stop(): Promise<void>
}

export async function startWarningStage(
  startAt: number,
  goals: { timeZone?: string } = {},
): Promise<WarningStage> {
  let now = startAt
  const jira = createJiraSimulator({
    history: plainSite({ projects: [{ key: 'WEB', name: 'Web' }] }),
    now: () => now,
  })
  const { baseUrl } = await jira.start()
  const service = await startConnectedService(baseUrl)
  service.setNow(now)
  const { database, work, store } = service
  const { key: anchor } = jira.createIssue({
    at: now,
    projectKey: 'WEB',
    summary: 'Epic',
    typeId: PLAIN_TYPE.epic,
  })
  await storeGoals(database, { ...goals, keyResults: { [KR]: BY_COUNT } })
  const { keyResult } = (await database.records.goals.keyResult(KR))!
  await database.records.goals.updateKeyResult({
    ...keyResult,
    owner: 'Ada Lovelace',
    ownerAccountId: '5b10ac8d82e05b22cc7d4ef5',
    anchorIssue: { siteId: 'main', issueId: jira.issue(anchor).id },
  })

  const raise = (...signals: Signal[]) =>
    database.transaction(async (records) => {
      const goal = (await records.goals.keyResult(KR))!
      const settings = { now, publicUrl: 'https://okr.example.com', writesComments: true }
      const { feed } = await raiseWarnings(records, goal, signals, settings)
      await records.feed.append(feed)
    })
  const relay = async () => {
    await store.query('update jira_comments set due_at = now() where is_due')
    await work.comments()
  }
  return {
    jira,
    service,
    anchor,
    now: () => now,
    pass: (ms) => {
      now += ms
      service.setNow(now)
    },
    raise,
    relay,
    look: async (...signals) => {
      await raise(...signals)
      await relay()
    },
    latestWarning: async () => {
      const filter = { state: 'all', keyResult: null, objective: null } as const
      const [latest] = await database.records.warnings.list({ after: null, limit: 1 }, filter)
      if (latest === undefined) throw new Error('no warning was raised')
      return latest
    },
    giveTeam: async (team) => {
      await database.records.goals.saveTeam(team)
      await store.query('update objectives set team = $1', [team.key])
    },
    deleteComment: async (id) => {
      const { email, apiToken } = SIMULATOR_CREDENTIALS
      const answer = await fetch(`${baseUrl}/rest/api/3/issue/${anchor}/comment/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Basic ${btoa(`${email}:${apiToken}`)}` },
      })
      if (!answer.ok) throw new Error(`the comment was not deleted: ${answer.status}`)
    },
    writes: () => jira.commentWrites.map(({ kind, notifies }) => `${kind}${notifies ? ' aloud' : ''}`),
    stop: async () => {
      await service.stop()
      await jira.stop()
    },
  }
}
