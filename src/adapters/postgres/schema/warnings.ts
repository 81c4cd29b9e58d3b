import { sql } from 'drizzle-orm'
import { bigint, date, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Digest } from '../../../domain/digest/team-digest.ts'
import type { KeyResultKey, TeamKey } from '../../../domain/ids.ts'
import type { Acknowledgement, Snooze } from '../../../domain/warnings/episode.ts'
import type { WarningFacts, WarningKind, WarningLevel } from '../../../domain/warnings/signal.ts'
import { instant } from './columns.ts'

/** Episodes of warnings, open and past. */
export const warnings = pgTable(
  'warnings',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    keyResult: text().$type<KeyResultKey>().notNull(),
    kind: text().$type<WarningKind>().notNull(),
    level: text().$type<WarningLevel>().notNull(),
    facts: jsonb().$type<WarningFacts>().notNull(),
    raisedAt: instant().notNull(),
    levelSince: instant().notNull(),
    resolvedAt: instant(),
    acknowledgement: jsonb().$type<Acknowledgement>(),
    snooze: jsonb().$type<Snooze>(),
  },
  (table) => [
    index('warnings_by_key_result').on(table.keyResult, table.id),
    uniqueIndex('warnings_open_once')
      .on(table.keyResult, table.kind)
      .where(sql`resolved_at is null`),
    index('warnings_open')
      .on(table.id)
      .where(sql`resolved_at is null`),
  ],
)

/** The digest of each team and working day that was due; null: there was no news, and nothing was sent. */
export const teamDigests = pgTable(
  'team_digests',
  {
    team: text().$type<TeamKey>().notNull(),
    day: date().notNull(),
    /** The end of that working day. */
    dueAt: instant().notNull(),
    sentAt: instant().notNull(),
    digest: jsonb().$type<Digest>(),
  },
  (table) => [primaryKey({ columns: [table.team, table.day] })],
)
