/**
 * How a policy judges a key result that is neither done, missed, unknown, stale nor in its grace period:
 *
 * - `balanced`: the worse of pace and forecast; either alone where the other is missing
 * - `pace_ratio`: progress ÷ expected
 * - `points_gap`: expected − progress, in percentage points
 * - `forecast_only`: the probability of reaching the target in time
 * - `manual`: what people say, by an override or by the confidence of their latest check-in
 */
export type HealthMethod = 'balanced' | 'pace_ratio' | 'points_gap' | 'forecast_only' | 'manual'

/** The two edges between three bands. A value on an edge is in the better band. */
export interface Edges {
  readonly onTrack: number
  readonly atRisk: number
}

/** A named, editable way to turn numbers into a health. Plain JSON. Edges that its method does not use are kept. */
export interface HealthPolicy {
  readonly name: string
  readonly method: HealthMethod
  /** progress ÷ expected from which a key result is on track, or at risk. */
  readonly paceRatio: Edges
  /** expected − progress in percentage points up to which it is on track, or at risk. */
  readonly gapPoints: Edges
  /** Probability of reaching the target in time from which it is on track, or at risk. */
  readonly probability: Edges
  /** Without new evidence for longer than this many days (of 24 hours, worked or not) it is stale. */
  readonly staleAfterDays: number
  /** Too early to judge: less than this share of the working time has passed, or less than this is expected. */
  readonly grace: { readonly timeShare: number; readonly expected: number }
  /** How far past an edge a value leaves its band at once; in points of the gap, a hundred times as much. */
  readonly hysteresis: { readonly margin: number }
}

const BALANCED: HealthPolicy = {
  name: 'balanced',
  method: 'balanced',
  paceRatio: { onTrack: 0.9, atRisk: 0.7 },
  gapPoints: { onTrack: 16.5, atRisk: 33 },
  probability: { onTrack: 0.7, atRisk: 0.4 },
  staleAfterDays: 14,
  grace: { timeShare: 0.1, expected: 0.05 },
  hysteresis: { margin: 0.03 },
}

/** The policy of who chose none. */
export const DEFAULT_POLICY = BALANCED

/** By name. The gap's edges are the ones in practice elsewhere: a sixth and a third of the whole way behind. */
export const BUILT_IN_POLICIES: ReadonlyMap<string, HealthPolicy> = new Map(
  (
    [
      BALANCED,
      { ...BALANCED, name: 'pace-ratio', method: 'pace_ratio' },
      { ...BALANCED, name: 'points-gap', method: 'points_gap' },
      { ...BALANCED, name: 'forecast-only', method: 'forecast_only' },
      { ...BALANCED, name: 'manual', method: 'manual' },
    ] as const
  ).map((policy) => [policy.name, policy]),
)

/** What is wrong with a policy: the field it is in, a stable word for it, and what was seen and expected. */
export interface PolicyProblem {
  /** The path in the policy: `paceRatio.onTrack`. */
  readonly field: string
  readonly problem: 'blank' | 'too_long' | 'not_a_number' | 'out_of_range' | 'out_of_order'
  readonly message: string
}

interface Range {
  readonly min: number
  readonly max: number
  readonly isWhole?: boolean
}

const NAME_LENGTH = 40

/** A ratio or probability of 0 would be reached by doing nothing: an edge is above it. */
const RATIO: Range = { min: 0.01, max: 1 }
/** A forecast never says more than 0.99 or less than 0.01: an edge outside could never be reached, or never missed. */
const PROBABILITY: Range = { min: 0.02, max: 0.99 }
const GAP: Range = { min: 0, max: 100 }
const STALE_DAYS: Range = { min: 1, max: 366, isWhole: true }
/** Longer than half of the time would be a way of never being judged. */
const GRACE: Range = { min: 0, max: 0.5 }
/** A margin of half a usual band would let no value leave that band by the margin on both sides. */
const MARGIN: Range = { min: 0, max: 0.1 }

/**
 * Everything that keeps a policy from being used; empty when it can be. Numbers are checked for being numbers, since
 * a policy comes from people and from files.
 */
export function problemsOfPolicy(policy: HealthPolicy): readonly PolicyProblem[] {
  const { paceRatio, gapPoints, probability, grace } = policy
  return [
    ...problemsOfName(policy.name),
    ...problemsOfEdges('paceRatio', paceRatio, RATIO, paceRatio.onTrack >= paceRatio.atRisk),
    ...problemsOfEdges('gapPoints', gapPoints, GAP, gapPoints.onTrack <= gapPoints.atRisk),
    ...problemsOfEdges('probability', probability, PROBABILITY, probability.onTrack >= probability.atRisk),
    ...problemsOfNumber('staleAfterDays', policy.staleAfterDays, STALE_DAYS),
    ...problemsOfNumber('grace.timeShare', grace.timeShare, GRACE),
    ...problemsOfNumber('grace.expected', grace.expected, GRACE),
    ...problemsOfNumber('hysteresis.margin', policy.hysteresis.margin, MARGIN),
  ]
}

function problemsOfName(name: string): PolicyProblem[] {
  const expected = `expected 1 to ${NAME_LENGTH} characters`
  if (name.trim() === '') return [{ field: 'name', problem: 'blank', message: `is blank, ${expected}` }]
  if (name.length <= NAME_LENGTH) return []
  return [{ field: 'name', problem: 'too_long', message: `has ${name.length} characters, ${expected}` }]
}

/** Equal edges are in order: they leave a policy of two bands, without `at_risk`. */
function problemsOfEdges(field: string, edges: Edges, range: Range, isInOrder: boolean): PolicyProblem[] {
  const problems = [
    ...problemsOfNumber(`${field}.onTrack`, edges.onTrack, range),
    ...problemsOfNumber(`${field}.atRisk`, edges.atRisk, range),
  ]
  if (problems.length > 0 || isInOrder) return problems
  const seen = `is on track at ${edges.onTrack} and at risk at ${edges.atRisk}`
  return [
    { field, problem: 'out_of_order', message: `${seen}, expected on track to be no easier than at risk` },
  ]
}

function problemsOfNumber(field: string, value: number, range: Range): PolicyProblem[] {
  const kind = range.isWhole === true ? 'a whole number' : 'a number'
  const message = `is ${value}, expected ${kind} from ${range.min} to ${range.max}`
  if (!Number.isFinite(value)) return [{ field, problem: 'not_a_number', message }]
  const isOutside = value < range.min || value > range.max || (range.isWhole === true && value % 1 !== 0)
  return isOutside ? [{ field, problem: 'out_of_range', message }] : []
}
