import { byTurns, figure, median, type Figure } from './benchmark.ts'
import type { EventPlan } from './load/event-plan.ts'
import { startChild } from './processes/child.ts'
import type { Load, LoadReport } from './processes/load-generator.ts'
import { startThroughline } from './processes/throughline.ts'
import type { Surroundings } from './surroundings.ts'

const CONNECTIONS = 32

/**
 * Webhooks taken in per second: the web process of Throughline against a bare Fastify server that does HMAC,
 * JSON.parse and one INSERT on the same PostgreSQL. Server, load and database are processes of their own.
 */
export async function intake(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, say } = surroundings
  const [rounds, events] = isQuick ? [1, 200] : [5, 8_000]
  await using measured = await surroundings.createDatabase()
  await using plain = await surroundings.createDatabase()
  await using throughline = await startThroughline({ role: 'web', databaseUrl: measured.url })
  await using bare = startChild<{ databaseUrl: string }, string>(
    new URL('processes/bare-server.ts', import.meta.url),
  )
  await using load = startChild<Load, LoadReport>(new URL('processes/load-generator.ts', import.meta.url))
  const bareUrl = await bare.ask({ databaseUrl: plain.url })

  let firstIssue = 1
  const send = async (url: string, count: number) => {
    const plan: EventPlan = { issues: count, keyResults: 20, firstStep: 0, firstIssue, startAt: Date.now() }
    firstIssue += count
    const report = await load.ask({ url, plan, events: count, connections: CONNECTIONS })
    return { perSecond: count / report.seconds, ...report }
  }
  const warmUp = Math.ceil(events / 4)
  await send(throughline.webhookUrl, warmUp)
  await send(bareUrl, warmUp)
  const [ours, theirs] = await byTurns(
    rounds,
    async () => {
      const report = await send(throughline.webhookUrl, events)
      say(`Throughline ${Math.round(report.perSecond)}/s, p99 ${report.p99Ms} ms`)
      return report
    },
    async () => {
      const report = await send(bareUrl, events)
      say(`bare server ${Math.round(report.perSecond)}/s, p99 ${report.p99Ms} ms`)
      return report
    },
  )
  const [{ stored } = {}] = await measured.query('select count(*)::int as stored from inbox')
  if (stored !== warmUp + rounds * events) throw new Error(`${String(stored)} deliveries are stored`)
  const bytes = ours[0]!.bytes
  return [
    figure({
      name: 'intake',
      value: median(ours.map(({ perSecond }) => perSecond)),
      baseline: median(theirs.map(({ perSecond }) => perSecond)),
      unit: 'webhooks/s',
      detail: `against a bare server; ${CONNECTIONS} connections, bodies of ${bytes[0]} to ${bytes[1]} bytes`,
      target: { atLeast: 0.7 },
    }),
  ]
}
