import type { FreshDatabase } from './postgres.ts'

type Store = Pick<FreshDatabase, 'query'>

const LIVE_ISSUES =
  'issue_id in (select issue_id from issues where state is not null and deleted_at is null and vanished_at is null)'

/** Tables that are copies of Jira: what lives, without the columns that tell how and when a row came. */
const MIRROR = {
  issues: `select issue_id, created_at, state from issues where ${LIVE_ISSUES}`,
  issue_changes: `select issue_id, change_id, field, at, before, after from issue_changes where ${LIVE_ISSUES}`,
  sprints: `select sprint_id, name, state, start_at, end_at, complete_at, goal, board_id from sprints
    where deleted_at is null or deleted_at < version_at`,
  projects: 'select project_id, key, deleted from projects',
  statuses: 'select status_id, name, category from statuses',
}

/** Tables that follow from the mirror and the goals. */
const DERIVED = {
  contributions: 'select * from contributions',
  key_result_flow: 'select * from key_result_flow',
  key_result_days: 'select * from key_result_days',
}

/** Contributions of issues that live: a deleted one leaves its past behind where it was known. */
const LIVE_CONTRIBUTIONS = { contributions: `select * from contributions where ${LIVE_ISSUES}` }

export const dumpMirror = (store: Store) => dump(store, MIRROR)
export const dumpDerived = (store: Store) => dump(store, DERIVED)
export const dumpLiveContributions = (store: Store) => dump(store, LIVE_CONTRIBUTIONS)

/** Every row as text, in order: equal contents are equal, byte for byte. */
async function dump(store: Store, queries: Record<string, string>): Promise<Record<string, string[]>> {
  const dumped: Record<string, string[]> = {}
  for (const [table, query] of Object.entries(queries)) {
    const rows = await store.query(`select row_to_json(r)::text as row from (${query}) as r order by 1`)
    dumped[table] = rows.map(({ row }) => String(row))
  }
  return dumped
}
