import type { GoalKind } from '../okrs/goal-set.ts'
import type { DocumentPath, OkrDocument } from '../okrs/okr-document.ts'
import type { PlannedChange, PlanProblem, PropertyChange } from '../okrs/plan.ts'
import type { OrderedCheckIn } from './check-in-order.ts'
import type { RowProblem, RowType } from './import-row.ts'
import type { Translation } from './translate-rows.ts'

/**
 * What becomes of a line: a goal that is made, changed, or as it was; a check-in, where its goal is as it was; nothing,
 * though nothing is wrong with it; nothing, because something is.
 */
export type LineOutcome = 'create' | 'change' | 'unchanged' | 'check_in' | 'skipped' | 'problem'

export interface ReportLine {
  /** The header is line 1. */
  readonly line: number
  readonly type: RowType
  readonly outcome: LineOutcome
  /** The goal's key; null: none was found or made. */
  readonly key: string | null
  readonly title: string | null
  readonly changes: readonly PropertyChange[]
  /** Whether what it reports is new, or was stored before; null: it reports nothing. */
  readonly checkIn: 'new' | 'known' | null
  /** What was assumed, left out or made beside it. */
  readonly notes: readonly string[]
  readonly problems: readonly RowProblem[]
}

/** A cycle, a team or an objective that lines name without being about it. */
export interface MadeBeside {
  readonly kind: GoalKind
  readonly key: string
  readonly title: string
}

export interface ImportReport {
  readonly lines: readonly ReportLine[]
  /** How many lines became what. */
  readonly counts: Readonly<Record<LineOutcome, number>>
  readonly newCheckIns: number
  readonly madeBeside: readonly MadeBeside[]
  /** What is wrong with the file and stands on no line. */
  readonly problems: readonly string[]
  /** False: nothing was written. */
  readonly isApplied: boolean
}

/** The line that a place in a document comes from; null when it comes from none. */
function lineOfPath(
  document: OkrDocument,
  path: DocumentPath | null,
  lineOf: ReadonlyMap<string, number>,
): number | null {
  if (path === null) return null
  let place: unknown = document
  const keys: string[] = []
  for (const step of path) {
    place = typeof place === 'object' && place !== null ? Reflect.get(place, step) : undefined
    if (typeof place === 'object' && place !== null && 'key' in place) keys.push(String(place.key))
  }
  const known = keys.reverse().find((key) => lineOf.has(key))
  return known === undefined ? null : (lineOf.get(known) ?? null)
}

/** Problems a plan has, by the line they stand on; those on none are the file's. */
export function problemsByLine(
  { document, lineOf }: Translation,
  problems: readonly PlanProblem[],
): { readonly onLines: ReadonlyMap<number, RowProblem[]>; readonly onFile: string[] } {
  const onLines = new Map<number, RowProblem[]>()
  const onFile: string[] = []
  for (const { path, subject, field, message } of problems) {
    const line = lineOf.get(subject) ?? lineOfPath(document, path, lineOf)
    if (line === null) onFile.push(message)
    else onLines.set(line, [...(onLines.get(line) ?? []), { column: field === '' ? null : field, message }])
  }
  return { onLines, onFile }
}

interface ReportInput {
  readonly translation: Translation
  readonly changes: readonly PlannedChange[]
  /** Check-ins that are stored already, and those that are not. */
  readonly checkIns: Readonly<Record<'known' | 'added', readonly OrderedCheckIn[]>>
  /** What a plan finds wrong, by line. */
  readonly problems: ReadonlyMap<number, readonly RowProblem[]>
}

/** What becomes of each line, in order. */
export function reportLines({ translation, changes, checkIns, problems }: ReportInput): ReportLine[] {
  const changeOf = new Map(changes.map((change) => [change.key, change]))
  const known = new Set(checkIns.known.map(({ draft }) => draft.line))
  const added = new Set(checkIns.added.map(({ draft }) => draft.line))
  return translation.lines.map(({ row, key, notes, problems: own, skipped }) => {
    const change = key === null || row.type === 'check_in' ? undefined : changeOf.get(key)
    const checkIn = added.has(row.line) ? 'new' : known.has(row.line) ? 'known' : null
    const wrong = own.length > 0 ? own : (problems.get(row.line) ?? [])
    const goal = change === undefined ? null : change.action === 'create' ? 'create' : 'change'
    return {
      line: row.line,
      type: row.type,
      outcome:
        wrong.length > 0
          ? 'problem'
          : skipped !== null
            ? 'skipped'
            : (goal ?? (checkIn === 'new' ? 'check_in' : 'unchanged')),
      key: goal === 'create' && wrong.length > 0 ? null : key,
      title: row.cells.title ?? change?.title ?? null,
      changes: change?.properties ?? [],
      checkIn,
      notes: skipped === null ? notes : [...notes, skipped],
      problems: wrong,
    }
  })
}

/** What a plan makes that no line is about. */
export function madeBeside({ lines }: Translation, changes: readonly PlannedChange[]): MadeBeside[] {
  const own = new Set(lines.filter(({ row }) => row.type !== 'check_in').map(({ key }) => key))
  return changes
    .filter(({ action, key }) => action === 'create' && !own.has(key))
    .map(({ kind, key, title }) => ({ kind, key, title }))
}

export function countOutcomes(lines: readonly ReportLine[]): Record<LineOutcome, number> {
  const counts = { create: 0, change: 0, unchanged: 0, check_in: 0, skipped: 0, problem: 0 }
  for (const { outcome } of lines) counts[outcome]++
  return counts
}
