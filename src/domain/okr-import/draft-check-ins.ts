import { parseKeyResultKey, type KeyResultKey } from '../ids.ts'
import type { DocumentMeasure } from '../okrs/okr-document.ts'
import { cycleOfLine, fitOf, misplacedIn } from './cycle-of-line.ts'
import { hangOn, type DraftLine, type Drafts } from './drafts.ts'
import { holderCalled, missing, wrong } from './find-goal.ts'
import type { RowCells, RowProblem } from './import-row.ts'
import { takesValues } from './row-measure.ts'
import { misfitOf } from './value-misfit.ts'

/** The value, confidence or note a key result's own line reports. */
export function draftReport(drafts: Drafts, line: DraftLine): void {
  const { cells } = line.row
  const key = line.key === null ? null : parseKeyResultKey(line.key)
  const measure = key === null ? undefined : drafts.keyResults.get(key)?.value.measure
  if (key === null || measure === undefined || line.problems.length > 0) return
  const value = takesValues(measure) ? (cells.current ?? valueOfProgress(line, measure)) : null
  if (cells.current !== undefined && !takesValues(measure)) {
    line.notes.push(`it is measured by ${measure.kind}, so its current value is not taken`)
  }
  if (value === null && cells.confidence === undefined && cells.note === undefined) return
  enterCheckIn(drafts, line, { key, value, column: 'current', misfit: problemOfMisfit(key, value, measure) })
}

/** Where a metric stands, for tools that only say how far it got; null when they say nothing. */
function valueOfProgress(line: DraftLine, measure: DocumentMeasure): number | null {
  const { progress } = line.row.cells
  if (progress === undefined || measure.kind !== 'metric') return null
  const { baseline, target } = measure
  const value = Math.round((baseline + ((target - baseline) * progress) / 100) * 1e6) / 1e6
  if (baseline !== 0 || target !== 100)
    line.notes.push(`its progress of ${progress} % is taken as the value ${value}`)
  return value
}

/** Drafts a line that only reports. */
export function draftCheckIn(drafts: Drafts, line: DraftLine): void {
  const { cells } = line.row
  const named = cells.key_result ?? cells.parent ?? cells.key
  if (named === undefined) {
    wrong(line, 'key_result', 'The check-in names no key result. Give its key, external id or title.', [
      ...(['parent', 'key', 'outline'] as const),
    ])
    return
  }
  const saysNothing = [cells.current, cells.confidence, cells.note].every((cell) => cell === undefined)
  if (saysNothing) {
    wrong(line, 'current', 'The check-in says nothing. Give a current value, a confidence or a note.', [
      ...(['confidence', 'note'] as const),
    ])
  }
  const column = COLUMNS_OF_KEY_RESULTS.find((one) => cells[one] !== undefined)!
  const cycle = drafts.boxes.knownCycle(cells.cycle, cells.due)
  const found = holderCalled(drafts, line, named, cycle, ['KR']) ?? drafts.book.archived(named)
  const key = found === undefined ? null : parseKeyResultKey(found.key)
  if (key === null) {
    missing(drafts, line, column, named, 'key result')
    return
  }
  line.key = key
  hangOn(drafts, line, { key, name: named })
  const said = cycleOfLine(drafts, line)
  const itsCycle = found?.cycle ?? null
  if (said !== null && itsCycle !== null && fitOf(drafts.boxes, itsCycle, said) === 'apart')
    misplacedIn(line, key, itsCycle, said)
  if (saysNothing) return
  const measure = drafts.keyResults.get(key)?.value.measure ?? drafts.storedKeyResult(key)?.value.measure
  const value = cells.current ?? null
  const misfit = isOfAnotherMeasure(cells) ? null : problemOfMisfit(key, value, measure)
  enterCheckIn(drafts, line, { key, value, column, misfit: misfit && withWayOut(misfit) })
}

function withWayOut({ column, message }: RowProblem): RowProblem {
  return {
    column,
    message: `${message} A dated value of when it was measured by numbers says measure = metric.`,
  }
}

const COLUMNS_OF_KEY_RESULTS = ['key_result', 'parent', 'key'] as const

/** A dated value may be of a time when its key result was measured otherwise, which its line then says. */
function isOfAnotherMeasure({ measure, at }: RowCells): boolean {
  return at !== undefined && (measure === 'metric' || measure === 'range')
}

function problemOfMisfit(
  key: KeyResultKey,
  value: number | null,
  measure: DocumentMeasure | undefined,
): RowProblem | null {
  switch (measure === undefined ? null : misfitOf(measure, value)) {
    case null:
      return null
    case 'not_by_values':
      return {
        column: 'current',
        message: `${key} is measured by ${measure?.kind}; a value cannot be reported for it. Leave it blank.`,
      }
    case 'neither_done_nor_not':
      return {
        column: 'current',
        message: `${key} is done or not done: 1 says done, 0 says not done; ${value} says neither.`,
      }
  }
}

interface Reported {
  readonly key: KeyResultKey
  readonly value: number | null
  /** The column to name where the key result takes no check-ins. */
  readonly column: string
  readonly misfit: RowProblem | null
}

function enterCheckIn(drafts: Drafts, line: DraftLine, { key, value, column, misfit }: Reported): void {
  const { cells, type } = line.row
  const archived = drafts.book.archived(key)
  const cycle = (archived ?? drafts.book.goal(key))?.cycle ?? null
  const whyNone =
    archived === undefined
      ? cycle && drafts.boxes.whyNothingIsAdded(cycle)
      : `${key} is archived, and nothing of it changes any more. Restore it, or leave the line out.`
  drafts.checkIns.push({
    line: line.row.line,
    keyResult: key,
    cycle,
    isLog: type === 'check_in',
    refusal: whyNone === null ? misfit : { column, message: whyNone },
    at: cells.at ?? null,
    value,
    confidence: cells.confidence ?? null,
    note: cells.note ?? '',
    author: cells.author ?? cells.owner ?? 'import',
    source: type === 'check_in' && cells.source === 'system' ? 'system' : 'person',
  })
}
