import { sql } from 'drizzle-orm'
import { bigint, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { Deployment, SiteFields } from '../../../domain/site.ts'
import { instant } from './columns.ts'

export const sites = pgTable('sites', {
  id: text().primaryKey(),
  baseUrl: text().notNull(),
  deployment: text().$type<Deployment>().notNull(),
  fields: jsonb().$type<SiteFields>().notNull(),
  notDeliveredResolutionIds: jsonb().$type<string[]>().notNull(),
  labelPattern: text().notNull(),
  accountId: text(),
  connectedAt: instant(),
})

export const backfills = pgTable('backfills', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  siteId: text().notNull(),
  jql: text().notNull(),
  stage: text().$type<'issues' | 'deletions' | 'finished'>().notNull(),
  pageToken: text(),
  issues: integer().notNull().default(0),
  changes: integer().notNull().default(0),
  startedAt: instant()
    .notNull()
    .default(sql`now()`),
  savedAt: instant()
    .notNull()
    .default(sql`now()`),
})
