import type { Kpi } from '../../domain/kpi.ts'
import { usualCheckEveryDays } from '../../domain/kpis/kpi-health.ts'
import { changeGoals, type ChangeDeps } from '../goals/change-goals.ts'
import { requireSoundKpi } from './kpi-rules.ts'

export type NewKpi = Omit<Kpi, 'key' | 'archivedAt' | 'checkEveryDays'> & {
  /** null: as often as its period ends. */
  readonly checkEveryDays: number | null
}

/** Gives the KPI the next key. Throws `OKR_INPUT_INVALID` for a team or time zone that does not exist. */
export function createKpi(deps: ChangeDeps, input: NewKpi): Promise<Kpi> {
  return changeGoals(deps, async (records) => {
    await requireSoundKpi(records, input)
    const kpi: Kpi = {
      ...input,
      key: await records.kpis.nextKey(),
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
