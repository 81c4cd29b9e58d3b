import { afterEach, describe, expect, it } from 'vitest'
import type { WebhookEvent } from '../../src/demo/jira-simulator/webhooks/webhook-event.ts'
import { startConnectedService, type ConnectedService } from '../support/connected-service.ts'
import { createKeyResults } from '../support/crash-goals.ts'
import { CRASH_KEY_RESULTS, prepareCrashLoad } from '../support/crash-load.ts'
import { openCrashStage, type CrashStage } from '../support/crash-stage.ts'
import {
  finalNumbers,
  inboxOutcomes,
  isDrained,
  judgeComments,
  lostDeliveries,
  movementCounts,
  timesApplied,
} from '../support/crash-verdict.ts'
import { eventually } from '../support/eventually.ts'
import { BY_COUNT, BY_POINTS, storeGoals } from '../support/goals.ts'
import { releaseNemesis } from '../support/nemesis.ts'
import { dumpDerived, dumpMirror } from '../support/record-dump.ts'
import { hasRedisServer } from '../support/redis-server.ts'

const EVENTS = 2_000
const EVENTS_DURATION_MS = 15_000
const DRAIN_LIMIT_MS = 30_000
const EVENTS_AT_ONCE = 200

const measureOf = (index: number) => (index % 2 === 0 ? BY_COUNT : BY_POINTS)
const MEASURES = Object.fromEntries(CRASH_KEY_RESULTS.map((key, index) => [key, measureOf(index)]))

let stage: CrashStage | null = null
let reference: ConnectedService | null = null

afterEach(async () => {
  await reference?.stop()
  await stage?.close()
  reference = stage = null
})

describe.each(['redis', 'postgres'] as const)(
  'kill -9 of anything at any time, with the queue on %s',
  (queue) => {
    const isSkipped = queue === 'redis' && !hasRedisServer() && process.env.CI !== 'true'

    it.skipIf(isSkipped)(
      'loses nothing, doubles nothing and recovers by itself',
      async () => {
        const seed = queue === 'redis' ? 11 : 23
        stage = await openCrashStage({ queue, seed, resend: 0.03 })
        const { jira, gate, parts } = stage
        const events: WebhookEvent[] = []
        jira.webhooks.onEvent((event) => event.name.startsWith('comment_') || events.push(event))
        await createKeyResults(stage, MEASURES)
        const load = prepareCrashLoad(jira, EVENTS, seed)
        await jira.webhooks.flush()
        await eventually('the quiet part to be done', () => isDrained(stage!))

        const nemesis = releaseNemesis(stage, seed)
        jira.faults.add({
          method: 'POST',
          url: /comment$/,
          times: 4,
          afterEffect: true,
          fault: { kind: 'reset' },
        })
        await play(load.acts)
        const lastKillAt = nemesis.stop()
        await jira.webhooks.flush()
        await gate.settle()
        await eventually('everything to be done', () => isDrained(stage!), DRAIN_LIMIT_MS)
        const drainMs = performance.now() - lastKillAt

        const lost = await lostDeliveries(stage)
        const outcomes = await inboxOutcomes(stage)
        const comments = await judgeComments(stage, load)
        const distinct = new Set(events.map(({ body }) => JSON.stringify(body))).size
        console.table({
          kills: Object.fromEntries(nemesis.kills),
          acknowledged: { total: gate.acknowledged.size },
          'sent again': { total: gate.resent.length },
          answers: Object.fromEntries(gate.answers),
          lost: { total: lost.length },
          'applied more than once': { total: (await timesApplied(stage)) - distinct },
          'comments doubled': { total: comments.filter(({ comments: count }) => count > 1).length },
          'drain ms': { total: Math.round(drainMs) },
        })

        expect(lost).toEqual([])
        expect(outcomes).toEqual({ applied: distinct })
        expect(await timesApplied(stage)).toBe(distinct)
        expect(gate.resent.length).toBeGreaterThan(10)
        expect(new Set(gate.resent.map(({ answer }) => answer))).toEqual(new Set(['{"status":"duplicate"}']))
        expect(comments).toEqual(
          CRASH_KEY_RESULTS.map((keyResult) => ({
            keyResult,
            comments: 1,
            showsWritten: true,
            wantsFinal: true,
          })),
        )
        expect(parts.get('web')!.unplannedExits()).toEqual([])
        expect(parts.get('worker')!.unplannedExits()).toEqual([])
        expect(drainMs).toBeLessThan(DRAIN_LIMIT_MS)

        reference = await undisturbed(stage, events)
        expect(await dumpMirror(stage)).toEqual(await dumpMirror(reference.store))
        expect(await dumpDerived(stage)).toEqual(await dumpDerived(reference.store))
        expect(await finalNumbers(stage)).toEqual(await finalNumbers(reference.store))
        const movements = await movementCounts(stage)
        expect(movements).toEqual(await movementCounts(reference.store))
        expect(movements.filter((row) => row['movements'] !== row['issues'])).toEqual([])
      },
      120_000,
    )
  },
)

/** Spreads the acts evenly over their time. */
function play(acts: readonly (() => void)[]): Promise<void> {
  const startedAt = performance.now()
  let done = 0
  return new Promise((finished) => {
    const timer = setInterval(() => {
      const due = Math.min(acts.length, ((performance.now() - startedAt) / EVENTS_DURATION_MS) * acts.length)
      while (done < due) acts[done++]!()
      if (done < acts.length) return
      clearInterval(timer)
      finished()
    }, 50)
  })
}

/** The same events through the same use cases in this process, once each, and nothing is killed. */
async function undisturbed(
  { settings }: CrashStage,
  events: readonly WebhookEvent[],
): Promise<ConnectedService> {
  const service = await startConnectedService(settings['JIRA_URL']!)
  await storeGoals(service.database, { keyResults: MEASURES })
  await service.drain()
  for (let start = 0; start < events.length; start += EVENTS_AT_ONCE) {
    const batch = events.slice(start, start + EVENTS_AT_ONCE)
    await Promise.all(batch.map(({ body }) => service.deliver(body)))
    await service.drain()
  }
  return service
}
