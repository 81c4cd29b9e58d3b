import type { KpiKey } from '../../domain/ids.ts'
import type { Kpi } from '../../domain/kpi.ts'
import { changeGoals, type ChangeDeps } from '../goals/change-goals.ts'
import { findKpi } from './find-kpi.ts'

/**
 * Takes a KPI out of the lists and lets nobody be reminded of it; its values stay. Archiving an archived one changes
 * nothing. Throws `OKR_KPI_NOT_FOUND`.
 */
export function archiveKpi(deps: ChangeDeps, { key }: { readonly key: KpiKey }): Promise<Kpi> {
  return changeGoals(deps, async (records, now) => {
    const before = await findKpi(records, key)
    if (before.archivedAt !== null) return { result: before, record: null }
    const after: Kpi = { ...before, archivedAt: now }
    await records.kpis.update(after)
    const feed = { kind: 'kpi.archived', data: {} } as const
    return { result: after, record: { action: 'kpi.archive', subject: key, before, after, feed } }
  })
}

/** Brings an archived KPI back. Throws `OKR_KPI_NOT_FOUND`. */
export function restoreKpi(deps: ChangeDeps, { key }: { readonly key: KpiKey }): Promise<Kpi> {
  return changeGoals(deps, async (records) => {
    const before = await findKpi(records, key)
    if (before.archivedAt === null) return { result: before, record: null }
    const after: Kpi = { ...before, archivedAt: null }
    await records.kpis.update(after)
    const feed = { kind: 'kpi.updated', data: { changed: ['archivedAt'] } } as const
    return { result: after, record: { action: 'kpi.restore', subject: key, before, after, feed } }
  })
}
