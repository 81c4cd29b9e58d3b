import { sql } from 'drizzle-orm'
import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { CheckIn } from '../../../domain/goals.ts'
import type { KpiKey, TeamKey } from '../../../domain/ids.ts'
import type { KpiHealth } from '../../../domain/kpis/kpi-health.ts'
import type { Band } from '../../../domain/measures/band.ts'
import type { RangeMeasure } from '../../../domain/measures/measure.ts'
import type { Period } from '../../../domain/measures/period.ts'
import { instant } from './columns.ts'
import { teams } from './goals.ts'

export const kpiNumbers = pgSequence('kpi_numbers')

export const kpis = pgTable(
  'kpis',
  {
    key: text().$type<KpiKey>().primaryKey(),
    number: integer()
      .notNull()
      .generatedAlwaysAs(sql`substring("key" from 5)::integer`),
    title: text().notNull(),
    description: text().notNull(),
    owner: text(),
    team: text()
      .$type<TeamKey>()
      .references(() => teams.key),
    unit: text().notNull(),
    band: jsonb().$type<Band>().notNull(),
    period: text().$type<Period>().notNull(),
    valueOfPeriod: text().$type<RangeMeasure['valueOfPeriod']>().notNull(),
    timeZone: text().notNull(),
    source: text().notNull(),
    checkEveryDays: integer().notNull(),
    externalId: text(),
    archivedAt: instant(),
  },
  (table) => [index('kpis_by_number').on(table.number)],
)

export const kpiValues = pgTable(
  'kpi_values',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kpi: text()
      .$type<KpiKey>()
      .notNull()
      .references(() => kpis.key),
    at: instant().notNull(),
    value: doublePrecision().notNull(),
    note: text().notNull(),
    author: text().notNull(),
    source: text().$type<CheckIn['source']>().notNull(),
    idempotencyKey: text(),
  },
  (table) => [
    index('kpi_values_by_date').on(table.kpi, table.at, table.id),
    uniqueIndex('kpi_values_once').on(table.kpi, table.idempotencyKey),
  ],
)

/** How a KPI stood when it was looked at last, and when time alone may change that. */
export const kpiStandings = pgTable('kpi_standings', {
  kpi: text()
    .$type<KpiKey>()
    .primaryKey()
    .references(() => kpis.key),
  health: text().$type<KpiHealth>().notNull(),
  since: instant().notNull(),
  dueAt: instant(),
})
