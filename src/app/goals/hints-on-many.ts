import {
  parseKeyResultKey,
  parseObjectiveKey,
  type CycleKey,
  type KeyResultKey,
  type ObjectiveKey,
} from '../../domain/ids.ts'
import type { Finding } from '../../domain/lint/finding.ts'
import type { LintedObjective, LintedSet } from '../../domain/lint/linted-set.ts'
import type { ImportReport } from '../../domain/okr-import/import-report.ts'
import type { RowType } from '../../domain/okr-import/import-row.ts'
import type { OkrDocument } from '../../domain/okrs/okr-document.ts'
import type { PlannedChange } from '../../domain/okrs/plan.ts'
import type { RolledOverCycle } from '../cycles/roll-over.ts'
import type { StartedGoals } from '../cycles/start-from-template.ts'
import type { Records } from '../ports/records.ts'
import { lintGradually, type LintOptions } from './lint-gradually.ts'
import { storedSet } from './stored-set.ts'

/** What could be better about many goals at once: enough to see what it is about, and how much more there is. */
export interface ManyHints {
  readonly findings: readonly Finding[]
  readonly more: number
}

const MOST_TOLD = 50

/** What could be better about the goals that a file creates or changes, written or not. */
export async function hintsOnPlan(
  document: OkrDocument,
  changes: readonly PlannedChange[],
  options: LintOptions,
): Promise<ManyHints> {
  const written = new Set(changes.flatMap(({ action, key }) => (action === 'archive' ? [] : [key])))
  const cycles = new Map(document.cycles.map((cycle) => [cycle.key, cycle]))
  const objectives = document.objectives
    .filter(({ key, keyResults }) => written.has(key) || keyResults.some((own) => written.has(own.key)))
    .map((objective) => {
      const cycle = cycles.get(objective.cycle)
      const days = { startDay: cycle?.startDay ?? null, dueDay: cycle?.endDay ?? null }
      return { ...objective, ...days, hasCycle: true }
    })
  return hintsOn({ objectives }, written, options)
}

/** What could be better about goals that are stored, seen beside the others of their objectives. */
async function hintsOnStored(
  { goals }: Pick<Records, 'goals'>,
  {
    objectives,
    keyResults,
  }: { readonly objectives: readonly ObjectiveKey[]; readonly keyResults: readonly KeyResultKey[] },
  options: LintOptions,
): Promise<ManyHints> {
  const holders = new Set(objectives)
  const cycles = new Set<CycleKey>()
  for (const { objective } of await goals.keyResultsIn(keyResults)) {
    holders.add(objective.key)
    cycles.add(objective.cycle)
  }
  const found: LintedObjective[] = []
  const read = async (cycle: CycleKey) => {
    const set = await storedSet({ goals }, cycle)
    found.push(...set.objectives.filter(({ key }) => holders.delete(key as ObjectiveKey)))
  }
  for (const cycle of cycles) await read(cycle)
  // What is left has no key result that was written; most of it shares a cycle.
  for (const key of objectives) {
    const objective = holders.has(key) ? await goals.objective(key) : null
    if (objective !== null && !cycles.has(objective.cycle)) {
      cycles.add(objective.cycle)
      await read(objective.cycle)
    }
  }
  return hintsOn({ objectives: found }, new Set([...objectives, ...keyResults]), options)
}

/** What could be better about the goals that were made from a template. */
export function hintsOnStarted(
  records: Pick<Records, 'goals'>,
  { objectives }: Pick<StartedGoals, 'objectives'>,
  options: LintOptions,
): Promise<ManyHints> {
  const keys = {
    objectives: objectives.map(({ objective }) => objective.key),
    keyResults: objectives.flatMap(({ keyResults }) => keyResults.map(({ key }) => key)),
  }
  return hintsOnStored(records, keys, options)
}

/** What could be better about the goals that went on into another cycle. */
export function hintsOnRollOver(
  records: Pick<Records, 'goals'>,
  { objectives, keyResults }: Pick<RolledOverCycle, 'objectives' | 'keyResults'>,
  options: LintOptions,
): Promise<ManyHints> {
  const keys = {
    objectives: objectives.flatMap(({ created, to }) => (created ? [to.key] : [])),
    keyResults: keyResults.map(({ keyResult }) => keyResult.key),
  }
  return hintsOnStored(records, keys, options)
}

/** What could be better about the goals that an import wrote; none when it wrote nothing. */
export async function hintsOnImport(
  records: Pick<Records, 'goals'>,
  { isApplied, lines }: Pick<ImportReport, 'isApplied' | 'lines'>,
  options: LintOptions,
): Promise<ManyHints> {
  const written = isApplied ? lines.filter(({ outcome }) => outcome === 'create' || outcome === 'change') : []
  const keysOf = <Key>(type: RowType, parse: (text: string) => Key | null): Key[] =>
    written
      .flatMap((line) => (line.type === type ? [parse(line.key ?? '')] : []))
      .filter((key) => key !== null)
  const keys = {
    objectives: keysOf('objective', parseObjectiveKey),
    keyResults: keysOf('key_result', parseKeyResultKey),
  }
  return hintsOnStored(records, keys, options)
}

async function hintsOn(
  set: LintedSet,
  written: ReadonlySet<string>,
  options: LintOptions,
): Promise<ManyHints> {
  const findings = (await lintGradually(set, options)).filter(
    ({ severity, subject: { objectiveKey, keyResult, keyResultKey } }) =>
      severity === 'hint' &&
      (objectiveKey === null || written.has((keyResult === null ? objectiveKey : keyResultKey) ?? '')),
  )
  return { findings: findings.slice(0, MOST_TOLD), more: Math.max(0, findings.length - MOST_TOLD) }
}
