import type { ScopeState, Tally } from '../contributions/tally.ts'
import { decimal } from './decimal.ts'
import type { DeliveryMeasure } from './measure.ts'

/** Linked work by state, in issues and in the measure's size. */
export interface WorkAmount {
  readonly issues: number
  readonly size: number
}

/** Everything a `delivery` number is made of, so that it can be explained. */
export interface DeliveryEvidence {
  readonly scope: WorkAmount
  readonly toDo: WorkAmount
  readonly inProgress: WorkAmount
  readonly delivered: WorkAmount
  /** Issues without an estimate, each counted at the median size of the estimated ones. */
  readonly unestimated: { readonly issues: number; readonly countedAs: number }
}

/** Nothing estimated at all: every issue counts alike. */
const SIZE_WHEN_NOTHING_IS_ESTIMATED = 1

/** Sums a tally up. Unestimated issues count at the median size of the key result's estimated issues. */
export function deliveryEvidence(tally: Tally): DeliveryEvidence {
  const countedAs = medianSize(tally) ?? SIZE_WHEN_NOTHING_IS_ESTIMATED
  const amount = (...states: ScopeState[]): WorkAmount => {
    const lines = tally.filter((line) => states.includes(line.state))
    return {
      issues: lines.reduce((sum, line) => sum + line.issues, 0),
      size: decimal(
        lines.reduce((sum, line) => sum + (line.sharePercent * (line.size ?? countedAs)) / 100, 0),
      ),
    }
  }
  const unestimated = tally.filter((line) => line.size === null)
  return {
    scope: amount('to_do', 'in_progress', 'delivered'),
    toDo: amount('to_do'),
    inProgress: amount('in_progress'),
    delivered: amount('delivered'),
    unestimated: { issues: unestimated.reduce((sum, line) => sum + line.issues, 0), countedAs },
  }
}

/** The lower median over issues in scope that have a size; null when none has. */
function medianSize(tally: Tally): number | null {
  const sized = tally
    .filter((line): line is typeof line & { size: number } => line.size !== null)
    .sort((a, b) => a.size - b.size)
  const issues = sized.reduce((sum, line) => sum + line.issues, 0)
  let before = 0
  for (const line of sized) {
    before += line.issues
    if (before * 2 >= issues && issues > 0) return line.size
  }
  return null
}

/** What has been made of the work: what is delivered, or each issue by the weight of its status category. */
export function deliveryValue({ statusWeights }: DeliveryMeasure, evidence: DeliveryEvidence): number {
  if (statusWeights === undefined) return evidence.delivered.size
  const { toDo, inProgress, delivered } = evidence
  const weighted =
    toDo.size * statusWeights.toDo +
    inProgress.size * statusWeights.inProgress +
    delivered.size * statusWeights.delivered
  return decimal(weighted / 100)
}

/** What counts as 100 %: the fixed amount, or all the work in scope; null when there is no work yet. */
export function deliveryTarget(measure: DeliveryMeasure, evidence: DeliveryEvidence): number | null {
  if (measure.target.kind === 'fixed') return measure.target.amount
  return evidence.scope.size > 0 ? evidence.scope.size : null
}
