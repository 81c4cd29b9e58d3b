import { and, eq, isNull, max, sql } from 'drizzle-orm'
import type { CheckInReminderRecords } from '../../app/ports/check-in-reminders.ts'
import type { KeyResultKey, TeamKey } from '../../domain/ids.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { checkInReminders, cycles, objectives } from './schema.ts'

export function createCheckInReminderRecords(db: Executor): CheckInReminderRecords {
  return {
    async lastDays(teams) {
      const rows = await db
        .select({ team: checkInReminders.team, day: max(checkInReminders.day) })
        .from(checkInReminders)
        .where(isAnyOf(checkInReminders.team, teams))
        .groupBy(checkInReminders.team)
      return new Map(rows.flatMap(({ team, day }) => (day === null ? [] : [[team, day] as const])))
    },

    async claim(team, day) {
      const rows = await db
        .insert(checkInReminders)
        .values({ team, day })
        .onConflictDoNothing()
        .returning({ team: checkInReminders.team })
      return rows.length > 0
    },

    async openCycles(teams) {
      const rows = await db
        .selectDistinct({ team: objectives.team, startDay: cycles.startDay, endDay: cycles.endDay })
        .from(objectives)
        .innerJoin(cycles, eq(cycles.key, objectives.cycle))
        .where(
          and(
            isAnyOf(objectives.team, teams),
            isNull(objectives.archivedAt),
            isNull(cycles.archivedAt),
            isNull(cycles.closedAt),
          ),
        )
      const byTeam = Map.groupBy(rows, ({ team }) => team as TeamKey)
      return new Map(
        [...byTeam].map(([team, own]) => [team, own.map(({ startDay, endDay }) => ({ startDay, endDay }))]),
      )
    },

    async lastWords(keys, { since, until }) {
      if (keys.length === 0) return new Map()
      const soFar = sql`key_result = asked.key and at <= to_timestamp(${until / 1_000})`
      const recent = sql`${soFar} and at >= to_timestamp(${since / 1_000})`
      const { rows } = await db.execute<WordsRow>(sql`
        select asked.key, ${ms('said.at')} as "valueAt", said.value,
          ${ms('felt.at')} as "confidenceAt", felt.confidence,
          ${ms('pushed.at')} as "systemValueAt", ${ms('greatest(told.at, ticked.at)')} as "wordAt"
        from unnest(${sql.param([...keys])}::text[]) as asked (key)
        left join lateral (select at, value from check_ins where ${soFar} and value is not null
          order by at desc, id desc limit 1) as said on true
        left join lateral (select at, confidence from check_ins where ${soFar} and confidence is not null
          order by at desc, id desc limit 1) as felt on true
        left join lateral (select at from check_ins where ${soFar} and value is not null and source = 'system'
          order by at desc limit 1) as pushed on true
        left join lateral (select at from check_ins
          where ${recent} and (source = 'person' or confidence is not null)
          order by at desc limit 1) as told on true
        left join lateral (select at from milestone_ticks where ${recent} order by at desc limit 1) as ticked on true`)
      return new Map(rows.map((row) => [row.key, wordsOf(row)]))
    },
  }
}

interface WordsRow extends Record<string, unknown> {
  readonly key: KeyResultKey
  readonly valueAt: number | null
  readonly value: number | null
  readonly confidenceAt: number | null
  readonly confidence: number | null
  readonly systemValueAt: number | null
  readonly wordAt: number | null
}

function ms(instant: 'said.at' | 'felt.at' | 'pushed.at' | 'greatest(told.at, ticked.at)') {
  return sql.raw(`(extract(epoch from ${instant}) * 1000)::float8`)
}

function wordsOf({ valueAt, value, confidenceAt, confidence, systemValueAt, wordAt }: WordsRow) {
  return {
    value: valueAt === null || value === null ? null : { at: valueAt, value },
    confidence: confidenceAt === null || confidence === null ? null : { at: confidenceAt, confidence },
    systemValueAt,
    wordAt,
  }
}
