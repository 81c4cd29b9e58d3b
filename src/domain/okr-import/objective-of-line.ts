import { parseObjectiveKey, type ObjectiveKey } from '../ids.ts'
import type { CalendarDay } from '../time.ts'
import { cycleOfLine, fitOf, misplacedIn } from './cycle-of-line.ts'
import { impliedObjective, takesNew } from './draft-objectives.ts'
import { hangOn, type DraftLine, type Drafts } from './drafts.ts'
import { explainedBy, holderCalled, lineInTheWay, missing, wrong, wrongArchived } from './find-goal.ts'
import type { BookedGoal } from './goal-book.ts'
import type { ImportColumn } from './import-row.ts'
import { sameText } from './same-text.ts'
import type { MeantCycle } from './time-boxes.ts'

/** Where the key result of a line belongs. */
export interface ObjectiveFound {
  readonly objective: ObjectiveKey
  /** When it is due by the cycle its line names; null: that says nothing. */
  readonly dueDay: CalendarDay | null
}

/**
 * The objective that the line of a key result names, or the one its key result has; null when there is none, which the
 * line then says. A cycle on the line tells objectives of one title apart, and it has to fit that of the objective.
 * @param namesObjectives whether an objective that only stands beside its key results is made
 */
export function objectiveOf(
  drafts: Drafts,
  line: DraftLine,
  namesObjectives: boolean,
): ObjectiveFound | null {
  const { objective, parent, cycle: cycleName, due, key } = line.row.cells
  const named = objective ?? parent
  const known = key === undefined ? undefined : drafts.book.goal(key.trim().toUpperCase())
  const said = cycleOfLine(drafts, line)
  if (named === undefined) {
    if (known !== undefined && known.holder !== null) return placedIn(drafts, line, known.holder, said)
    const { filled } = line.row
    if (filled !== null)
      return standInFor(drafts, line, said, {
        named: filled.name,
        column: 'objective',
        inTheWay: filled.line,
      })
    return wrong(line, 'objective', 'The line names no objective. Give its key, external id or title.', [
      'parent',
      'outline',
      'key',
    ])
  }
  const isMade = namesObjectives && objective !== undefined && parseObjectiveKey(named) === null
  const cycle = said?.key ?? drafts.boxes.knownCycle(undefined, due) ?? known?.cycle ?? null
  const found =
    holderCalled(drafts, line, named, cycle, ['O']) ??
    (line.row.holderLine === null ? titledInFile(drafts, named, said, isMade) : undefined)
  if (found !== undefined) {
    hangOn(drafts, line, { key: found.key, name: named })
    return placedIn(drafts, line, found.key, said)
  }
  const column = objective === undefined ? 'parent' : 'objective'
  const inTheWay = lineInTheWay(drafts, line, named)
  if (inTheWay !== null) return standInFor(drafts, line, said, { named, column, inTheWay })
  if (holderCalled(drafts, line, named, cycle, ['KR']) !== undefined) {
    return wrong(line, column, `${named} is a key result; a key result belongs to an objective. Name that.`)
  }
  const archived = drafts.book.archived(named)
  if (archived !== undefined) return wrongArchived(line, column, archived.key)
  if (said !== null && !isMade) {
    const elsewhere = drafts.titled.get(sameText(named))?.keys().next().value
    if (elsewhere !== undefined) return misplacedIn(line, named, elsewhere, said)
  }
  if (!isMade || drafts.withheld.has(sameText(named)))
    return missing(drafts, line, column, named, 'objective')
  // A cycle that could not be made out is told already.
  if (cycleName !== undefined && said === null) return null
  const made = drafts.boxes.cycle(cycleName, due)
  if (made.kind === 'problem') return wrong(line, 'cycle', made.message)
  if (!takesNew(drafts, line, made.key)) return null
  line.notes.push(`makes the objective ${named}`)
  return { objective: impliedObjective(drafts, named, made.key), dueDay: null }
}

/** Puts a key result under an objective, in the objective's cycle: that of its line has to go with it. */
function placedIn(
  drafts: Drafts,
  line: DraftLine,
  objective: string,
  said: MeantCycle | null,
): ObjectiveFound {
  const found = { objective: objective as ObjectiveKey, dueDay: null }
  const cycle = drafts.book.goal(objective)?.cycle ?? null
  if (said === null || cycle === null) return found
  switch (fitOf(drafts.boxes, cycle, said)) {
    case 'same':
      return found
    case 'within':
      if (line.row.cells.due !== undefined) return found
      line.notes.push(`it is in the cycle ${cycle} of its objective, and due at the end of ${said.key}`)
      return { ...found, dueDay: said.endDay }
    case 'around':
      line.notes.push(`it is in the cycle ${cycle} of its objective, which lies within ${said.key}`)
      return found
    case 'apart':
      misplacedIn(line, objective, cycle, said)
      return found
  }
}

/**
 * The one objective of the file that is called so. A cycle that the line names leaves those that fit it; where objectives
 * are made of such lines, each is of the cycle it stands beside.
 */
function titledInFile(
  drafts: Drafts,
  title: string,
  said: MeantCycle | null,
  isMade: boolean,
): BookedGoal | undefined {
  if (said !== null && isMade) return undefined
  const byCycle = drafts.titled.get(sameText(title))
  const fitting = [...(byCycle ?? [])].filter(
    ([cycle]) => said === null || fitOf(drafts.boxes, cycle, said) !== 'apart',
  )
  const [only] = fitting
  const key = fitting.length === 1 ? (only?.[1] ?? null) : null
  return key === null ? undefined : drafts.book.goal(key)
}

/**
 * Puts a key result under what stands in for its objective, whose line something is wrong with; null where the cycle is
 * not known either.
 */
function standInFor(
  drafts: Drafts,
  line: DraftLine,
  said: MeantCycle | null,
  { named, column, inTheWay }: { named: string; column: ImportColumn; inTheWay: number },
): ObjectiveFound | null {
  const message = `${named} is on line ${inTheWay}, which could not be read. Correct that line.`
  explainedBy(line, { on: inTheWay, name: named }, { column, message })
  const cycle = drafts.boxes.cycle(said?.key, line.row.cells.due)
  if (cycle.kind === 'problem' || drafts.boxes.whyNothingIsAdded(cycle.key) !== null) return null
  return { objective: impliedObjective(drafts, named, cycle.key, inTheWay), dueDay: null }
}
