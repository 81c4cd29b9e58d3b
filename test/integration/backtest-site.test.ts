import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backtestSite, OBSERVED_SHARES } from '../../src/app/backtest-site.ts'
import { createJiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { loadDevlakeHistory } from '../../src/demo/jira-simulator/loading/devlake-history.ts'
import { backtestReport, type ForecastRow } from '../../src/domain/backtest/report.ts'
import { scopeOf } from '../../src/domain/sprints/forecast/observation.ts'
import { startConnectedService, type ConnectedService } from '../support/connected-service.ts'
import { hasSharedData, sharedData } from '../support/shared-data.ts'

describe.skipIf(!hasSharedData)('the backtest of a recorded site', () => {
  const open: { stop(): Promise<unknown> }[] = []
  let service: ConnectedService
  let forecasts: ForecastRow[]
  const run = () => backtestSite({ ...service, records: service.database.records }, 'main')

  beforeAll(async () => {
    const jira = createJiraSimulator({ history: await loadDevlakeHistory(sharedData('rest', 'devlake')) })
    const { baseUrl } = await jira.start()
    open.push(jira)
    service = await startConnectedService(baseUrl)
    open.push(service)
    await service.backfill()
    forecasts = await run()
  }, 120_000)
  afterAll(async () => {
    for (const resource of open.reverse()) await resource.stop()
  })

  it('sees each closed sprint at most four times, and at its start as the sprint report does', () => {
    const { rows, sprints, groups } = backtestReport(forecasts)
    expect(groups).toBe(1)
    expect(sprints).toBeGreaterThan(20)
    expect(rows).toBeLessThanOrEqual(sprints * OBSERVED_SHARES.length)
    const seventh = forecasts.filter(({ row }) => row.sprint === '7').map(({ row }) => row)
    expect(seventh[0]).toMatchObject({ group: 'main', elapsedShare: 0, start: { issues: 16, points: 2 } })
    expect(scopeOf(seventh[0]!)).toEqual(seventh[0]!.start)
  })

  it('keeps the books: what was there and came in is what is there and what left', () => {
    expect(forecasts.length).toBeGreaterThan(60)
    for (const { row } of forecasts) {
      const { start, added, removed } = row
      expect(start.issues + added.issues - removed.issues).toBe(scopeOf(row).issues)
    }
  })

  it('forecasts each from those that had ended by then, the same every time', async () => {
    expect(forecasts[0]!.forecast.learnedFrom).toBe(0)
    expect(forecasts.at(-1)!.forecast.learnedFrom).toBeGreaterThan(10)
    expect(await run()).toEqual(forecasts)
  })
})
