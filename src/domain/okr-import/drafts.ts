import type { CycleKey, InitiativeKey, KeyResultKey, KpiKey, ObjectiveKey } from '../ids.ts'
import type {
  DocumentInitiative,
  DocumentKeyResult,
  DocumentKpi,
  DocumentObjective,
  OkrDocument,
} from '../okrs/okr-document.ts'
import { initiativeAsDocument, keyResultAsDocument } from './as-documents.ts'
import type { GoalBook } from './goal-book.ts'
import type { RowProblem, SaidAt } from './import-row.ts'
import type { GoalSet } from '../okrs/goal-set.ts'
import { sameText } from './same-text.ts'
import type { TimeBoxes } from './time-boxes.ts'
import type { TypedRow } from './typed-rows.ts'

/** A goal that a line cannot do without, by its key, or another line. */
export interface Hold {
  readonly on: string | number
  readonly name: string
}

/** What becomes of a line, so far. */
export interface DraftLine {
  readonly row: TypedRow
  /** The key of the goal it is about; null: none was found or made. */
  key: string | null
  readonly notes: string[]
  readonly problems: RowProblem[]
  /** What is wrong with it for no other reason than what is wrong with a line it hangs on. */
  readonly explained: RowProblem[]
  /** What it cannot do without, as the line names it; goals that are stored do not count. */
  readonly hangsOn: Hold[]
  /** Why nothing is taken from it, though nothing is wrong with it. */
  skipped: string | null
}

/** A dated value that a line reports. */
export interface DraftCheckIn {
  readonly line: number
  readonly keyResult: KeyResultKey
  readonly cycle: CycleKey | null
  /** Whether its line only reports; otherwise it is the key result's own line. */
  readonly isLog: boolean
  /** What keeps it from being added. One that is stored already stays, whatever became of its key result since. */
  readonly refusal: RowProblem | null
  /** null: at the moment of the import. */
  readonly at: SaidAt | null
  readonly value: number | null
  readonly confidence: number | null
  readonly note: string
  readonly author: string
  readonly source: 'person' | 'system'
}

export type ObjectiveDraft = Omit<DocumentObjective, 'keyResults'>
export type KeyResultDraft = Omit<DocumentKeyResult, 'initiatives'>

/** Goals as lines want them, on top of those there are. */
export interface Drafts {
  readonly book: GoalBook
  readonly boxes: TimeBoxes
  readonly objectives: Map<ObjectiveKey, ObjectiveDraft>
  readonly keyResults: Map<KeyResultKey, { readonly objective: ObjectiveKey; readonly value: KeyResultDraft }>
  readonly initiatives: Map<
    InitiativeKey,
    { readonly keyResult: KeyResultKey; readonly value: DocumentInitiative }
  >
  readonly kpis: Map<KpiKey, DocumentKpi>
  readonly checkIns: DraftCheckIn[]
  /** The line that speaks for a goal, and the goal that a line speaks for. */
  readonly lineOf: Map<string, number>
  readonly keyOn: Map<number, string>
  /** Goals as they are stored, for what lines leave blank. */
  readonly storedObjective: (key: ObjectiveKey) => ObjectiveDraft | undefined
  readonly storedKeyResult: (
    key: KeyResultKey,
  ) => { objective: ObjectiveKey; value: KeyResultDraft } | undefined
  readonly storedInitiative: (
    key: InitiativeKey,
  ) => { keyResult: KeyResultKey; value: DocumentInitiative } | undefined
  readonly storedKpi: (key: KpiKey) => DocumentKpi | undefined
  /** What lines that were left out are called: nothing is made in their place. */
  readonly withheld: ReadonlyMap<string, number>
  /** What lines are called of which it is not known what they are about, because something is wrong with them. */
  readonly unsure: Map<string, number>
  /** Objectives that stand in for those on such lines, so that what belongs to them is looked at all the same. */
  readonly standIns: Map<ObjectiveKey, number>
  /** Objectives of the file by their titles and cycles; null: several of one title in a cycle. */
  readonly titled: Map<string, Map<CycleKey, ObjectiveKey | null>>
}

/** Takes an objective in, in place of what was drafted of it before. */
export function enterObjective(drafts: Drafts, draft: ObjectiveDraft): void {
  const { key, title, cycle } = draft
  const isNew = !drafts.objectives.has(key)
  drafts.objectives.set(key, draft)
  drafts.book.enter({ ...draft, holder: null })
  if (!isNew || drafts.standIns.has(key)) return
  const name = sameText(title)
  const byCycle = drafts.titled.get(name) ?? new Map<CycleKey, ObjectiveKey | null>()
  drafts.titled.set(name, byCycle.set(cycle, byCycle.has(cycle) ? null : key))
}

/** Remembers what a line cannot do without. */
export function hangOn(drafts: Drafts, line: DraftLine, { key, name }: { key: string; name: string }): void {
  const standsInFor = drafts.standIns.get(key as ObjectiveKey)
  const isStored =
    drafts.storedObjective(key as ObjectiveKey) !== undefined ||
    drafts.storedKeyResult(key as KeyResultKey) !== undefined
  if (!isStored) line.hangsOn.push({ on: standsInFor ?? key, name })
}

export function createDrafts(stored: GoalSet, parts: Pick<Drafts, 'book' | 'boxes' | 'withheld'>): Drafts {
  const objectives = new Map<ObjectiveKey, ObjectiveDraft>(
    stored.objectives.map((objective) => [objective.key, objective]),
  )
  const keyResults = new Map(stored.keyResults.map((keyResult) => [keyResult.key, keyResult]))
  const initiatives = new Map(stored.initiatives.map((initiative) => [initiative.key, initiative]))
  const kpis = new Map<KpiKey, DocumentKpi>(stored.kpis.map((kpi) => [kpi.key, kpi]))
  return {
    ...parts,
    objectives: new Map(),
    keyResults: new Map(),
    initiatives: new Map(),
    kpis: new Map(),
    checkIns: [],
    lineOf: new Map(),
    keyOn: new Map(),
    unsure: new Map(),
    standIns: new Map(),
    titled: new Map(),
    storedObjective: (key) => objectives.get(key),
    storedKeyResult(key) {
      const found = keyResults.get(key)
      return found && { objective: found.objective, value: keyResultAsDocument(found) }
    },
    storedInitiative(key) {
      const found = initiatives.get(key)
      return found && { keyResult: found.keyResult, value: initiativeAsDocument(found) }
    },
    storedKpi: (key) => kpis.get(key),
  }
}

/** The drafts as a document: what holds a drafted goal comes with it as it is stored, and nothing else does. */
export function documentOf(drafts: Drafts): OkrDocument {
  const keyResults = new Map(drafts.keyResults)
  for (const { keyResult } of drafts.initiatives.values()) {
    const stored = keyResults.has(keyResult) ? undefined : drafts.storedKeyResult(keyResult)
    if (stored !== undefined) keyResults.set(keyResult, stored)
  }
  const objectives = new Map(drafts.objectives)
  for (const { objective } of keyResults.values()) {
    const stored = objectives.has(objective) ? undefined : drafts.storedObjective(objective)
    if (stored !== undefined) objectives.set(objective, stored)
  }
  const initiativesOf = Map.groupBy(drafts.initiatives.values(), ({ keyResult }) => keyResult)
  const keyResultsOf = Map.groupBy(keyResults.values(), ({ objective }) => objective)
  return {
    version: 1,
    cycles: drafts.boxes.newCycles,
    teams: drafts.boxes.newTeams,
    objectives: [...objectives.values()].map((objective) => ({
      ...objective,
      keyResults: (keyResultsOf.get(objective.key) ?? []).map(({ value }) => ({
        ...value,
        initiatives: (initiativesOf.get(value.key) ?? []).map((initiative) => initiative.value),
      })),
    })),
    kpis: [...drafts.kpis.values()],
  }
}
