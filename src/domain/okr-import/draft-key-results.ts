import { parseKeyResultKey, parseObjectiveKey, type KeyResultKey, type ObjectiveKey } from '../ids.ts'
import type { DocumentMeasure } from '../okrs/okr-document.ts'
import { impliedObjective, onlyGiven, takesNew } from './draft-objectives.ts'
import { hangOn, type DraftLine, type Drafts, type KeyResultDraft } from './drafts.ts'
import { holderCalled, keyOfLine, missing, wrong, wrongArchived } from './find-goal.ts'
import { sameText } from './same-text.ts'
import { measureOfRow } from './row-measure.ts'

const NEW: Omit<KeyResultDraft, 'key' | 'title' | 'measure'> = {
  description: '',
  owner: null,
  ownerAccountId: null,
  weight: 1,
  dueDay: null,
  plan: { kind: 'linear' },
  healthPolicy: null,
  anchorIssue: null,
  dependsOn: [],
  intendedSharePercent: null,
  externalId: null,
}

/** Stands in for a measure that could not be read, so that other lines still find the key result. */
const UNREAD: DocumentMeasure = { kind: 'binary' }

/**
 * Drafts the key result of a line.
 * @param namesObjectives whether an objective that only stands beside its key results is made
 */
export function draftKeyResult(drafts: Drafts, line: DraftLine, namesObjectives: boolean): void {
  const { cells, unitSeen } = line.row
  const objective = objectiveOf(drafts, line, namesObjectives)
  if (objective === null) return
  const cycle = drafts.book.goal(objective)?.cycle ?? null
  const key = keyOfLine(drafts, line, { prefix: 'KR', cycle, within: objective }) as KeyResultKey | null
  if (key === null) return
  const before = drafts.storedKeyResult(key)?.value
  if (before === undefined) takesNew(drafts, line, cycle)
  const title = cells.title ?? before?.title
  if (title === undefined) {
    wrong(line, 'title', `${key} is new and has no title. Give it one.`)
    return
  }
  const measure = measureOfRow(cells, unitSeen, before?.measure ?? null)
  if (measure.kind === 'problem') {
    // A number that could not be read is one problem, and not another one for being missing.
    if (line.row.problems.length === 0) wrong(line, null, measure.message)
  } else line.notes.push(...measure.notes)
  const value: KeyResultDraft = {
    ...(before ?? NEW),
    ...keyResultCells(drafts, line, before?.dependsOn ?? []),
    key,
    title,
    measure: measure.kind === 'problem' ? UNREAD : measure.measure,
  }
  drafts.keyResults.set(key, { objective, value })
  drafts.book.enter({ key, cycle, holder: objective, title, externalId: value.externalId })
}

/** The objective a line belongs to: the one it names, or the one its key result has. */
function objectiveOf(drafts: Drafts, line: DraftLine, namesObjectives: boolean): ObjectiveKey | null {
  const { objective, parent, cycle: cycleName, due, key } = line.row.cells
  const named = objective ?? parent
  const known = key === undefined ? undefined : drafts.book.goal(key.trim().toUpperCase())
  if (named === undefined) {
    if (known?.holder !== null && known !== undefined) return known.holder as ObjectiveKey
    return wrong(line, 'objective', 'The line names no objective. Give its key, external id or title.')
  }
  const cycle = drafts.boxes.knownCycle(cycleName, due) ?? known?.cycle ?? null
  const found = holderCalled(drafts, line, named, cycle, ['O']) ?? goalAnywhere(drafts, line, named)
  if (found !== undefined) {
    hangOn(drafts, line, { key: found.key, name: named })
    return found.key as ObjectiveKey
  }
  const column = objective === undefined ? 'parent' : 'objective'
  if (holderCalled(drafts, line, named, cycle, ['KR']) !== undefined) {
    return wrong(line, column, `${named} is a key result; a key result belongs to an objective. Name that.`)
  }
  const archived = drafts.book.archived(named)
  if (archived !== undefined) return wrongArchived(line, column, archived.key)
  const mayBeMade =
    namesObjectives &&
    objective !== undefined &&
    parseObjectiveKey(named) === null &&
    !drafts.withheld.has(sameText(named))
  if (!mayBeMade) return missing(drafts, line, column, named, 'objective')
  const made = drafts.boxes.cycle(cycleName, due)
  if (made.kind === 'problem') return wrong(line, 'cycle', made.message)
  if (!takesNew(drafts, line, made.key)) return null
  line.notes.push(`makes the objective ${named}`)
  return impliedObjective(drafts, named, made.key)
}

/** A key result without a cycle of its own belongs to the one objective of the file that is called so. */
function goalAnywhere(drafts: Drafts, { row }: DraftLine, title: string) {
  if (row.holderLine !== null) return undefined
  const found = [...drafts.objectives.values()].filter(
    (objective) => sameText(objective.title) === sameText(title),
  )
  const [only] = found
  return found.length === 1 && only !== undefined ? drafts.book.goal(only.key) : undefined
}

function keyResultCells(
  drafts: Drafts,
  line: DraftLine,
  needed: readonly KeyResultKey[],
): Partial<KeyResultDraft> {
  const { cells } = line.row
  const dependsOn = cells.depends_on?.map((text) => {
    const key = parseKeyResultKey(text)
    if (key === null) wrong(line, 'depends_on', `${text} is no key of a key result; expected KR-3, KR-4.`)
    else hangOn(drafts, line, { key, name: key })
    return key
  })
  return onlyGiven({
    description: cells.description,
    owner: cells.owner,
    ownerAccountId: cells.owner_account_id,
    weight: cells.weight,
    dueDay: cells.due,
    plan: cells.plan,
    healthPolicy: cells.health_policy,
    anchorIssue: cells.anchor_issue,
    dependsOn:
      dependsOn &&
      withArchived(
        drafts,
        needed,
        dependsOn.filter((key) => key !== null),
      ),
    intendedSharePercent: cells.intended_share,
    externalId: cells.external_id,
  })
}

/** A table names live key results: what a key result needs of archived ones stays as it is. */
function withArchived(
  { book }: Drafts,
  needed: readonly KeyResultKey[],
  named: readonly KeyResultKey[],
): readonly KeyResultKey[] {
  const archived = needed.filter((key) => book.archived(key) !== undefined && !named.includes(key))
  const live = needed.filter((key) => !archived.includes(key))
  return live.join() === named.join() ? needed : [...named, ...archived]
}
