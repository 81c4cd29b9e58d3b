import { sql } from 'drizzle-orm'
import {
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import type { WorkingCalendar } from '../../../domain/calendar/working-time.ts'
import type { ExpectedPlan } from '../../../domain/calendar/expected-plan.ts'
import type { Ambition, GoalKey, HealthRollUp, ObjectiveLevel, ValueOverride } from '../../../domain/goals.ts'
import type { HealthOverride } from '../../../domain/health/assess-health.ts'
import type { HealthPolicy } from '../../../domain/health/health-policy.ts'
import type { CycleKey, InitiativeKey, KeyResultKey, ObjectiveKey, TeamKey } from '../../../domain/ids.ts'
import type { LinkRole } from '../../../domain/links/manual-link.ts'
import type { Measure } from '../../../domain/measures/measure.ts'
import type { CheckInCadence, TeamNotice } from '../../../domain/team.ts'
import { instant } from './columns.ts'

export const objectiveNumbers = pgSequence('objective_numbers')
export const keyResultNumbers = pgSequence('key_result_numbers')
export const initiativeNumbers = pgSequence('initiative_numbers')

export const cycles = pgTable('cycles', {
  key: text().$type<CycleKey>().primaryKey(),
  title: text().notNull(),
  startDay: date().notNull(),
  endDay: date().notNull(),
  calendar: jsonb().$type<WorkingCalendar>().notNull(),
  closedAt: instant(),
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
  checkIns: jsonb().$type<CheckInCadence>(),
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
    description: text().notNull().default(''),
    /** `O-n` or `KR-n`, of any cycle. */
    parent: text().$type<GoalKey>(),
    contributionWeight: doublePrecision(),
    healthRollUp: text().$type<HealthRollUp>().notNull().default('worst'),
    level: text().$type<ObjectiveLevel>().notNull(),
    ambition: text().$type<Ambition>().notNull(),
    owner: text(),
    team: text()
      .$type<TeamKey>()
      .references(() => teams.key),
    healthPolicy: text(),
    externalId: text(),
    archivedAt: instant(),
  },
  (table) => [
    index('objectives_by_number').on(table.number),
    index('objectives_by_parent').on(table.parent),
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
    description: text().notNull().default(''),
    owner: text(),
    ownerAccountId: text(),
    measure: jsonb().$type<Measure>().notNull(),
    weight: doublePrecision().notNull(),
    dueDay: date(),
    plan: jsonb().$type<ExpectedPlan>().notNull().default({ kind: 'linear' }),
    healthPolicy: text(),
    healthOverride: jsonb().$type<HealthOverride>(),
    valueOverride: jsonb().$type<ValueOverride>(),
    dependsOn: jsonb().$type<readonly KeyResultKey[]>().notNull().default([]),
    intendedSharePercent: doublePrecision(),
    externalId: text(),
    rolledFrom: text().$type<CycleKey>(),
    anchorSiteId: text(),
    anchorIssueId: text(),
    archivedAt: instant(),
  },
  (table) => [
    index('key_results_by_number').on(table.number),
    index('key_results_by_objective').on(table.objective, table.number),
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

export const initiatives = pgTable(
  'initiatives',
  {
    key: text().$type<InitiativeKey>().primaryKey(),
    number: integer()
      .notNull()
      .generatedAlwaysAs(sql`substring("key" from 5)::integer`),
    keyResult: text()
      .$type<KeyResultKey>()
      .notNull()
      .references(() => keyResults.key),
    title: text().notNull(),
    owner: text(),
    siteId: text(),
    issueId: text(),
    archivedAt: instant(),
  },
  (table) => [
    index('initiatives_by_number').on(table.number),
    index('initiatives_by_key_result').on(table.keyResult, table.number),
  ],
)
