import type { KpiKey } from '../../domain/ids.ts'
import type { Kpi } from '../../domain/kpi.ts'
import {
  changedProperties,
  changeGoals,
  withChanges,
  type ChangeDeps,
  type Changes,
} from '../goals/change-goals.ts'
import { findKpi, requireLive } from './find-kpi.ts'
import { requireSoundKpi } from './kpi-rules.ts'

export interface KpiUpdate {
  readonly key: KpiKey
  readonly changes: Changes<Omit<Kpi, 'key' | 'archivedAt'>>
}

/** Changes a KPI. Throws `OKR_KPI_NOT_FOUND`, `OKR_KPI_ARCHIVED` and `OKR_INPUT_INVALID`. */
export function updateKpi(deps: ChangeDeps, { key, changes }: KpiUpdate): Promise<Kpi> {
  return changeGoals(deps, async (records) => {
    const before = requireLive(await findKpi(records, key))
    const after = withChanges(before, changes)
    const changed = changedProperties(before, after)
    if (changed.length === 0) return { result: before, record: null }
    await requireSoundKpi(records, after)
    await records.kpis.update(after)
    return {
      result: after,
      record: {
        action: 'kpi.update',
        subject: key,
        before,
        after,
        feed: { kind: 'kpi.updated', data: { changed } },
      },
    }
  })
}
