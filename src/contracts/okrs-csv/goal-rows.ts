import type { CheckIn, Initiative, KeyResult, Objective } from '../../domain/goals.ts'
import type { Kpi } from '../../domain/kpi.ts'
import type { Band } from '../../domain/measures/band.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { ImportColumn } from '../../domain/okr-import/import-row.ts'
import { instantOf } from '../api/fields.ts'
import { READ_ONLY_COLUMNS } from './columns.ts'
import { csvLine } from '../backtest-csv.ts'
import { guarded } from './formula-guard.ts'
import { numberText } from './number-cell.ts'
import { planText, stepsText } from './structured-cell.ts'

/** A line of a table that can be imported again: our columns, and some that are only to be read. */
export type Cells = Partial<Readonly<Record<ImportColumn | ReadOnlyColumn, string | number | null>>>
type ReadOnlyColumn = 'id' | 'measured' | 'shown_progress' | 'health' | 'rolled_from'

export interface CsvTable<Row> {
  readonly columns: readonly (ImportColumn | ReadOnlyColumn)[]
  readonly cellsOf: (row: Row) => Cells
}

/** Columns that hold keys, words and numbers: nobody's text. Nothing is put before what stands in them. */
const MACHINE: ReadonlySet<string> = new Set([
  ...['type', 'key', 'level', 'ambition', 'measure', 'baseline', 'target', 'current', 'at', 'confidence'],
  ...['weight', 'due', 'depends_on', 'at_least', 'above', 'at_most', 'below', 'period', 'value_of_period'],
  ...['target_share', 'size', 'field', 'status_weights', 'plan', 'intended_share', 'contribution_weight'],
  ...[
    'health_roll_up',
    'anchor_issue',
    'check_every_days',
    'time_zone',
    'id',
    'measured',
    'shown_progress',
    'health',
  ],
])

export function headerLine({ columns }: { readonly columns: readonly string[] }): string {
  return csvLine(columns)
}

/** One line of CSV without its end. Text that a spreadsheet would run gets an apostrophe, which the import takes off. */
export function tableLine<Row>({ columns, cellsOf }: CsvTable<Row>, row: Row): string {
  const cells = cellsOf(row)
  return csvLine(
    columns.map((column) => {
      const cell = cells[column] ?? ''
      if (typeof cell === 'number') return numberText(cell)
      return MACHINE.has(column) ? cell : guarded(cell)
    }),
  )
}

export const OBJECTIVES: CsvTable<Objective> = {
  columns: [
    ...([
      'type',
      'key',
      'external_id',
      'cycle',
      'parent',
      'title',
      'description',
      'level',
      'ambition',
    ] as const),
    ...(['owner', 'team', 'contribution_weight', 'health_roll_up', 'health_policy'] as const),
  ],
  cellsOf: (objective) => ({
    type: 'objective',
    key: objective.key,
    external_id: objective.externalId,
    cycle: objective.cycle,
    parent: objective.parent,
    title: objective.title,
    description: objective.description,
    level: objective.level,
    ambition: objective.ambition,
    owner: objective.owner,
    team: objective.team,
    contribution_weight: objective.contributionWeight,
    health_roll_up: objective.healthRollUp,
    health_policy: objective.healthPolicy,
  }),
}

/** A key result with what a reader wants beside it. */
export interface KeyResultRow {
  readonly keyResult: KeyResult
  readonly cycle: string
  readonly latestValue: Pick<CheckIn, 'at' | 'value'> | null
  readonly measured: number | null
  /** 0 to 1. */
  readonly progress: number | null
  readonly health: string | null
}

export const KEY_RESULTS: CsvTable<KeyResultRow> = {
  columns: [
    ...(['type', 'key', 'external_id', 'cycle', 'objective', 'title', 'description', 'owner'] as const),
    ...([
      'owner_account_id',
      'measure',
      'unit',
      'baseline',
      'target',
      'current',
      'at',
      'weight',
      'due',
    ] as const),
    ...(['depends_on', 'at_least', 'above', 'at_most', 'below', 'period', 'value_of_period'] as const),
    ...(['target_share', 'size', 'field', 'status_weights', 'steps', 'plan', 'intended_share'] as const),
    ...(['health_policy', 'anchor_issue', 'measured', 'shown_progress', 'health', 'rolled_from'] as const),
  ],
  cellsOf: ({ keyResult, cycle, latestValue, measured, progress, health }) => ({
    type: 'key_result',
    key: keyResult.key,
    external_id: keyResult.externalId,
    cycle,
    objective: keyResult.objective,
    title: keyResult.title,
    description: keyResult.description,
    owner: keyResult.owner,
    owner_account_id: keyResult.ownerAccountId,
    ...measureCells(keyResult.measure),
    current: latestValue?.value ?? null,
    at: latestValue === null ? null : instantOf(latestValue.at),
    weight: keyResult.weight,
    due: keyResult.dueDay,
    depends_on: keyResult.dependsOn.join(', '),
    plan: planText(keyResult.plan),
    intended_share: keyResult.intendedSharePercent,
    health_policy: keyResult.healthPolicy,
    anchor_issue: issueText(keyResult.anchorIssue),
    measured,
    shown_progress: progress,
    health,
    rolled_from: keyResult.rolledFrom,
  }),
}

function measureCells(measure: Measure): Cells {
  switch (measure.kind) {
    case 'metric':
    case 'field_sum': {
      const { kind, unit, baseline, target } = measure
      return {
        measure: kind,
        unit,
        baseline,
        target,
        ...(kind === 'field_sum' ? { field: measure.field } : {}),
      }
    }
    case 'range': {
      const { kind, unit, band, period, valueOfPeriod, targetShare } = measure
      return {
        measure: kind,
        unit,
        ...bandCells(band),
        period,
        value_of_period: valueOfPeriod,
        target_share: targetShare,
      }
    }
    case 'milestones':
      return {
        measure: measure.kind,
        steps: stepsText(
          measure.steps.map((step) => ({
            ...step,
            issue: step.issue === null ? null : { site: step.issue.siteId, issue: step.issue.issueId },
          })),
        ),
      }
    case 'delivery': {
      const { kind, size, target, statusWeights: weights } = measure
      return {
        measure: kind,
        size: typeof size === 'string' ? size : size.field,
        target: target.kind === 'fixed' ? target.amount : null,
        status_weights: weights === undefined ? null : `${weights.toDo}/${weights.inProgress}`,
      }
    }
    case 'binary':
      return { measure: measure.kind }
  }
}

function bandCells({ atLeast, above, atMost, below }: Band): Cells {
  return { at_least: atLeast ?? null, above: above ?? null, at_most: atMost ?? null, below: below ?? null }
}

function issueText(issue: { readonly siteId: string; readonly issueId: string } | null): string | null {
  return issue === null ? null : `${issue.siteId}:${issue.issueId}`
}

export const INITIATIVES: CsvTable<Initiative> = {
  columns: ['type', 'key', 'key_result', 'title', 'owner', 'anchor_issue'],
  cellsOf: (initiative) => ({
    type: 'initiative',
    key: initiative.key,
    key_result: initiative.keyResult,
    title: initiative.title,
    owner: initiative.owner,
    anchor_issue: issueText(initiative.issue),
  }),
}

export const KPIS: CsvTable<Kpi> = {
  columns: [
    ...([
      'type',
      'key',
      'external_id',
      'title',
      'description',
      'owner',
      'team',
      'unit',
      'at_least',
      'above',
    ] as const),
    ...([
      'at_most',
      'below',
      'period',
      'value_of_period',
      'time_zone',
      'source',
      'check_every_days',
    ] as const),
  ],
  cellsOf: (kpi) => ({
    type: 'kpi',
    key: kpi.key,
    external_id: kpi.externalId,
    title: kpi.title,
    description: kpi.description,
    owner: kpi.owner,
    team: kpi.team,
    unit: kpi.unit,
    ...bandCells(kpi.band),
    period: kpi.period,
    value_of_period: kpi.valueOfPeriod,
    time_zone: kpi.timeZone,
    source: kpi.source,
    check_every_days: kpi.checkEveryDays,
  }),
}

/** A check-in, and whether its value is of a time when its key result was measured otherwise. */
type CheckInRow = CheckIn & { readonly isOfAnotherMeasure: boolean }

export const CHECK_INS: CsvTable<CheckInRow> = {
  columns: ['type', 'id', 'key_result', 'at', 'current', 'measure', 'confidence', 'note', 'author', 'source'],
  cellsOf: (checkIn) => ({
    type: 'check_in',
    id: checkIn.id,
    key_result: checkIn.keyResult,
    at: instantOf(checkIn.at),
    current: checkIn.value,
    measure: checkIn.isOfAnotherMeasure ? 'metric' : null,
    confidence: checkIn.confidence,
    note: checkIn.note,
    author: checkIn.author,
    source: checkIn.source,
  }),
}

const TABLES = [OBJECTIVES, KEY_RESULTS, INITIATIVES, KPIS, CHECK_INS]

/**
 * All of them as one table, to be imported as a whole: rows of each kind after those they refer to. What is computed is
 * left out, and so is the value of a key result, because its check-ins follow.
 */
export const GOALS: CsvTable<Cells> = {
  columns: [...new Set(TABLES.flatMap(({ columns }) => columns))].filter(
    (column) => !READ_ONLY_COLUMNS.has(column),
  ),
  cellsOf: (cells) => (cells.type === 'key_result' ? { ...cells, current: null, at: null } : cells),
}
