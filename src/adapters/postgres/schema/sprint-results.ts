import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { KeyResultKey } from '../../../domain/ids.ts'
import type { SprintResult } from '../../../domain/sprints/sprint-result.ts'
import { instant } from './columns.ts'

/** Completions of sprints whose results were handed to the key results they served. */
export const toldSprints = pgTable(
  'told_sprints',
  {
    siteId: text().notNull(),
    sprintId: integer().notNull(),
    completeAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.sprintId] })],
)

/** What the sprint completed last did for a key result. */
export const sprintResults = pgTable('sprint_results', {
  keyResult: text().$type<KeyResultKey>().primaryKey(),
  completeAt: instant().notNull(),
  result: jsonb().$type<SprintResult>().notNull(),
})
