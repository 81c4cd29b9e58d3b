import type { KpiKey } from '../../domain/ids.ts'
import type { Kpi } from '../../domain/kpi.ts'
import { usualCheckEveryDays } from '../../domain/kpis/kpi-health.ts'
import { changeGoals, type ChangeDeps } from '../goals/change-goals.ts'
import { keyTaken, requireChoosableKey } from '../goals/chosen-key.ts'
import { requireSoundKpi } from './kpi-rules.ts'

export type NewKpi = Omit<Kpi, 'key' | 'archivedAt' | 'checkEveryDays'> & {
  /** null: the next free `KPI-n`. */
  readonly key: KpiKey | null
  /** null: as often as its period ends. */
  readonly checkEveryDays: number | null
}

/** Creates a KPI. Throws `OKR_KPI_EXISTS`, and `OKR_INPUT_INVALID` for a team or time zone that does not exist. */
export function createKpi(deps: ChangeDeps, input: NewKpi): Promise<Kpi> {
  return changeGoals(deps, async (records) => {
    requireChoosableKey(input.key)
    if (input.key !== null && (await records.kpis.kpi(input.key)) !== null) {
      throw keyTaken('OKR_KPI_EXISTS', 'a KPI', input.key)
    }
    await requireSoundKpi(records, input)
    const kpi: Kpi = {
      ...input,
      key: input.key ?? (await records.kpis.nextKey()),
      checkEveryDays: input.checkEveryDays ?? usualCheckEveryDays(input.period),
      archivedAt: null,
    }
    await records.kpis.insert(kpi)
    return {
      result: kpi,
      record: {
        action: 'kpi.create',
        subject: kpi.key,
        before: null,
        after: kpi,
        feed: { kind: 'kpi.created', data: { title: kpi.title } },
      },
    }
  })
}
