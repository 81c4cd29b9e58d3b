import { asc, gt, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { ExportTable, TransferRecords } from '../../app/ports/transfers.ts'
import type { Executor } from './executor.ts'
import * as schema from './schema.ts'

/** A table with the column its rows are ordered and told apart by. */
const ORDERED: Readonly<
  Record<Exclude<ExportTable, 'manual_links' | 'snapshots'>, readonly [PgTable, PgColumn]>
> = {
  cycles: [schema.cycles, schema.cycles.key],
  teams: [schema.teams, schema.teams.key],
  health_policies: [schema.healthPolicies, schema.healthPolicies.name],
  objectives: [schema.objectives, schema.objectives.number],
  key_results: [schema.keyResults, schema.keyResults.number],
  initiatives: [schema.initiatives, schema.initiatives.number],
  check_ins: [schema.checkIns, schema.checkIns.id],
  milestone_ticks: [schema.milestoneTicks, schema.milestoneTicks.id],
  kpis: [schema.kpis, schema.kpis.number],
  kpi_values: [schema.kpiValues, schema.kpiValues.id],
  warnings: [schema.warnings, schema.warnings.id],
}

/** Pages of whole tables, each after the last row of the one before: no page costs more than another. */
export function createExportPages(db: Executor): TransferRecords['page'] {
  return async (table, after, limit) => {
    if (table === 'manual_links') return linksPage(db, after, limit)
    if (table === 'snapshots') return snapshotsPage(db, after, limit)
    const [from, position] = ORDERED[table]
    const rows = await db
      .select()
      .from(from)
      .where(after === null ? undefined : gt(position, numberOrText(position, after)))
      .orderBy(asc(position))
      .limit(limit)
    return rows.map((row) => {
      const { number, ...own } = row as Record<string, unknown>
      return { position: String(number ?? own.id ?? own.key ?? own.name), row: own }
    })
  }
}

function numberOrText(column: PgColumn, after: string): unknown {
  return column.dataType === 'number' ? Number(after) : after
}

async function linksPage(db: Executor, after: string | null, limit: number) {
  const { manualLinks: link } = schema
  const position = sql<string>`array_to_json(array[${link.keyResult}, ${link.siteId}, ${link.issueId},
    ${link.linkedAt}::text])::text`
  const rows = await db
    .select({ position, link })
    .from(link)
    .where(
      after === null ? undefined : sql`(${columnsOf(link)}) > (${values(JSON.parse(after) as string[])})`,
    )
    .orderBy(asc(link.keyResult), asc(link.siteId), asc(link.issueId), asc(link.linkedAt))
    .limit(limit)
  return rows.map((row) => ({ position: row.position, row: row.link }))
}

function columnsOf(link: typeof schema.manualLinks): SQL {
  return sql`${link.keyResult}, ${link.siteId}, ${link.issueId}, ${link.linkedAt}`
}

function values([keyResult, siteId, issueId, linkedAt]: readonly string[]): SQL {
  return sql`${keyResult}, ${siteId}, ${issueId}, ${linkedAt}::timestamptz`
}

/** The latest of each key result. */
async function snapshotsPage(db: Executor, after: string | null, limit: number) {
  const { snapshots } = schema
  const { keyResult, asOf, numbers, explanation } = snapshots
  const rows = await db
    .selectDistinctOn([keyResult], { keyResult, asOf, numbers, explanation })
    .from(snapshots)
    .where(after === null ? undefined : gt(keyResult, after as typeof keyResult._.data))
    .orderBy(asc(keyResult), sql`${snapshots.id} desc`)
    .limit(limit)
  return rows.map((row) => ({ position: row.keyResult, row }))
}
