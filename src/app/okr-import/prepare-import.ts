import type { OrderedCheckIn } from '../../domain/okr-import/check-in-order.ts'
import {
  madeBeside,
  problemsByLine,
  reportLines,
  type MadeBeside,
  type ReportLine,
} from '../../domain/okr-import/import-report.ts'
import type { ImportRow, RowProblem } from '../../domain/okr-import/import-row.ts'
import { hangingOn } from '../../domain/okr-import/left-out.ts'
import { translateRows, type Translation } from '../../domain/okr-import/translate-rows.ts'
import type { GoalSet } from '../../domain/okrs/goal-set.ts'
import type { OkrDocument } from '../../domain/okrs/okr-document.ts'
import type { EpochMs } from '../../domain/time.ts'
import { planOkrs } from '../okrs/plan-okrs.ts'
import type { Records } from '../ports/records.ts'
import type { ReportedCheckIn } from '../ports/transfers.ts'
import { compareCheckIns } from './compare-check-ins.ts'

export interface ImportOptions {
  /** The cycle of lines that name none. */
  readonly cycle: string | null
  /** Leaves broken lines out, with what hangs on them, and takes the others. */
  readonly skipsBroken: boolean
}

/** What an import would do, and what is in the way of it. */
export interface PreparedImport {
  readonly document: OkrDocument
  readonly checkIns: readonly ReportedCheckIn[]
  readonly lines: readonly ReportLine[]
  readonly madeBeside: readonly MadeBeside[]
  readonly fileProblems: readonly string[]
  /** Nothing is in the way. */
  readonly canBeApplied: boolean
}

/** Clocks of other systems run ahead a little. */
const CLOCK_SKEW_MS = 60_000

/** A file changes what it speaks of, and archives nothing; what its lines say wins over what was said before. */
export const IMPORT_PLAN = { archiveMissing: false, overwrite: true } as const

/**
 * Compares lines with what is stored. Broken ones are left out and the rest is looked at again, until none of it is
 * broken: so the report says of every sound line what it becomes, also where the file is refused for the others.
 */
export async function prepareImport(
  records: Records,
  rows: readonly ImportRow[],
  { cycle, skipsBroken }: ImportOptions,
  now: EpochMs,
): Promise<PreparedImport> {
  const stored = await readEverything(records)
  const without = new Set<number>()
  const leftOut: ReportLine[] = []
  for (;;) {
    const translation = translateRows(rows, stored, { cycle, without })
    const looked = await lookAt(records, translation, stored, now)
    const broken = looked.lines.filter(({ outcome }) => outcome === 'problem')
    if (broken.length === 0) {
      const lines = [...looked.lines, ...leftOut].sort((a, b) => a.line - b.line)
      const isWhole = leftOut.length === 0 || skipsBroken
      return {
        ...looked,
        document: translation.document,
        lines,
        canBeApplied: isWhole && looked.fileProblems.length === 0,
      }
    }
    const isFollowing = without.size > 0
    for (const line of broken) {
      without.add(line.line)
      leftOut.push(isFollowing ? skippedWith(line) : line)
    }
    const hanging = hangingOn(translation.lines, without)
    for (const line of looked.lines) {
      const why = hanging.get(line.line)
      if (why === undefined) continue
      without.add(line.line)
      leftOut.push(skippedWith({ ...line, key: null, notes: [why], problems: [] }))
    }
  }
}

/** Nothing is wrong with the line itself: what it hangs on is left out. */
function skippedWith(line: ReportLine): ReportLine {
  const notes = [...line.notes, ...line.problems.map(({ message }) => message)]
  return { ...line, outcome: 'skipped', changes: [], checkIn: null, notes, problems: [] }
}

async function readEverything({ goals, okrSets }: Records): Promise<GoalSet> {
  const cycles = await goals.cycles({ after: null, limit: ALL }, true)
  return okrSets.read({
    cycles: cycles.map(({ key }) => key),
    objectives: [],
    wholeObjectives: [],
    keyResults: [],
    initiatives: [],
    kpis: 'all',
  })
}

const ALL = 1_000_000

async function lookAt(
  records: Records,
  translation: Translation,
  stored: GoalSet,
  now: EpochMs,
): Promise<Omit<PreparedImport, 'document' | 'canBeApplied'>> {
  const planned = await planOkrs(records, translation.document, IMPORT_PLAN, now)
  const found = problemsByLine(translation, planned.kind === 'refused' ? planned.problems : [])
  const problems = new Map<number, readonly RowProblem[]>(found.onLines)
  const changes = planned.kind === 'plan' ? planned.plan.changes : []
  const checkIns = await compareCheckIns(records, translation, stored)
  for (const { draft, at } of checkIns.added) {
    const inTheWay = (at ?? now) > now + CLOCK_SKEW_MS ? IN_THE_FUTURE : draft.refusal
    if (inTheWay !== null) problems.set(draft.line, [inTheWay])
  }
  return {
    checkIns: checkIns.added.map((added) => reportedCheckIn(added, now)),
    lines: reportLines({ translation, changes, checkIns, problems }),
    madeBeside: madeBeside(translation, changes),
    fileProblems: found.onFile,
  }
}

const IN_THE_FUTURE: RowProblem = {
  column: 'at',
  message: 'Its date lies in the future; a check-in says what was so. Correct the date, or leave it blank.',
}

function reportedCheckIn({ draft, at, importKey }: OrderedCheckIn, now: EpochMs): ReportedCheckIn {
  const { keyResult, value, confidence, note, author, source } = draft
  const said = { keyResult, value, confidence, note, author, source }
  return { ...said, at: Math.min(at ?? now, now), idempotencyKey: importKey }
}
