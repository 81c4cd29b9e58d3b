import type { CrashStage } from './crash-stage.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'

/** One cycle with one objective and these key results, over the API. */
export async function createKeyResults(
  { call }: CrashStage,
  measures: Readonly<Record<string, Measure>>,
): Promise<void> {
  await call('POST', '/api/v1/cycles', {
    key: '2026-Q4',
    title: 'Fourth quarter',
    startDay: '2026-10-01',
    endDay: '2026-12-31',
    timeZone: 'UTC',
  })
  await call('POST', '/api/v1/objectives', { cycle: '2026-Q4', title: 'Nothing is lost' })
  for (const [key, measure] of Object.entries(measures)) {
    await call('POST', '/api/v1/key-results', { key, objective: 'O-1', title: `Key result ${key}`, measure })
  }
}

/** How many issues stand behind a key result, as the API says. */
export async function issuesBehind({ call }: CrashStage, key: string): Promise<number> {
  const { progress } = (await call('GET', `/api/v1/key-results/${key}`)) as {
    progress: { delivery: { scope: { issues: number } } } | null
  }
  return progress?.delivery.scope.issues ?? 0
}
