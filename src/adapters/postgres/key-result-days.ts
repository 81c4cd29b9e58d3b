import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { ProgressRecords } from '../../app/ports/progress.ts'
import type { DayTally } from '../../domain/contributions/tally.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { CalendarDay } from '../../domain/time.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { keyResultDays } from './schema.ts'
import { asked, rowOfEach, rowsOfEach, together } from './together.ts'

type Days = Pick<ProgressRecords, 'dayBefore' | 'replaceDays' | 'days' | 'daysFrom'>

interface DayAsked {
  readonly key: KeyResultKey
  readonly day: CalendarDay | null
}

type DayRow = DayTally & { readonly n: number } & Record<string, unknown>

export function createDays(db: Executor): Days {
  const dayBefore = together(async (questions: readonly DayAsked[]) => {
    const { rows } = await db.execute<DayRow>(sql`
      select asked.n, found.day::text as day, found.tally
      from ${asked(questions, sql`key text, day date`)}
      cross join lateral (
        select day, tally from key_result_days
        where key_result = asked.key and (asked.day is null or day < asked.day)
        order by day desc limit 1
      ) as found`)
    return rowOfEach(questions, rows).map((row) => (row === null ? null : dayOf(row)))
  })
  const daysFrom = together(async (questions: readonly DayAsked[]) => {
    const { rows } = await db.execute<DayRow>(sql`
      select asked.n, found.day::text as day, found.tally
      from ${asked(questions, sql`key text, day date`)}
      join key_result_days as found on found.key_result = asked.key and found.day >= coalesce(
        (select max(day) from key_result_days where key_result = asked.key and day < asked.day), asked.day)
      order by asked.n, found.day`)
    return rowsOfEach(questions, rows).map((found) => found.map(dayOf))
  })
  const days = together(async (keys: readonly KeyResultKey[]) => {
    const rows = await db
      .select()
      .from(keyResultDays)
      .where(isAnyOf(keyResultDays.keyResult, keys))
      .orderBy(asc(keyResultDays.keyResult), asc(keyResultDays.day))
    const byKey = Map.groupBy(rows, ({ keyResult }) => keyResult)
    return keys.map((key) => (byKey.get(key) ?? []).map(dayOf))
  })
  return {
    dayBefore: (key, day) => dayBefore({ key, day }),
    daysFrom: (key, day) => daysFrom({ key, day }),

    async replaceDays(key, from, days) {
      await db
        .delete(keyResultDays)
        .where(
          and(eq(keyResultDays.keyResult, key), from === null ? undefined : gte(keyResultDays.day, from)),
        )
      if (days.length === 0) return
      await db.insert(keyResultDays).values(days.map((day) => ({ keyResult: key, ...day })))
    },

    days,
  }
}

function dayOf({ day, tally }: DayTally): DayTally {
  return { day, tally }
}
