import type { KpiKey } from '../../domain/ids.ts'
import type { Kpi } from '../../domain/kpi.ts'
import { ThroughlineError } from '../errors.ts'
import type { Records } from '../ports/records.ts'

/** The KPI of this key, archived or not. Throws `OKR_KPI_NOT_FOUND`. */
export async function findKpi({ kpis }: Pick<Records, 'kpis'>, key: KpiKey): Promise<Kpi> {
  return found(await kpis.kpi(key), key)
}

/**
 * The same, with other writers of its values kept out until the transaction ends. Throws `OKR_KPI_ARCHIVED` beside
 * `OKR_KPI_NOT_FOUND`.
 */
export async function lockLiveKpi({ kpis }: Pick<Records, 'kpis'>, key: KpiKey): Promise<Kpi> {
  return requireLive(found(await kpis.lock(key), key))
}

/** Throws `OKR_KPI_ARCHIVED`. */
export function requireLive(kpi: Kpi): Kpi {
  if (kpi.archivedAt === null) return kpi
  throw new ThroughlineError(
    'OKR_KPI_ARCHIVED',
    `${kpi.key} is archived and no longer changes. Restore it first.`,
  )
}

function found(kpi: Kpi | null, key: KpiKey): Kpi {
  if (kpi === null) throw new ThroughlineError('OKR_KPI_NOT_FOUND', `There is no KPI ${key}.`)
  return kpi
}
