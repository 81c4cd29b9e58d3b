import { sql } from 'drizzle-orm'
import type { CycleClosingRecords } from '../../app/ports/cycle-closings.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { CycleChange } from '../../domain/retrospective/passages.ts'
import type { Why } from '../../domain/retrospective/revision.ts'
import type { EpochMs } from '../../domain/time.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { keyResults } from './schema.ts'

type GoalPlaces = Pick<CycleClosingRecords, 'changesOfPlace' | 'keysUnder'>

/** Where goals were, from the audit log. Edits, files and roll-overs change places. */
export function createGoalPlaces(db: Executor): GoalPlaces {
  return {
    async changesOfPlace(since) {
      const cycles = await db.execute<CycleChange & Record<string, unknown>>(sql`
        select subject as objective, (extract(epoch from at) * 1000)::float8 as at, before ->> 'cycle' as before,
          after ->> 'cycle' as after, "by", reason
        from audit
        where action in ('objective.update', 'objective.restore') and at >= to_timestamp(${since / 1_000})
          and before ->> 'cycle' <> after ->> 'cycle'
        order by id`)
      const objectives = await db.execute<PlaceRow>(sql`
        select audit.subject as "keyResult", (extract(epoch from audit.at) * 1000)::float8 as at,
          was.key as "objectiveBefore", was.cycle as "cycleBefore", is_now.key as "objectiveAfter",
          is_now.cycle as "cycleAfter", audit."by", audit.reason,
          audit.action = 'key_result.roll_over' as "isCarried"
        from audit
        join objectives as was on was.key = audit.before ->> 'objective'
        join objectives as is_now on is_now.key = audit.after ->> 'objective'
        where audit.action in ('key_result.update', 'key_result.restore', 'key_result.roll_over')
          and audit.at >= to_timestamp(${since / 1_000}) and was.key <> is_now.key
        order by audit.id`)
      return {
        cycles: Map.groupBy(cycles.rows, ({ objective }) => objective),
        objectives: Map.groupBy(
          objectives.rows.map(({ keyResult, at, by, reason, isCarried, ...place }) => ({
            keyResult,
            at,
            before: { objective: place.objectiveBefore, cycle: place.cycleBefore },
            after: { objective: place.objectiveAfter, cycle: place.cycleAfter },
            isCarried,
            by,
            reason,
          })),
          ({ keyResult }) => keyResult,
        ),
      }
    },

    async keysUnder(objectives) {
      const rows = await db
        .select({ key: keyResults.key })
        .from(keyResults)
        .where(isAnyOf(keyResults.objective, objectives))
      return rows.map(({ key }) => key)
    },
  }
}

interface PlaceRow extends Why, Record<string, unknown> {
  readonly keyResult: KeyResultKey
  readonly at: EpochMs
  readonly objectiveBefore: ObjectiveKey
  readonly cycleBefore: CycleKey
  readonly objectiveAfter: ObjectiveKey
  readonly cycleAfter: CycleKey
  readonly isCarried: boolean
}
