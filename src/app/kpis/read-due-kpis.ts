import type { KpiKey, TeamKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Records } from '../ports/records.ts'
import { judgeKpis, type JudgedKpi } from './judge-kpis.ts'

const KPIS_AT_ONCE = 200

/** Live KPIs that wait for a value: one that never came, or none for longer than they are checked. By key. */
export async function readDueKpis(
  records: Pick<Records, 'kpis'>,
  { team, owner }: { readonly team: TeamKey | null; readonly owner: string | null },
  now: EpochMs,
): Promise<JudgedKpi[]> {
  const due: JudgedKpi[] = []
  let after: KpiKey | null = null
  for (;;) {
    const page = { after, limit: KPIS_AT_ONCE }
    const kpis = await records.kpis.kpis(page, { team, owner, includeArchived: false })
    const judged = await judgeKpis(records, kpis, now)
    due.push(...judged.filter(({ health, evidence }) => health === 'stale' || evidence.lastValueAt === null))
    if (kpis.length < KPIS_AT_ONCE) return due
    after = kpis.at(-1)!.key
  }
}
