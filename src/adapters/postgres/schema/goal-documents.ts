import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { CycleKey } from '../../../domain/ids.ts'
import { instant } from './columns.ts'
import { cycles } from './goals.ts'

/** A goal as a file last had it: what has changed since, somebody else changed. */
export const appliedGoals = pgTable('applied_goals', {
  /** `O-3`, `KR-12`, `cycle 2026-Q4`, `team search` … */
  subject: text().primaryKey(),
  properties: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
  at: instant().notNull(),
})

/** What a cycle came to when it was closed. */
export const cycleClosings = pgTable('cycle_closings', {
  cycle: text()
    .$type<CycleKey>()
    .primaryKey()
    .references(() => cycles.key),
  closedAt: instant().notNull(),
  closing: jsonb().$type<unknown>().notNull(),
})

/** Sets of objectives that cycles can be started from. */
export const templates = pgTable('templates', {
  name: text().primaryKey(),
  title: text().notNull(),
  document: jsonb().$type<unknown>().notNull(),
  savedAt: instant().notNull(),
})
