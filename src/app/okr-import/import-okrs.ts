import type { CheckIn } from '../../domain/goals.ts'
import { countOutcomes, type ImportReport } from '../../domain/okr-import/import-report.ts'
import type { ImportRow } from '../../domain/okr-import/import-row.ts'
import { authorshipOf, inTheWordsOf, type Author } from '../../domain/authorship.ts'
import type { ChangeDeps } from '../goals/change-goals.ts'
import { movementOf } from '../goals/key-result-movements.ts'
import { ringFor } from '../goals/ring-for.ts'
import { applyWithin } from '../okrs/apply-okrs.ts'
import type { AuditEntry } from '../ports/feed.ts'
import type { Records } from '../ports/records.ts'
import type { EpochMs } from '../../domain/time.ts'
import { joinRecords } from './joined-records.ts'
import { IMPORT_PLAN, prepareImport, type ImportOptions, type PreparedImport } from './prepare-import.ts'

/** Says line by line what an import would do. Writes nothing. */
export async function previewImport(
  { database, clock }: Pick<ChangeDeps, 'database' | 'clock'>,
  rows: readonly ImportRow[],
  options: ImportOptions,
): Promise<ImportReport> {
  return reportOf(await prepareImport(database.records, rows, options, clock.now()), false)
}

/**
 * Imports lines as goals and check-ins, all of them in one transaction, or none when one is broken. The same lines
 * again change nothing.
 */
export async function importOkrs(
  deps: ChangeDeps,
  rows: readonly ImportRow[],
  options: ImportOptions,
): Promise<ImportReport> {
  const { database, clock, doorbell, ...author } = deps
  const { report, marked } = await database.transaction(async (records) => {
    await records.goals.lockForChange()
    const now = clock.now()
    const prepared = await prepareImport(records, rows, options, now)
    if (!prepared.canBeApplied) return { report: reportOf(prepared, false), marked: [] }
    const joined = joinRecords(records)
    await applyWithin(joined.records, prepared.document, { ...IMPORT_PLAN, now, author })
    await addCheckIns(joined.records, prepared, { now, author })
    return { marked: await joined.finish(), report: reportOf(prepared, true) }
  })
  await ringFor(doorbell, marked)
  return report
}

function reportOf({ lines, madeBeside, fileProblems }: PreparedImport, isApplied: boolean): ImportReport {
  return {
    lines,
    counts: countOutcomes(lines),
    newCheckIns: lines.filter(({ checkIn, outcome }) => checkIn === 'new' && outcome !== 'problem').length,
    madeBeside,
    problems: fileProblems,
    isApplied,
  }
}

/** Stores what the lines report, as a person's check-in would be. */
async function addCheckIns(
  records: Records,
  { checkIns }: PreparedImport,
  { now, author }: { readonly now: EpochMs; readonly author: Author },
): Promise<void> {
  const before = await records.transfers.latestValues(checkIns.map(({ keyResult }) => keyResult))
  const added = await records.transfers.addCheckIns(checkIns)
  await records.audit.append(added.map((checkIn) => auditOf(checkIn, author, now)))
  await records.progress.markDirty(added.map(({ keyResult }) => ({ keyResult, relink: false, day: null })))
  await records.contributions.addMovements(
    added.map(({ keyResult, at, value }) =>
      movementOf(keyResult, 'checked_in', at, {
        before: before.get(keyResult)?.value ?? null,
        after: value,
      }),
    ),
  )
  await records.feed.append(
    added.map(({ id, keyResult, value, confidence, author }) => ({
      kind: 'check_in.recorded' as const,
      subject: keyResult,
      at: now,
      data: { checkIn: id, value, confidence, author },
    })),
  )
}

function auditOf(checkIn: CheckIn, author: Author, at: EpochMs): AuditEntry {
  const { author: by, note: reason, keyResult: subject } = checkIn
  const authorship = authorshipOf(inTheWordsOf(author, { by, reason }))
  return { ...authorship, at, action: 'check_in.create', subject, before: null, after: checkIn }
}
