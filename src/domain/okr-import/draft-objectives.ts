import type { CycleKey, ObjectiveKey } from '../ids.ts'
import { enterObjective, hangOn, type DraftLine, type Drafts, type ObjectiveDraft } from './drafts.ts'
import { holderCalled, keyOfLine, missing, titleOf, wrong, wrongArchived } from './find-goal.ts'
import type { RowCells } from './import-row.ts'

const NEW: Omit<ObjectiveDraft, 'key' | 'cycle' | 'title'> = {
  description: '',
  parent: null,
  contributionWeight: null,
  healthRollUp: 'worst',
  level: 'team',
  ambition: 'committed',
  owner: null,
  team: null,
  healthPolicy: null,
  externalId: null,
}

/** Drafts the objective of a line. What it supports is looked up later: that may stand further down. */
export function draftObjective(drafts: Drafts, line: DraftLine): void {
  const { cells } = line.row
  const known = cells.key === undefined ? undefined : drafts.book.goal(cells.key.trim().toUpperCase())
  const cycle = cycleOf(drafts, line, known?.cycle ?? null)
  const key = keyOfLine(drafts, line, { prefix: 'O', cycle, within: cycle }) as ObjectiveKey | null
  if (key === null || cycle === null) return
  const before = drafts.storedObjective(key)
  if (before === undefined) takesNew(drafts, line, cycle)
  const title = titleOf(line, key, before?.title)
  if (title === null) return
  enterObjective(drafts, {
    ...(before ?? NEW),
    ...objectiveCells(drafts, cells),
    key,
    cycle,
    title,
  })
  if (cells.target !== undefined || cells.baseline !== undefined) {
    line.notes.push('an objective is measured by its key results: baseline and target are left out')
  }
}

/** The cycle a line names; else that of the goal it is about; null when there is none, which the line then says. */
function cycleOf(drafts: Drafts, line: DraftLine, known: CycleKey | null): CycleKey | null {
  const { cycle, due } = line.row.cells
  if (cycle === undefined && known !== null) return known
  const found = drafts.boxes.cycle(cycle, due)
  return found.kind === 'cycle' ? found.key : wrong(line, 'cycle', found.message)
}

/** Whether new goals may come into a cycle; where they may not, the line says so. */
export function takesNew({ boxes }: Drafts, line: DraftLine, cycle: CycleKey | null): boolean {
  const why = cycle === null ? null : boxes.whyNothingIsAdded(cycle)
  if (why !== null) wrong(line, 'cycle', why)
  return why === null
}

function objectiveCells(drafts: Drafts, cells: RowCells): Partial<ObjectiveDraft> {
  const given = {
    description: cells.description,
    contributionWeight: cells.contribution_weight,
    healthRollUp: cells.health_roll_up,
    level: cells.level,
    ambition: cells.ambition,
    owner: cells.owner,
    team: cells.team === undefined ? undefined : drafts.boxes.team(cells.team),
    healthPolicy: cells.health_policy,
    externalId: cells.external_id,
  }
  return onlyGiven(given)
}

/** Without what is undefined: a blank cell leaves what there is. */
export function onlyGiven<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** Looks up what the objective of a line supports. */
export function draftParent(drafts: Drafts, line: DraftLine): void {
  const key = line.key as ObjectiveKey | null
  const draft = key === null ? undefined : drafts.objectives.get(key)
  const named = line.row.cells.parent
  if (draft === undefined || named === undefined) return
  const parent = holderCalled(drafts, line, named, draft.cycle, ['O', 'KR'])
  if (parent === undefined) {
    const archived = drafts.book.archived(named)
    if (archived === undefined) missing(drafts, line, 'parent', named, 'objective or key result')
    else if (archived.key !== draft.parent) wrongArchived(line, 'parent', archived.key)
    return
  }
  if (parent.key === draft.key) {
    wrong(
      line,
      'parent',
      `${draft.key} names itself as what it supports. Name another goal, or leave it blank.`,
    )
    return
  }
  hangOn(drafts, line, { key: parent.key, name: named })
  drafts.objectives.set(draft.key, { ...draft, parent: parent.key as ObjectiveDraft['parent'] })
}

/**
 * The objective a sheet names beside its key results, made when there is none.
 * @param standsInFor the line it should be on, where something is wrong with that; null: it is on none
 */
export function impliedObjective(
  drafts: Drafts,
  title: string,
  cycle: CycleKey,
  standsInFor: number | null = null,
): ObjectiveKey {
  const key = drafts.book.nextKey('O') as ObjectiveKey
  if (standsInFor !== null) drafts.standIns.set(key, standsInFor)
  enterObjective(drafts, { ...NEW, key, cycle, title })
  return key
}
