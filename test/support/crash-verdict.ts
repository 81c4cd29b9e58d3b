import type { CrashStage } from './crash-stage.ts'
import type { CrashLoad } from './crash-load.ts'
import type { FreshDatabase } from './postgres.ts'

type Store = Pick<FreshDatabase, 'query'>

/** True when nothing waits: no delivery, no key result, and no comment that is due by now. */
export async function isDrained(store: Store): Promise<boolean> {
  const [row] = await store.query(`
    select (select count(*) from inbox where processed_at is null) as deliveries,
      (select count(*) from dirty_key_results) as dirty,
      (select count(*) from jira_comments where is_due and due_at <= now() + interval '1 minute') as comments`)
  return Object.values(row!).every((count) => Number(count) === 0)
}

/** How often each kind of movement was recorded, and how many issues stand behind it. */
export async function movementCounts(store: Store): Promise<Record<string, unknown>[]> {
  return store.query(`
    select key_result, movement->>'kind' as kind, count(*)::int as movements,
      count(distinct movement->>'issueId')::int as issues
    from movements group by 1, 2 order by 1, 2`)
}

/** The last numbers of every key result, without what moves with the clock. */
export async function finalNumbers(store: Store): Promise<Record<string, unknown>[]> {
  return store.query(`
    select distinct on (key_result) key_result, (numbers - 'assessment')::text as numbers
    from snapshots order by key_result, id desc`)
}

/** How often deliveries were applied or ignored, as the counters say, which nothing keeps from counting twice. */
export async function timesApplied(store: Store): Promise<number> {
  const [row] = await store.query('select sum(deliveries)::int as times from delivery_counts')
  return Number(row!['times'])
}

export async function inboxOutcomes(store: Store): Promise<Record<string, number>> {
  const rows = await store.query(
    "select coalesce(outcome, 'waiting') as outcome, count(*)::int as deliveries from inbox group by 1",
  )
  return Object.fromEntries(rows.map(({ outcome, deliveries }) => [String(outcome), Number(deliveries)]))
}

/** Acknowledged deliveries that are not in the inbox, by identifier or by body, or that nobody processed. */
export async function lostDeliveries({ gate, query }: CrashStage): Promise<string[]> {
  const rows = await query('select delivery_id from inbox where processed_at is not null')
  const processed = new Set(rows.map((row) => row['delivery_id']))
  return [...gate.acknowledged].filter((identifier) => !processed.has(identifier))
}

export interface CommentVerdict {
  readonly keyResult: string
  /** Comments in Jira that carry our marker for this key result on its anchor. */
  readonly comments: number
  /** Whether the comment shows what was last written, and whether what is wanted is the final progress. */
  readonly showsWritten: boolean
  readonly wantsFinal: boolean
}

export async function judgeComments(stage: CrashStage, load: CrashLoad): Promise<CommentVerdict[]> {
  const rows = await stage.query(`
    select c.subject as key, c.written->'facts'->>'progressPercent' as written,
      c.wanted->'facts'->'current' = s.numbers->'current'
        and c.wanted->'facts'->'target' = s.numbers->'target' as "wantsFinal"
    from jira_comments c
    join lateral (
      select numbers from snapshots where key_result = c.subject order by id desc limit 1) s on true
    where c.topic = 'status'`)
  return [...load.anchors].map(([keyResult, epic]) => {
    const row = rows.find(({ key }) => key === keyResult)
    const ours = stage.jira.commentsOf(epic).filter(({ properties }) => {
      const marker = properties.get('throughline') as { keyResult?: string; kind?: string } | undefined
      return marker?.keyResult === keyResult && marker.kind === 'status'
    })
    return {
      keyResult,
      comments: ours.length,
      showsWritten:
        row !== undefined && ours.every(({ text }) => text.includes(`${String(row['written'])}%`)),
      wantsFinal: row?.['wantsFinal'] === true,
    }
  })
}
