import { sql } from 'drizzle-orm'
import type { ContributionRecords } from '../../app/ports/progress.ts'
import { MOVEMENTS_SHOWN, NOTHING_MOVED, type Movement, type MovementKind } from '../../domain/explanation.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { asked, rowsOfEach, together } from './together.ts'

type Movements = Pick<ContributionRecords, 'addMovements' | 'movementsSince'>

interface Since {
  readonly key: KeyResultKey
  readonly cursor: number
}

interface KindRow extends Record<string, unknown> {
  readonly n: number
  readonly kind: MovementKind
  readonly count: number
  readonly cursor: number
}

export function createMovements(db: Executor): Movements {
  const countsSince = together(async (questions: readonly Since[]) => {
    const { rows } = await db.execute<KindRow>(sql`
      select asked.n, its.movement ->> 'kind' as kind, count(*)::int as count, max(its.id)::float8 as cursor
      from ${asked(questions, sql`key text, cursor bigint`)}
      join movements as its on its.key_result = asked.key and its.id > asked.cursor
      group by 1, 2`)
    return rowsOfEach(questions, rows)
  })
  const newestSince = together(async (questions: readonly Since[]) => {
    const { rows } = await db.execute<{ n: number; movement: Movement } & Record<string, unknown>>(sql`
      select asked.n, newest.movement
      from ${asked(questions, sql`key text, cursor bigint`)}
      cross join lateral (
        select id, movement from movements
        where key_result = asked.key and id > asked.cursor
        order by id desc limit ${MOVEMENTS_SHOWN}
      ) as newest
      order by asked.n, newest.id`)
    return rowsOfEach(questions, rows)
  })
  return {
    async addMovements(moved) {
      if (moved.length === 0) return
      const told = moved.map(({ keyResult, ...movement }) => ({ key_result: keyResult, movement }))
      await db.execute(sql`
        insert into movements (key_result, movement)
        select key_result, movement
        from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as r(key_result text, movement jsonb)`)
    },

    async movementsSince(key, cursor) {
      const counted = await countsSince({ key, cursor })
      if (counted.length === 0) return { explanation: NOTHING_MOVED, cursor }
      const newest = await newestSince({ key, cursor })
      return {
        explanation: {
          counts: Object.fromEntries(counted.map((row) => [row.kind, row.count])),
          movements: newest.map(({ movement }) => movement),
        },
        cursor: Math.max(...counted.map((row) => row.cursor)),
      }
    },
  }
}
