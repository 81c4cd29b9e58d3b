import type { Cycle, KeyResult, Objective } from '../../domain/goals.ts'
import type { CycleKey, ObjectiveKey } from '../../domain/ids.ts'
import type { Finding, RuleId } from '../../domain/lint/finding.ts'
import { lint } from '../../domain/lint/lint.ts'
import type { Locale } from '../../domain/writeback/messages.ts'
import type { Records } from '../ports/records.ts'
import { findCycle } from './find-goals.ts'
import { lintGradually, type LintOptions } from './lint-gradually.ts'
import { lintedObjective, storedSet } from './stored-set.ts'

/** Enough of an objective's key results to see that they are too many. */
const PAGE = 500

/** Lints the live goals of a cycle. Throws `OKR_CYCLE_NOT_FOUND`. */
export async function lintCycle(
  { goals }: Pick<Records, 'goals'>,
  key: CycleKey,
  options: LintOptions,
): Promise<Finding[]> {
  return lintGradually(await storedSet({ goals }, key), options)
}

/** Nobody has had the time yet to give a new objective its key results. */
const NOT_OF_A_NEW_ONE: ReadonlySet<RuleId> = new Set(['too-few-key-results'])

/** What could be better about an objective that was just written. */
export async function hintsOnObjective(
  { goals }: Pick<Records, 'goals'>,
  objective: Objective,
  locale: Locale,
): Promise<Finding[]> {
  const cycle = await findCycle({ goals }, objective.cycle)
  const keyResults = await firstLiveKeyResults({ goals }, objective.key)
  const isNew = keyResults.length === 0
  return lint({ objectives: [lintedObjective(objective, cycle, keyResults)] }, { locale }).filter(
    ({ rule, severity, subject }) =>
      subject.keyResult === null && severity === 'hint' && !(isNew && NOT_OF_A_NEW_ONE.has(rule)),
  )
}

/** What could be better about a key result that was just written, seen beside the others of its objective. */
export async function hintsOnKeyResult(
  { goals }: Pick<Records, 'goals'>,
  written: { readonly keyResult: KeyResult; readonly objective: Objective; readonly cycle: Cycle },
  locale: Locale,
): Promise<Finding[]> {
  const { keyResult, objective, cycle } = written
  const others = (await firstLiveKeyResults({ goals }, objective.key)).filter(
    ({ key }) => key !== keyResult.key,
  )
  const set = { objectives: [lintedObjective(objective, cycle, [...others, keyResult])] }
  return lint(set, { locale }).filter(
    ({ rule, subject }) => subject.keyResultKey === keyResult.key || rule === 'too-many-key-results',
  )
}

async function firstLiveKeyResults(
  { goals }: Pick<Records, 'goals'>,
  objective: ObjectiveKey,
): Promise<KeyResult[]> {
  const filter = { cycle: null, objective, includeArchived: false }
  const rows = await goals.keyResults({ after: null, limit: PAGE }, filter)
  return rows.map(({ keyResult }) => keyResult)
}
