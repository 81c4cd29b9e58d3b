import type { Ambition } from '../goals.ts'
import { numberOf, type KeyResultKey } from '../ids.ts'
import { shownProgress } from '../measures/progress.ts'

/**
 * What a grade means. Committed: all of it is a `pass`, anything less a `miss`. Aspirational: from 0.7 on it is `good`,
 * from 0.4 on `progress`, below that a `miss`.
 */
export type Verdict = 'pass' | 'good' | 'progress' | 'miss'

export interface KeyResultGrade {
  readonly keyResult: KeyResultKey
  /** 0 to 1. */
  readonly score: number
  readonly verdict: Verdict
  /** There was nothing to measure: it counts as 0. */
  readonly hasNoData: boolean
}

export interface ObjectiveGrade {
  /** The weighted mean of the scores; null without key results. */
  readonly score: number | null
  readonly verdict: Verdict | null
  readonly withoutData: readonly KeyResultKey[]
}

/** What a key result is graded by. */
export interface Graded {
  readonly keyResult: KeyResultKey
  readonly weight: number
  /** Unclamped; null: there was nothing to measure. */
  readonly rawProgress: number | null
}

const GOOD = 0.7
const PROGRESS = 0.4

/** Sums of weights are off by less than this: 0.7 that was added up is 0.7. */
export const SCORE_SLACK = 1e-9

/** What a score is worth; see `Verdict`. */
export function verdictOf(score: number, ambition: Ambition): Verdict {
  if (ambition === 'committed') return score >= 1 - SCORE_SLACK ? 'pass' : 'miss'
  if (score >= GOOD - SCORE_SLACK) return 'good'
  return score >= PROGRESS - SCORE_SLACK ? 'progress' : 'miss'
}

/** Raw progress clamped to 0..1: 110 % of the way is a grade of 1. */
export function gradeKeyResult({ keyResult, rawProgress }: Graded, ambition: Ambition): KeyResultGrade {
  const score = rawProgress === null ? 0 : shownProgress(rawProgress)
  return { keyResult, score, verdict: verdictOf(score, ambition), hasNoData: rawProgress === null }
}

/** The mean of the key results' scores by their weights, in whatever order they come. */
export function gradeObjective(keyResults: readonly Graded[], ambition: Ambition): ObjectiveGrade {
  const inOrder = keyResults.toSorted((a, b) => numberOf(a.keyResult) - numberOf(b.keyResult))
  const grades = inOrder.map((graded) => ({ ...gradeKeyResult(graded, ambition), weight: graded.weight }))
  const weights = grades.reduce((sum, { weight }) => sum + weight, 0)
  const withoutData = grades.filter(({ hasNoData }) => hasNoData).map(({ keyResult }) => keyResult)
  if (!(weights > 0)) return { score: null, verdict: null, withoutData }
  const mean = grades.reduce((sum, { score, weight }) => sum + score * weight, 0) / weights
  const score = shownProgress(mean)
  return { score, verdict: verdictOf(score, ambition), withoutData }
}
