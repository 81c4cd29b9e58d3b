import { leftOf, scopeOf, type SprintObservation } from '../sprints/forecast/observation.ts'

/** What a forecast is measured by. */
export interface RuleOfThumb {
  readonly pUnder: number
  readonly expectedOutcome: number
}

/** The more is left, the less likely it will be done: the share of the points that is left, whatever the time. */
export function remainingShareRule(seen: SprintObservation): RuleOfThumb {
  const scope = scopeOf(seen).points
  const left = leftOf(seen).points
  return { pUnder: scope === 0 ? 0 : left / scope, expectedOutcome: -left * (left / (scope || 1)) }
}

/** The share that is done against the share of time that has passed; goes on as it went. */
export function paceRule(seen: SprintObservation): RuleOfThumb {
  const scope = scopeOf(seen).points
  if (scope === 0) return { pUnder: 0, expectedOutcome: 0 }
  const done = seen.done.points / scope
  const { elapsedShare } = seen
  const delivered = elapsedShare === 0 ? scope : seen.done.points / elapsedShare
  return {
    pUnder: Math.min(1, Math.max(0, 0.5 + (elapsedShare - done) / 2)),
    expectedOutcome: Math.min(0, delivered - scope),
  }
}
