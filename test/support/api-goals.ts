import { NOW, type TestApi } from './api.ts'

/** Bodies that the API takes as they are. */

export const A_CYCLE = {
  key: '2026-Q4',
  title: 'Fourth quarter 2026',
  startDay: '2026-10-01',
  endDay: '2026-12-31',
  timeZone: 'Europe/Berlin',
}

export const AN_OBJECTIVE = { cycle: '2026-Q4', title: 'New customers succeed on their first day' }

export const BY_METRIC = { kind: 'metric', unit: '%', baseline: 45, target: 55 }
export const BY_POINTS = { kind: 'delivery', size: 'points', target: { kind: 'scope' } }

export function aKeyResult(given: object = {}): object {
  return { objective: 'O-1', title: 'Activation rises to 55 %', measure: BY_METRIC, ...given }
}

/** The cycle 2026-Q4, the objective O-1 in it, and KR-1 with this measure; nothing of it is left to be heard. */
export async function createGoals({ ask, rings }: TestApi, measure: object = BY_METRIC): Promise<void> {
  for (const [url, body] of [
    ['/api/v1/cycles', A_CYCLE],
    ['/api/v1/objectives', AN_OBJECTIVE],
    ['/api/v1/key-results', aKeyResult({ measure })],
  ] as const) {
    const { status, text } = await ask('POST', url, { body })
    if (status !== 201) throw new Error(text)
  }
  rings()
}

const ANY = { action: null, from: null, until: null }

/** What the feed and the audit log say about a subject, newest last. */
export async function told({ store }: TestApi, subject: string) {
  const { feed, audit } = store.database.records
  const entries = await feed.after(0, 1_000)
  return {
    feed: entries.filter((entry) => entry.subject === subject).map(({ kind, data }) => ({ kind, data })),
    audit: (await audit.list({ after: null, limit: 100 }, { ...ANY, subject })).reverse(),
  }
}

/** The marks that wait for a recompute. */
export async function dirtyMarks({ store }: TestApi): Promise<Record<string, unknown>[]> {
  return store.query(
    'select key_result as "keyResult", needs_relink as relink from dirty_key_results order by key_result',
  )
}

/** What happened to a key result, in order, for its next snapshot to tell. */
export async function movementsOf({ store }: TestApi, key: string): Promise<Record<string, unknown>[]> {
  const rows = await store.query('select movement from movements where key_result = $1 order by id', [key])
  return rows.map(({ movement }) => movement as Record<string, unknown>)
}

export async function clearMarks({ store, rings }: TestApi): Promise<void> {
  await store.query('delete from dirty_key_results')
  rings()
}

/** Back to an empty record, with keys that count from 1 again. */
export async function forgetEverything({ store, rings, evaluated, setNow }: TestApi): Promise<void> {
  await store.query(`truncate cycles, teams, health_policies, health_standings, manual_links, contributions, movements,
    key_result_days, snapshots, dirty_key_results, feed, audit cascade`)
  await store.query('delete from feed_head')
  await store.query('alter sequence objective_numbers restart')
  for (const what of ['key_result', 'initiative', 'kpi'])
    await store.query(`alter sequence ${what}_numbers restart`)
  setNow(NOW)
  rings()
  evaluated()
}
