import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import type { ContributionStep } from '../../../domain/contributions/contribution.ts'
import type { ScopeState, Tally } from '../../../domain/contributions/tally.ts'
import type { Explanation, Movement } from '../../../domain/explanation.ts'
import type { HealthStanding } from '../../../domain/health/assess-health.ts'
import type { Health } from '../../../domain/health/health.ts'
import type { HealthPolicy } from '../../../domain/health/health-policy.ts'
import type { KeyResultKey } from '../../../domain/ids.ts'
import type { LinkReason } from '../../../domain/links/effective-links.ts'
import type { Numbers } from '../../../domain/snapshot.ts'
import { instant } from './columns.ts'

/** Derived: what each issue adds to each key result, over its whole past. */
export const contributions = pgTable(
  'contributions',
  {
    keyResult: text().$type<KeyResultKey>().notNull(),
    siteId: text().notNull(),
    issueId: text().notNull(),
    reason: jsonb().$type<LinkReason>().notNull(),
    isAnchorCandidate: boolean().notNull(),
    steps: jsonb().$type<[ContributionStep, ...ContributionStep[]]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.siteId, table.issueId, table.keyResult] }),
    index('contributions_by_key_result').on(table.keyResult, table.siteId, table.issueId),
    index('contributions_anchors')
      .on(table.keyResult)
      .where(sql`is_anchor_candidate`),
  ],
)

/** Derived: what each day added to a key result's tally. */
export const keyResultFlow = pgTable(
  'key_result_flow',
  {
    keyResult: text().$type<KeyResultKey>().notNull(),
    day: date().notNull(),
    state: text().$type<ScopeState>().notNull(),
    /** null: not estimated. */
    size: doublePrecision(),
    issues: integer().notNull(),
    sharePercent: integer().notNull(),
  },
  (table) => [
    unique('key_result_flow_line').on(table.keyResult, table.day, table.state, table.size).nullsNotDistinct(),
  ],
)

/** Derived: the tally at the end of each day on which something moved. */
export const keyResultDays = pgTable(
  'key_result_days',
  {
    keyResult: text().$type<KeyResultKey>().notNull(),
    day: date().notNull(),
    tally: jsonb().$type<Tally>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyResult, table.day] })],
)

/** What moved, in commit order: read by the next snapshot to say what changed. */
export const movements = pgTable(
  'movements',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    keyResult: text().$type<KeyResultKey>().notNull(),
    movement: jsonb().$type<Movement>().notNull(),
  },
  (table) => [index('movements_by_key_result').on(table.keyResult, table.id)],
)

export const dirtyKeyResults = pgTable('dirty_key_results', {
  keyResult: text().$type<KeyResultKey>().primaryKey(),
  generation: bigint({ mode: 'number' }).notNull(),
  /** When it was marked first … */
  since: instant()
    .notNull()
    .default(sql`now()`),
  /** … and last. */
  markedAt: instant()
    .notNull()
    .default(sql`now()`),
  earliestDay: date(),
  needsRelink: boolean().notNull(),
  /** Names the last wish to evaluate links anew, never as another was named: fulfilling one does not swallow the next. */
  relinkWish: bigint({ mode: 'number' }).notNull(),
})

/** How a key result's health stands, which hysteresis needs, and when time alone may change it. */
export const healthStandings = pgTable(
  'health_standings',
  {
    keyResult: text().$type<KeyResultKey>().primaryKey(),
    standing: jsonb().$type<HealthStanding>(),
    /** The policy it was judged by: bands of another one have other edges. */
    policy: jsonb().$type<HealthPolicy>().notNull(),
    /** What is shown, by override, by confidence or by a band. */
    health: text().$type<Health>().notNull(),
    dueAt: instant(),
  },
  (table) => [index('health_standings_due').on(table.dueAt)],
)

export const snapshots = pgTable(
  'snapshots',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    keyResult: text().$type<KeyResultKey>().notNull(),
    asOf: instant().notNull(),
    numbers: jsonb().$type<Numbers>().notNull(),
    explanation: jsonb().$type<Explanation>().notNull(),
    movementCursor: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [index('snapshots_by_key_result').on(table.keyResult, table.id)],
)
