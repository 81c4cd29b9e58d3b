import { sql, type SQL } from 'drizzle-orm'
import type { CycleClosingRecords, KeyResultStretch } from '../../app/ports/cycle-closings.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Executor } from './executor.ts'

type CyclePast = Pick<CycleClosingRecords, 'scopeMoves' | 'deliveredWork' | 'said' | 'forecastsAt'>

/** What happened to key results over a stretch of time: each question one statement, however many key results. */
export function createCyclePast(db: Executor): CyclePast {
  return {
    async scopeMoves(stretches) {
      const count = (kind: string): SQL => sql`(count(*) filter (where movement ->> 'kind' = ${kind}))::int`
      const { rows } = await db.execute<ScopeRow>(sql`
        select key_result as "keyResult", ${count('added')} as added, ${count('removed')} as removed,
          ${count('re_estimated')} as "reEstimated", ${count('reopened')} as reopened
        from movements join ${asked(stretches)} on asked."keyResult" = key_result
        where (movement ->> 'at')::float8 between asked."from" and asked.until
          and movement ->> 'kind' in ('added', 'removed', 're_estimated', 'reopened')
        group by 1`)
      return new Map(rows.map(({ keyResult, ...counts }) => [keyResult, counts]))
    },

    async deliveredWork(stretches) {
      const { rows } = await db.execute<WorkRow>(sql`
        select c.key_result as "keyResult", count(*)::int as issues,
          coalesce(sum((i.state ->> 'points')::float8 * (at_end.step ->> 'sharePercent')::float8 / 100), 0) as points,
          (count(*) filter (where i.state ->> 'points' is null))::int as unestimated
        from contributions as c join ${asked(stretches)} on asked."keyResult" = c.key_result
        cross join lateral (select ${lastStep('@.at <= $until')} as step) as at_end
        cross join lateral (select ${lastStep('@.at < $from')} as step) as at_start
        left join issues as i on i.site_id = c.site_id and i.issue_id = c.issue_id
        where at_end.step ->> 'state' = 'delivered' and at_end.step ->> 'role' = 'drives'
          and (at_start.step is null or at_start.step ->> 'state' <> 'delivered')
        group by 1`)
      return new Map(rows.map(({ keyResult, ...work }) => [keyResult, work]))
    },

    async said(keys, { from, until }) {
      const inTime = sql`key_result = any(${list(keys)})
        and at between to_timestamp(${from / 1_000}) and to_timestamp(${until / 1_000})`
      const { rows } = await db.execute<SaidRow>(sql`
        select key_result as "keyResult", (extract(epoch from at) * 1000)::float8 as at,
          source = 'person' or confidence is not null as "isWord",
          source = 'system' and value is not null as "isPush"
        from check_ins where ${inTime}
        union all
        select key_result, (extract(epoch from at) * 1000)::float8, true, false from milestone_ticks where ${inTime}
        order by at`)
      return new Map(
        [...Map.groupBy(rows, ({ keyResult }) => keyResult)].map(([key, said]) => [
          key,
          {
            words: said.flatMap(({ at, isWord }) => (isWord ? [at] : [])),
            pushes: said.flatMap(({ at, isPush }) => (isPush ? [at] : [])),
          },
        ]),
      )
    },

    async forecastsAt(marks) {
      if (marks.length === 0) return []
      const { rows } = await db.execute<{ keyResult: KeyResultKey; at: EpochMs; probability: number }>(sql`
        select mark."keyResult", mark.at, (known.forecast ->> 'probability')::float8 as probability
        from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as mark("keyResult" text, "from" float8, at float8)
        cross join lateral (
          select numbers -> 'forecast' as forecast from snapshots
          where key_result = mark."keyResult" and as_of <= to_timestamp(mark.at / 1000)
            and as_of >= to_timestamp(mark."from" / 1000)
          order by as_of desc, id desc limit 1
        ) as known
        where known.forecast ->> 'kind' = 'probability'`)
      return rows
    },
  }
}

/** What is asked of each key result. */
function asked(stretches: readonly KeyResultStretch[]): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(stretches)}::jsonb) as asked("keyResult" text, "from" float8, until float8)`
}

/** The last step of a contribution that meets a condition on its instant. */
function lastStep(condition: string): SQL {
  const instants = sql`jsonb_build_object('from', asked."from", 'until', asked.until)`
  return sql`jsonb_path_query_array(c.steps, ${`$[*] ? (${condition})`}::jsonpath, ${instants}) -> -1`
}

function list(keys: readonly KeyResultKey[]): SQL {
  return sql`${sql.param([...keys])}::text[]`
}

type SaidRow = Record<string, unknown> & {
  readonly keyResult: KeyResultKey
  readonly at: EpochMs
  readonly isWord: boolean
  readonly isPush: boolean
}

type ScopeRow = Record<string, unknown> & {
  readonly keyResult: KeyResultKey
  readonly added: number
  readonly removed: number
  readonly reEstimated: number
  readonly reopened: number
}

type WorkRow = Record<string, unknown> & {
  readonly keyResult: KeyResultKey
  readonly issues: number
  readonly points: number
  readonly unestimated: number
}
