import { asc, getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { ExportTable, TransferRecords } from '../../app/ports/transfers.ts'
import type { Executor } from './executor.ts'
import * as schema from './schema.ts'

const { cycleClosings, healthPolicies, keyResults, manualLinks, milestoneTicks, teamDigests } = schema

/** A table with the columns its rows are ordered and told apart by. */
const ORDERED: Readonly<Record<ExportTable, readonly [PgTable, ...PgColumn[]]>> = {
  cycles: [schema.cycles, schema.cycles.key],
  cycle_closings: [cycleClosings, cycleClosings.cycle],
  teams: [schema.teams, schema.teams.key],
  health_policies: [healthPolicies, healthPolicies.name],
  templates: [schema.templates, schema.templates.name],
  objectives: [schema.objectives, schema.objectives.number],
  key_results: [keyResults, keyResults.number],
  initiatives: [schema.initiatives, schema.initiatives.number],
  check_ins: [schema.checkIns, schema.checkIns.id],
  milestone_ticks: [milestoneTicks, milestoneTicks.id],
  kpis: [schema.kpis, schema.kpis.number],
  kpi_values: [schema.kpiValues, schema.kpiValues.id],
  sites: [schema.sites, schema.sites.id],
  manual_links: [
    manualLinks,
    manualLinks.keyResult,
    manualLinks.siteId,
    manualLinks.issueId,
    manualLinks.linkedAt,
  ],
  movements: [schema.movements, schema.movements.id],
  snapshots: [schema.snapshots, schema.snapshots.id],
  warnings: [schema.warnings, schema.warnings.id],
  team_digests: [teamDigests, teamDigests.team, teamDigests.day],
  audit: [schema.audit, schema.audit.id],
}

/** Pages of whole tables, each after the last row of the one before: no page costs more than another. */
export function createExportPages(db: Executor): TransferRecords['page'] {
  return (table, after, limit) => {
    const [from, ...order] = ORDERED[table]
    const position = sql<string>`json_build_array(${listed(order.map((column) => sql`${column}::text`))})::text`
    return db
      .select({ position, row: ownColumns(from) })
      .from(from)
      .where(after === null ? undefined : isAfter(order, JSON.parse(after) as string[]))
      .orderBy(...order.map((column) => asc(column)))
      .limit(limit)
  }
}

/** All but the number of a goal, which its key tells. */
function ownColumns(from: PgTable): Record<string, PgColumn> {
  return Object.fromEntries(Object.entries(getTableColumns(from)).filter(([name]) => name !== 'number'))
}

function isAfter(order: readonly PgColumn[], position: readonly string[]): SQL {
  const values = order.map((column, index) => sql`${position[index]}::${sql.raw(column.getSQLType())}`)
  return sql`(${listed(order.map((column) => sql`${column}`))}) > (${listed(values)})`
}

function listed(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql`, `)
}
