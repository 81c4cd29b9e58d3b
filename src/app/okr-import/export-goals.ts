import type { CheckIn, Initiative, Objective } from '../../domain/goals.ts'
import type { IssueId, KeyResultKey, ObjectiveKey, SiteId } from '../../domain/ids.ts'
import type { Kpi } from '../../domain/kpi.ts'
import { isMeasuredByValues } from '../../domain/measures/measure.ts'
import { misfitOf } from '../../domain/okr-import/value-misfit.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Snapshot } from '../ports/progress.ts'
import type { Records } from '../ports/records.ts'
import type { ExportTable } from '../ports/transfers.ts'
import { exportPages } from './export-table.ts'
import { standingOf } from './exported-standing.ts'

const PAGE_ROWS = 500

/** A live key result with its latest numbers. */
export interface ExportedKeyResult extends KeyResultInContext {
  readonly latestValue: CheckIn | null
  readonly snapshot: Snapshot | null
}

/**
 * Live objectives in the order people count them, page by page. A table of goals holds what is live and refers to
 * nothing else, so that it can be imported anywhere.
 */
export async function* exportObjectives(records: Records): AsyncGenerator<Objective[]> {
  const { goals } = records
  for (let after: ObjectiveKey | null = null; ;) {
    const page: Objective[] = await goals.objectives(
      { after, limit: PAGE_ROWS },
      { cycle: null, includeArchived: false },
    )
    const { isLive } = await standingOf(
      records,
      page.flatMap(({ parent }) => parent ?? []),
    )
    if (page.length > 0) {
      yield page.map((row) => ({
        ...row,
        parent: row.parent !== null && isLive(row.parent) ? row.parent : null,
      }))
    }
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
    const { isLive } = await standingOf(
      records,
      page.flatMap(({ keyResult }) => keyResult.dependsOn),
    )
    if (page.length > 0) {
      yield page.map((found) => ({
        ...found,
        keyResult: { ...found.keyResult, dependsOn: found.keyResult.dependsOn.filter(isLive) },
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

export const exportKpis = liveRows<Kpi>('kpis')

/** Live initiatives of live key results, likewise. */
export async function* exportInitiatives(records: Records): AsyncGenerator<Initiative[]> {
  for await (const page of liveRows<StoredInitiative>('initiatives')(records)) {
    const { isLive } = await standingOf(
      records,
      page.map(({ keyResult }) => keyResult),
    )
    yield page
      .filter(({ keyResult }) => isLive(keyResult))
      .map(({ siteId, issueId, ...row }) => ({
        ...row,
        issue: siteId === null || issueId === null ? null : { siteId, issueId },
      }))
  }
}

type StoredInitiative = Omit<Initiative, 'issue'> & { siteId: SiteId | null; issueId: IssueId | null }

/** A check-in, and whether its value is of a time when its key result was measured otherwise. */
export interface ExportedCheckIn extends CheckIn {
  readonly isOfAnotherMeasure: boolean
}

/** Every check-in of live key results, in the order they came in. */
export async function* exportCheckIns(records: Records): AsyncGenerator<ExportedCheckIn[]> {
  for await (const page of liveRows<CheckIn>('check_ins')(records)) {
    const { isLive, measureOf } = await standingOf(
      records,
      page.map(({ keyResult }) => keyResult),
    )
    yield page
      .filter(({ keyResult }) => isLive(keyResult))
      .map((row) => {
        const measure = measureOf(row.keyResult)
        return { ...row, isOfAnotherMeasure: measure !== null && misfitOf(measure, row.value) !== null }
      })
  }
}

function liveRows<Row>(table: ExportTable) {
  return async function* (records: Records): AsyncGenerator<Row[]> {
    for await (const page of exportPages(records, table)) {
      yield page.filter(({ archivedAt }) => typeof archivedAt !== 'number').map((row) => row as Row)
    }
  }
}
