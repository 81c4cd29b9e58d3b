import type { CheckIn, Initiative, Objective } from '../../domain/goals.ts'
import type { KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { Kpi } from '../../domain/kpi.ts'
import { isMeasuredByValues } from '../../domain/measures/measure.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Snapshot } from '../ports/progress.ts'
import type { Records } from '../ports/records.ts'
import type { ExportTable } from '../ports/transfers.ts'
import { exportPages } from './export-table.ts'

const PAGE_ROWS = 500

/** A live key result with its latest numbers. */
export interface ExportedKeyResult extends KeyResultInContext {
  readonly latestValue: CheckIn | null
  readonly snapshot: Snapshot | null
}

/** Live objectives in the order people count them, page by page. */
export async function* exportObjectives({ goals }: Records): AsyncGenerator<Objective[]> {
  for (let after: ObjectiveKey | null = null; ;) {
    const page: Objective[] = await goals.objectives(
      { after, limit: PAGE_ROWS },
      { cycle: null, includeArchived: false },
    )
    if (page.length > 0) yield page
    after = page.at(-1)?.key ?? null
    if (page.length < PAGE_ROWS) return
  }
}

/** Live key results, likewise. */
export async function* exportKeyResults(records: Records): AsyncGenerator<ExportedKeyResult[]> {
  const { goals, progress, transfers } = records
  for (let after: KeyResultKey | null = null; ;) {
    const page: KeyResultInContext[] = await goals.keyResults(
      { after, limit: PAGE_ROWS },
      { cycle: null, objective: null, includeArchived: false },
    )
    const keys = page.map(({ keyResult }) => keyResult.key)
    const snapshots = await progress.latestSnapshots(keys)
    const values = await transfers.latestValues(keys)
    if (page.length > 0) {
      yield page.map((found) => ({
        ...found,
        latestValue: isMeasuredByValues(found.keyResult.measure)
          ? (values.get(found.keyResult.key) ?? null)
          : null,
        snapshot: snapshots.get(found.keyResult.key) ?? null,
      }))
    }
    after = keys.at(-1) ?? null
    if (page.length < PAGE_ROWS) return
  }
}

/** Live initiatives, KPIs, and every check-in, likewise. */
export const exportInitiatives = liveRows<Initiative>('initiatives', (row) => ({
  ...row,
  issue: row.siteId === null ? null : { siteId: row.siteId, issueId: row.issueId },
}))
export const exportKpis = liveRows<Kpi>('kpis')
export const exportCheckIns = liveRows<CheckIn>('check_ins')

type StoredRow = Readonly<Record<string, unknown>>

function liveRows<Row>(table: ExportTable, shaped: (row: StoredRow) => unknown = (row) => row) {
  return async function* (records: Records): AsyncGenerator<Row[]> {
    for await (const page of exportPages(records, table)) {
      yield page.filter(({ archivedAt }) => typeof archivedAt !== 'number').map((row) => shaped(row) as Row)
    }
  }
}
