import { parseKeyResultKey, type KeyResultKey } from '../ids.ts'
import type { DocumentMeasure } from '../okrs/okr-document.ts'
import { onlyGiven, takesNew } from './draft-objectives.ts'
import { hangOn, type DraftLine, type Drafts, type KeyResultDraft } from './drafts.ts'
import { keyOfLine, lineInTheWay, requireName, titleOf, wrong } from './find-goal.ts'
import type { ImportColumn } from './import-row.ts'
import { objectiveOf } from './objective-of-line.ts'
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

/** Stands in for a measure that could not be read: other lines still find the key result, and may report any value. */
const UNREAD: DocumentMeasure = { kind: 'metric', unit: 'count', baseline: 0, target: 1 }

/**
 * Drafts the key result of a line.
 * @param namesObjectives whether an objective that only stands beside its key results is made
 */
export function draftKeyResult(drafts: Drafts, line: DraftLine, namesObjectives: boolean): void {
  const found = objectiveOf(drafts, line, namesObjectives)
  if (found === null) {
    requireName(drafts, line, 'KR')
    measureOf(line, beforeByKey(drafts, line))
    return
  }
  const { objective, dueDay } = found
  const cycle = drafts.book.goal(objective)?.cycle ?? null
  const key = keyOfLine(drafts, line, { prefix: 'KR', cycle, within: objective }) as KeyResultKey | null
  if (key === null) return
  const before = drafts.storedKeyResult(key)?.value
  if (before === undefined) takesNew(drafts, line, cycle)
  const title = titleOf(line, key, before?.title)
  if (title === null) return
  const value: KeyResultDraft = {
    ...(before ?? NEW),
    ...keyResultCells(drafts, line, before?.dependsOn ?? []),
    ...(dueDay === null ? {} : { dueDay }),
    key,
    title,
    measure: measureOf(line, before?.measure ?? null),
  }
  drafts.keyResults.set(key, { objective, value })
  drafts.book.enter({ key, cycle, holder: objective, title, externalId: value.externalId })
}

function beforeByKey({ storedKeyResult }: Drafts, { row: { cells } }: DraftLine): DocumentMeasure | null {
  const key = cells.key === undefined ? null : parseKeyResultKey(cells.key)
  return (key && storedKeyResult(key)?.value.measure) ?? null
}

/** How a line wants its key result measured; what is wrong with that is told once, by the cell it comes of. */
function measureOf(line: DraftLine, before: DocumentMeasure | null): DocumentMeasure {
  const measure = measureOfRow(line.row.cells, line.row.unitSeen, before)
  if (measure.kind === 'problem') {
    wrong(line, null, measure.message, MEASURE_COLUMNS)
    return UNREAD
  }
  line.notes.push(...measure.notes)
  return measure.measure
}

const MEASURE_COLUMNS: readonly ImportColumn[] = [
  ...(['measure', 'baseline', 'target', 'progress', 'at_least', 'above', 'at_most', 'below'] as const),
  ...(['target_share', 'size', 'field', 'status_weights', 'steps', 'period', 'value_of_period'] as const),
]

/**
 * Takes out what the key result of a line needs of lines that something is wrong with: it hangs on those. What is
 * neither in the file nor stored is told by the rules that every goal goes by.
 */
export function draftNeeds(drafts: Drafts, line: DraftLine): void {
  const key = line.key as KeyResultKey | null
  const draft = key === null ? undefined : drafts.keyResults.get(key)
  if (key === null || draft === undefined || line.row.cells.depends_on === undefined) return
  const { dependsOn } = draft.value
  const isThere = (needed: KeyResultKey) =>
    drafts.keyResults.has(needed) || drafts.storedKeyResult(needed) !== undefined
  const ways = new Map(dependsOn.map((needed) => [needed, lineInTheWay(drafts, line, needed)]))
  const inTheWay = dependsOn.filter((needed) => !isThere(needed) && ways.get(needed) !== null)
  for (const needed of inTheWay) line.hangsOn.push({ on: ways.get(needed)!, name: needed })
  if (inTheWay.length === 0) return
  const left = dependsOn.filter((needed) => !inTheWay.includes(needed))
  drafts.keyResults.set(key, { ...draft, value: { ...draft.value, dependsOn: left } })
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
