import { LEAST_POINTS, leftOf, scopeOf, type SprintObservation } from './observation.ts'
import { unitOf, type Alike } from './sprint-memory.ts'

/** Before anything is known: half of what is left stays undone, or all of it is delivered and nothing more. */
const USUAL: readonly Alike[] = [
  { outcomeShare: -0.5, isUnder: true, scopePoints: 0, weight: 0.5 },
  { outcomeShare: 0, isUnder: false, scopePoints: 0, weight: 0.5 },
]

/**
 * The outcome with as much chance above it as below, in points: what came of similar situations, weighed so that
 * they fall short exactly as often as the forecast says. The median, since few sprints that go very far astray would
 * draw a mean away from nearly all others. Never less than losing the whole scope, nor more than the largest of those
 * sprints held: where few exceeded their scope, a slip of the pen would be the middle of them.
 */
export function expectedOutcome(
  observation: SprintObservation,
  alike: readonly Alike[],
  pUnder: number,
): number {
  const scopePoints = scopeOf(observation).points
  if (scopePoints < LEAST_POINTS) return 0
  const known = [...alike, ...USUAL].filter(({ weight }) => weight > 0)
  const total = (isUnder: boolean) =>
    known.reduce((sum, row) => sum + (row.isUnder === isUnder ? row.weight : 0), 0)
  const under = pUnder / total(true)
  const over = (1 - pUnder) / total(false)
  let seen = 0
  for (const { outcomeShare, isUnder, weight } of known.sort((a, b) => a.outcomeShare - b.outcomeShare)) {
    seen += weight * (isUnder ? under : over)
    if (seen < 0.5) continue
    const unit = unitOf({ leftPoints: leftOf(observation).points, scopePoints })
    const largest = known.reduce((most, row) => Math.max(most, row.scopePoints), scopePoints)
    return Math.min(largest, Math.max(-scopePoints, outcomeShare * unit))
  }
  return 0
}
