import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { CheckIn } from '../../../domain/goals.ts'
import type { KeyResultKey, TeamKey } from '../../../domain/ids.ts'
import { instant } from './columns.ts'
import { keyResults, teams } from './goals.ts'

export const checkIns = pgTable(
  'check_ins',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    keyResult: text()
      .$type<KeyResultKey>()
      .notNull()
      .references(() => keyResults.key),
    at: instant().notNull(),
    value: doublePrecision(),
    confidence: integer(),
    note: text().notNull(),
    author: text().notNull(),
    source: text().$type<CheckIn['source']>().notNull().default('person'),
    idempotencyKey: text(),
  },
  (table) => [
    index('check_ins_by_date').on(table.keyResult, table.at, table.id),
    uniqueIndex('check_ins_once').on(table.keyResult, table.idempotencyKey),
  ],
)

/** Issues whose delivery ticks a step of a ladder: what moves them moves the key result. */
export const milestoneIssues = pgTable(
  'milestone_issues',
  {
    siteId: text().notNull(),
    issueId: text().notNull(),
    keyResult: text()
      .$type<KeyResultKey>()
      .notNull()
      .references(() => keyResults.key),
  },
  (table) => [
    primaryKey({ columns: [table.siteId, table.issueId, table.keyResult] }),
    index('milestone_issues_by_key_result').on(table.keyResult),
  ],
)

/** Somebody's word on a step of a ladder; the latest one by its date counts. */
export const milestoneTicks = pgTable(
  'milestone_ticks',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    keyResult: text()
      .$type<KeyResultKey>()
      .notNull()
      .references(() => keyResults.key),
    step: text().notNull(),
    at: instant().notNull(),
    isDone: boolean().notNull(),
    note: text().notNull(),
    author: text().notNull(),
  },
  (table) => [index('milestone_ticks_by_date').on(table.keyResult, table.at, table.id)],
)

/** Days on which a team was reminded of its check-ins. */
export const checkInReminders = pgTable(
  'check_in_reminders',
  {
    team: text()
      .$type<TeamKey>()
      .notNull()
      .references(() => teams.key),
    day: date().notNull(),
  },
  (table) => [primaryKey({ columns: [table.team, table.day] })],
)
