import { sql, type SQL } from 'drizzle-orm'
import type { CycleClosingRecords } from '../../app/ports/cycle-closings.ts'
import type { KeyResult, Objective, ValueOverride } from '../../domain/goals.ts'
import type { KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { Carriage, CycleRevision, Revision, Why } from '../../domain/retrospective/revision.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { LevelSpell } from '../../domain/warnings/level-spells.ts'
import type { Executor } from './executor.ts'

type GoalRevisions = Pick<
  CycleClosingRecords,
  'revisions' | 'cycleRevisions' | 'objectivesAt' | 'warningLevels'
>

const CREATION = sql`'key_result.create'`
const CARRIAGE = sql`'key_result.roll_over'`
const OVERRIDES = sql`('key_result.override_value', 'key_result.follow_measured_value')`
/** What of a key result is its goal, or decides whether it counts. */
const GOAL = [
  'objective',
  'measure',
  'weight',
  'dueDay',
  'plan',
  'intendedSharePercent',
  'valueOverride',
  'archivedAt',
]

/** What was made of goals, from the audit log, which keeps each as it was before and after. */
export function createGoalRevisions(db: Executor): GoalRevisions {
  return {
    async revisions(keys, since) {
      const differs = sql.join(
        GOAL.map((name) => sql`before -> ${name} is distinct from after -> ${name}`),
        sql` or `,
      )
      const { rows } = await db.execute<RevisionRow>(sql`
        select subject as "keyResult", ${AT} as at,
          case when action = ${CREATION} then 'entered' when action = ${CARRIAGE} then 'carried'
            when action in ${OVERRIDES} then 'overridden' else 'changed' end as kind, "by", reason,
          case when action = ${CREATION} then null else before end as before,
          case when action = ${CREATION} or action in ${OVERRIDES} then null else after end as after
        from audit
        where subject = any(${list(keys)}) and at >= to_timestamp(${since / 1_000})
          and (action in (${CREATION}, ${CARRIAGE}) or action in ${OVERRIDES}
            or (before ? 'measure' and after ? 'measure' and (${differs})))
        order by id`)
      const byKey = Map.groupBy(rows, ({ keyResult }) => keyResult)
      return new Map([...byKey].map(([key, found]) => [key, found.map(revisionOf)]))
    },

    async cycleRevisions(cycle, since) {
      const { rows } = await db.execute<CycleRevision & Record<string, unknown>>(sql`
        select ${AT} as at, before ->> 'endDay' as before, after ->> 'endDay' as after, "by", reason
        from audit
        where subject = ${cycle} and action like 'cycle.%' and at >= to_timestamp(${since / 1_000})
          and before ->> 'endDay' is distinct from after ->> 'endDay'
          and before ? 'endDay' and after ? 'endDay'
        order by id`)
      return rows
    },

    async objectivesAt(keys, at) {
      const { rows } = await db.execute<{ key: ObjectiveKey; was: Objective | null }>(sql`
        select distinct on (subject) subject as key, before as was from audit
        where subject = any(${list(keys)}) and at > to_timestamp(${at / 1_000}) and after ? 'ambition'
        order by subject, id`)
      return new Map(rows.flatMap(({ key, was }) => (was === null ? [] : [[key, was] as const])))
    },

    async warningLevels(keys) {
      const { rows } = await db.execute<LevelSpell & { id: number } & Record<string, unknown>>(sql`
        select (said ->> 'id')::float8 as id, said ->> 'level' as level, (said ->> 'levelSince')::float8 as since
        from audit cross join lateral (values (1, before), (2, after)) as its (place, said)
        where subject = any(${list(keys)}) and action like 'warning.%' and said ? 'levelSince'
        order by audit.id, place`)
      return Map.groupBy(
        rows.map(({ id, level, since }) => ({ id, level, since })),
        ({ id }) => id,
      )
    },
  }
}

const AT = sql`(extract(epoch from at) * 1000)::float8`

function list(keys: readonly string[]): SQL {
  return sql`${sql.param([...keys])}::text[]`
}

type RevisionRow = Record<string, unknown> &
  Why & {
    readonly keyResult: KeyResultKey
    readonly kind: (Revision | Carriage)['kind']
    readonly at: EpochMs
    readonly before: unknown
    readonly after: unknown
  }

function revisionOf({ kind, at, before, after, by, reason }: RevisionRow): Revision | Carriage {
  switch (kind) {
    case 'entered':
      return { kind, at }
    case 'overridden':
      return { kind, at, before: before as ValueOverride | null }
    case 'changed':
    case 'carried':
      return { kind, at, before: before as KeyResult, after: after as KeyResult, by, reason }
  }
}
