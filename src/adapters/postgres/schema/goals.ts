import { sql } from 'drizzle-orm'
import {
  bigint,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { WorkingCalendar } from '../../../domain/calendar/working-time.ts'
import type { ExpectedPlan } from '../../../domain/calendar/expected-plan.ts'
import type { Ambition, ObjectiveLevel } from '../../../domain/goals.ts'
import type { HealthOverride } from '../../../domain/health/assess-health.ts'
import type { HealthPolicy } from '../../../domain/health/health-policy.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey, TeamKey } from '../../../domain/ids.ts'
import type { LinkRole } from '../../../domain/links/manual-link.ts'
import type { Measure } from '../../../domain/measures/measure.ts'
import type { TeamNotice } from '../../../domain/team.ts'
import { instant } from './columns.ts'

export const objectiveNumbers = pgSequence('objective_numbers')
export const keyResultNumbers = pgSequence('key_result_numbers')

export const cycles = pgTable('cycles', {
  key: text().$type<CycleKey>().primaryKey(),
  title: text().notNull(),
  startDay: date().notNull(),
  endDay: date().notNull(),
  calendar: jsonb().$type<WorkingCalendar>().notNull(),
  archivedAt: instant(),
})

/** Policies that somebody wrote or edited; the built-in ones need no row. */
export const healthPolicies = pgTable('health_policies', {
  name: text().primaryKey(),
  policy: jsonb().$type<HealthPolicy>().notNull(),
})

export const teams = pgTable('teams', {
  key: text().$type<TeamKey>().primaryKey(),
  title: text().notNull(),
  anchorSiteId: text(),
  anchorIssueId: text(),
  notify: text().$type<TeamNotice>().notNull(),
  calendar: jsonb().$type<WorkingCalendar>().notNull(),
  endOfDay: text().notNull(),
})

/** `number` is the n of `O-n`: keys page in the order people count them. */
export const objectives = pgTable(
  'objectives',
  {
    key: text().$type<ObjectiveKey>().primaryKey(),
    number: integer()
      .notNull()
      .generatedAlwaysAs(sql`substring("key" from 3)::integer`),
    cycle: text()
      .$type<CycleKey>()
      .notNull()
      .references(() => cycles.key),
    title: text().notNull(),
    level: text().$type<ObjectiveLevel>().notNull(),
    ambition: text().$type<Ambition>().notNull(),
    owner: text(),
    team: text()
      .$type<TeamKey>()
      .references(() => teams.key),
    healthPolicy: text(),
    archivedAt: instant(),
  },
  (table) => [
    index('objectives_by_number').on(table.number),
    index('objectives_by_cycle').on(table.cycle, table.number),
  ],
)

export const keyResults = pgTable(
  'key_results',
  {
    key: text().$type<KeyResultKey>().primaryKey(),
    number: integer()
      .notNull()
      .generatedAlwaysAs(sql`substring("key" from 4)::integer`),
    objective: text()
      .$type<ObjectiveKey>()
      .notNull()
      .references(() => objectives.key),
    title: text().notNull(),
    owner: text(),
    ownerAccountId: text(),
    measure: jsonb().$type<Measure>().notNull(),
    weight: doublePrecision().notNull(),
    dueDay: date(),
    plan: jsonb().$type<ExpectedPlan>().notNull().default({ kind: 'linear' }),
    healthPolicy: text(),
    healthOverride: jsonb().$type<HealthOverride>(),
    anchorSiteId: text(),
    anchorIssueId: text(),
    archivedAt: instant(),
  },
  (table) => [
    index('key_results_by_number').on(table.number),
    index('key_results_by_objective').on(table.objective, table.number),
  ],
)

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
    idempotencyKey: text(),
  },
  (table) => [
    index('check_ins_by_date').on(table.keyResult, table.at, table.id),
    uniqueIndex('check_ins_once').on(table.keyResult, table.idempotencyKey),
  ],
)

export const manualLinks = pgTable(
  'manual_links',
  {
    siteId: text().notNull(),
    issueId: text().notNull(),
    keyResult: text().$type<KeyResultKey>().notNull(),
    role: text().$type<LinkRole>().notNull(),
    sharePercent: integer().notNull(),
    linkedAt: instant().notNull(),
    unlinkedAt: instant(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.issueId, table.keyResult, table.linkedAt] })],
)
