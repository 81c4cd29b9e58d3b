import { and, asc, desc, eq, isNotNull, lt, sql } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import type { CheckIn } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { DayValues } from '../../domain/measures/day-values.ts'
import type { EpochMs } from '../../domain/time.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { checkIns } from './schema.ts'
import { asked, rowsOfEach, together } from './together.ts'

type CheckIns = Pick<
  GoalRecords,
  | 'addCheckIn'
  | 'addCheckIns'
  | 'checkIns'
  | 'checkInValues'
  | 'dayValues'
  | 'recentValues'
  | 'latestConfidence'
  | 'latestCheckIn'
>

/** A check-in's columns, without the key that keeps it from being stored twice. */
const CHECK_IN = {
  id: checkIns.id,
  keyResult: checkIns.keyResult,
  at: checkIns.at,
  value: checkIns.value,
  confidence: checkIns.confidence,
  note: checkIns.note,
  author: checkIns.author,
  source: checkIns.source,
}

interface LatestAsked {
  readonly key: KeyResultKey
  readonly at: EpochMs
  readonly says: 'value' | 'confidence'
}

function createLatest(db: Executor) {
  return together(async (questions: readonly LatestAsked[]): Promise<(CheckIn | null)[]> => {
    const rows = await db.select(CHECK_IN).from(checkIns).where(sql`${checkIns.id} in (
      select (
        select id from check_ins as its
        where its.key_result = asked.key and its.at <= to_timestamp(asked.at / 1000)
          and case asked.says when 'value' then its.value is not null else its.confidence is not null end
        order by its.at desc, its.id desc limit 1
      )
      from ${asked(questions, sql`key text, at float8, says text`)})`)
    const ofKey = Map.groupBy(rows, ({ keyResult }) => keyResult)
    return questions.map(({ key, at, says }) => {
      const possible = (ofKey.get(key) ?? []).filter((row) => row.at <= at && row[says] !== null)
      return possible.toSorted((a, b) => b.at - a.at || b.id - a.id)[0] ?? null
    })
  })
}

type DaysAsked = Parameters<GoalRecords['dayValues']>[1] & { readonly key: KeyResultKey }

function createDayValues(db: Executor) {
  return together(async (questions: readonly DaysAsked[]) => {
    const { rows } = await db.execute<DayValues & { n: number } & Record<string, unknown>>(sql`
      select asked.n, (its.at at time zone asked."timeZone")::date::text as day,
        (extract(epoch from max(its.at)) * 1000)::float8 as "latestAt",
        (array_agg(its.value order by its.at desc, its.id desc))[1] as latest,
        min(its.value) as lowest, max(its.value) as highest, sum(its.value) as sum, count(*)::int as count
      from ${asked(questions, sql`key text, "fromDay" date, until float8, "timeZone" text`)}
      join check_ins as its on its.key_result = asked.key and its.value is not null
        and its.at <= to_timestamp(asked.until / 1000)
        and its.at >= (asked."fromDay"::timestamp at time zone asked."timeZone")
      group by 1, 2 order by 1, 2`)
    return rowsOfEach(questions, rows).map((days) =>
      days.map(({ day, latestAt, latest, lowest, highest, sum, count }) => ({
        day,
        latestAt,
        latest,
        lowest,
        highest,
        sum,
        count,
      })),
    )
  })
}

interface RecentAsked {
  readonly key: KeyResultKey
  readonly at: EpochMs
  readonly limit: number
}

function createRecentValues(db: Executor) {
  return together(async (questions: readonly RecentAsked[]) => {
    const { rows } = await db.execute<{ n: number; at: number; value: number }>(sql`
      select asked.n, (extract(epoch from its.at) * 1000)::float8 as at, its.value
      from ${asked(questions, sql`key text, at float8, "limit" int`)}
      cross join lateral (
        select id, at, value from check_ins
        where key_result = asked.key and value is not null and at <= to_timestamp(asked.at / 1000)
        order by at desc, id desc limit asked."limit") as its
      order by asked.n, its.at, its.id`)
    return rowsOfEach(questions, rows).map((values) => values.map(({ at, value }) => ({ at, value })))
  })
}

export function createCheckIns(db: Executor): CheckIns {
  const dayValues = createDayValues(db)
  const latest = createLatest(db)
  const recentValues = createRecentValues(db)
  return {
    async addCheckIn(checkIn, idempotencyKey) {
      const added = await db
        .insert(checkIns)
        .values({ ...checkIn, idempotencyKey })
        .onConflictDoNothing()
        .returning(CHECK_IN)
      if (added[0] !== undefined) return { checkIn: added[0], isNew: true }
      const first = await db
        .select(CHECK_IN)
        .from(checkIns)
        .where(
          and(eq(checkIns.keyResult, checkIn.keyResult), eq(checkIns.idempotencyKey, idempotencyKey ?? '')),
        )
      return { checkIn: firstRow(first), isNew: false }
    },

    async addCheckIns(key, given) {
      const known = await checkInsUnder(
        db,
        key,
        given.map(({ idempotencyKey }) => idempotencyKey).filter((one) => one !== null),
      )
      const isKnown = (idempotencyKey: string | null) => idempotencyKey !== null && known.has(idempotencyKey)
      const rows = given
        .filter(({ idempotencyKey }) => !isKnown(idempotencyKey))
        .map(({ checkIn, idempotencyKey }) => ({ ...checkIn, keyResult: key, idempotencyKey }))
      // PostgreSQL returns the rows of one insert in the order they were given.
      const added = rows.length === 0 ? [] : await db.insert(checkIns).values(rows).returning(CHECK_IN)
      let taken = 0
      return given.map(({ idempotencyKey }) => {
        const first = idempotencyKey === null ? undefined : known.get(idempotencyKey)
        if (first !== undefined) return { checkIn: first, isNew: false }
        return { checkIn: firstRow(added.slice(taken++)), isNew: true }
      })
    },

    checkIns: (key, { after, limit }) =>
      db
        .select(CHECK_IN)
        .from(checkIns)
        .where(and(eq(checkIns.keyResult, key), after === null ? undefined : lt(checkIns.id, after)))
        .orderBy(desc(checkIns.id))
        .limit(limit),

    async checkInValues(key) {
      const rows = await db
        .select({ at: checkIns.at, value: checkIns.value })
        .from(checkIns)
        .where(and(eq(checkIns.keyResult, key), isNotNull(checkIns.value)))
        .orderBy(asc(checkIns.at), asc(checkIns.id))
      return rows.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]))
    },

    dayValues: (key, range) => dayValues({ key, ...range }),

    recentValues: (key, at, limit) => recentValues({ key, at, limit }),

    async latestConfidence(key, at) {
      const row = await latest({ key, at, says: 'confidence' })
      return row === null || row.confidence === null ? null : { at: row.at, confidence: row.confidence }
    },

    latestCheckIn: (key, at) => latest({ key, at, says: 'value' }),
  }
}

/** The check-ins of a key result by the keys they were sent under. */
async function checkInsUnder(
  db: Executor,
  key: KeyResultKey,
  idempotencyKeys: readonly string[],
): Promise<ReadonlyMap<string, CheckIn>> {
  if (idempotencyKeys.length === 0) return new Map()
  const rows = await db
    .select({ checkIn: CHECK_IN, idempotencyKey: checkIns.idempotencyKey })
    .from(checkIns)
    .where(and(eq(checkIns.keyResult, key), isAnyOf(checkIns.idempotencyKey, idempotencyKeys)))
  return new Map(rows.map(({ checkIn, idempotencyKey }) => [idempotencyKey ?? '', checkIn]))
}
