import {
  createJiraSimulator,
  type JiraSimulator,
  type JiraSimulatorOptions,
} from '../../src/demo/jira-simulator/jira-simulator.ts'
import { plainSite } from '../../src/demo/jira-simulator/site/plain-site.ts'
import type { WebhookEvent } from '../../src/demo/jira-simulator/webhooks/webhook-event.ts'
import { judgedJira, type JudgedJira } from './judged-jira.ts'

/** 2026-10-05, a Monday, 09:00 UTC. */
export const MONDAY = Date.UTC(2026, 9, 5, 9)

export interface PlayedJira {
  readonly jira: JiraSimulator
  /** Every event so far. */
  readonly events: WebhookEvent[]
}

type Options = Partial<JiraSimulatorOptions> & { readonly timeZone?: string }

/** A simulator with two projects, SHOP and APP, a select field for key results, and a clock that stands at `MONDAY`. */
export function playedJira({ timeZone = 'UTC', ...overrides }: Options = {}): PlayedJira {
  const history = plainSite({
    projects: [
      { key: 'SHOP', name: 'Shop' },
      { key: 'APP', name: 'App' },
    ],
    keyResultField: { id: 'customfield_10900', name: 'Key result' },
    timeZone,
  })
  const jira = createJiraSimulator({ history, now: () => MONDAY, ...overrides })
  const events: WebhookEvent[] = []
  jira.webhooks.onEvent((event) => events.push(event))
  return { jira, events }
}

export interface SimulatedJira extends PlayedJira, AsyncDisposable {
  readonly baseUrl: string
  readonly call: JudgedJira
}

/** The same, listening. */
export async function simulatedJira(options: Options = {}): Promise<SimulatedJira> {
  const played = playedJira(options)
  const { baseUrl } = await played.jira.start()
  return {
    ...played,
    baseUrl,
    call: judgedJira(baseUrl),
    [Symbol.asyncDispose]: () => played.jira.stop(),
  }
}
