import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { KpiRecords } from '../../app/ports/kpis.ts'
import { numberOf, type KpiKey } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { createKpiValues } from './kpi-values.ts'
import { nextNumber } from './next-number.ts'
import { kpis, kpiStandings } from './schema.ts'

/** A KPI's columns, without the number that only orders them. */
const KPI = {
  key: kpis.key,
  title: kpis.title,
  description: kpis.description,
  owner: kpis.owner,
  team: kpis.team,
  unit: kpis.unit,
  band: kpis.band,
  period: kpis.period,
  valueOfPeriod: kpis.valueOfPeriod,
  timeZone: kpis.timeZone,
  source: kpis.source,
  checkEveryDays: kpis.checkEveryDays,
  externalId: kpis.externalId,
  archivedAt: kpis.archivedAt,
}

/** Before every instant anybody asks at: due. */
const AT_ONCE = 0

export function createKpiRecords(db: Executor): KpiRecords {
  return { ...createKpis(db), ...createKpiValues(db), ...createStandings(db) }
}

type Kpis = Pick<KpiRecords, 'nextKey' | 'insert' | 'update' | 'kpi' | 'kpis' | 'lock'>

function createKpis(db: Executor): Kpis {
  return {
    async nextKey() {
      const number = await nextNumber(db, { sequence: 'kpi_numbers', table: 'kpis' })
      return `KPI-${number}` as KpiKey
    },

    async insert(kpi) {
      await db.insert(kpis).values(kpi)
    },

    async update({ key, ...changes }) {
      await db.update(kpis).set(changes).where(eq(kpis.key, key))
      await db.update(kpiStandings).set({ dueAt: AT_ONCE }).where(eq(kpiStandings.kpi, key))
    },

    async kpi(key) {
      const rows = await db.select(KPI).from(kpis).where(eq(kpis.key, key))
      return rows[0] ?? null
    },

    kpis: ({ after, limit }, { team, owner, includeArchived }) =>
      db
        .select(KPI)
        .from(kpis)
        .where(
          and(
            after === null ? undefined : gt(kpis.number, numberOf(after)),
            team === null ? undefined : sql`${kpis.team} = ${team}`,
            owner === null ? undefined : eq(kpis.owner, owner),
            includeArchived ? undefined : isNull(kpis.archivedAt),
          ),
        )
        .orderBy(asc(kpis.number))
        .limit(limit),

    async lock(key) {
      const rows = await db.select(KPI).from(kpis).where(eq(kpis.key, key)).for('no key update')
      return rows[0] ?? null
    },
  }
}

function createStandings(db: Executor): Pick<KpiRecords, 'standing' | 'saveStanding' | 'due'> {
  return {
    async standing(key) {
      const rows = await db
        .select({ told: kpiStandings.health, since: kpiStandings.since })
        .from(kpiStandings)
        .where(eq(kpiStandings.kpi, key))
      return rows[0] ?? null
    },

    async saveStanding(kpi, { told: health, since }, dueAt) {
      const row = { health, since, dueAt }
      await db
        .insert(kpiStandings)
        .values({ kpi, ...row })
        .onConflictDoUpdate({ target: kpiStandings.kpi, set: row })
    },

    async due(now, limit) {
      const at = new Date(now).toISOString()
      const { rows } = await db.execute<{ key: KpiKey }>(sql`
        select kpis.key from kpis left join kpi_standings on kpi_standings.kpi = kpis.key
        where kpis.archived_at is null and (kpi_standings.kpi is null or kpi_standings.due_at <= ${at}::timestamptz)
        order by kpi_standings.due_at nulls first, kpis.number limit ${limit}`)
      return rows.map(({ key }) => key)
    },
  }
}
