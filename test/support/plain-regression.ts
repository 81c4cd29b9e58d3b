import type { Learner } from '../../src/domain/backtest/walk-forward.ts'
import { scopeOf, type SprintObservation } from '../../src/domain/sprints/forecast/observation.ts'

const REFIT_EVERY_ROWS = 20

/**
 * The yardstick: ordinary logistic regression on standardised inputs, fitted again to everything seen so far after
 * every few rows. Says 0.5 until it has seen both outcomes.
 */
export function createPlainRegression(): Learner<number> {
  const groups = new Map<string, ReturnType<typeof createGroup>>()
  const groupOf = (name: string) => {
    const known = groups.get(name) ?? createGroup()
    groups.set(name, known)
    return known
  }
  return {
    predict: (seen) => groupOf(seen.group).predict(inputsOf(seen)),
    learn: (seen, outcome) => groupOf(seen.group).learn(inputsOf(seen), outcome < 0),
  }
}

function inputsOf(seen: SprintObservation): number[] {
  const scope = scopeOf(seen)
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  const remaining = share(scope.points - seen.done.points, scope.points)
  return [
    seen.elapsedShare,
    remaining,
    share(scope.issues - seen.done.issues, scope.issues),
    share(seen.inProgress.points, scope.points),
    remaining * seen.elapsedShare,
    share(seen.added.points, scope.points + seen.removed.points),
    share(seen.removed.points, scope.points + seen.removed.points),
    Math.log1p(scope.points),
    Math.log1p(scope.issues),
    Math.log1p(seen.plannedDays),
    Math.log1p(seen.teamSize),
  ]
}

function createGroup() {
  const rows: number[][] = []
  const targets: number[] = []
  let model: { center: number[]; scale: number[]; weights: number[] } | null = null
  return {
    predict(inputs: number[]): number {
      if (model === null) return 0.5
      const { center, scale, weights } = model
      return logistic(dot(standardised(inputs, center, scale), weights))
    },
    learn(inputs: number[], isUnder: boolean): void {
      rows.push(inputs)
      targets.push(Number(isUnder))
      if (rows.length % REFIT_EVERY_ROWS !== 0 || new Set(targets).size < 2) return
      const center = inputs.map((_, column) => average(rows.map((row) => row[column]!)))
      const scale = inputs.map(
        (_, column) => Math.sqrt(average(rows.map((row) => (row[column]! - center[column]!) ** 2))) || 1,
      )
      const standard = rows.map((row) => standardised(row, center, scale))
      model = { center, scale, weights: fit(standard, targets) }
    },
  }
}

/** Newton's method with a ridge of 1. */
function fit(rows: readonly number[][], targets: readonly number[]): number[] {
  const size = rows[0]!.length
  const weights = new Array<number>(size).fill(0)
  for (let round = 0; round < 8; round++) {
    const ridge = (row: number) => (row > 0 ? 1 : 1e-6)
    const matrix = weights.map((_, row) => weights.map((__, column) => (row === column ? ridge(row) : 0)))
    const gradient = weights.map((weight, index) => (index > 0 ? -weight : 0))
    rows.forEach((row, index) => {
      const probability = logistic(dot(row, weights))
      const curvature = probability * (1 - probability)
      for (let a = 0; a < size; a++) {
        gradient[a]! += row[a]! * (targets[index]! - probability)
        for (let b = 0; b < size; b++) matrix[a]![b]! += curvature * row[a]! * row[b]!
      }
    })
    solve(matrix, gradient).forEach((step, index) => (weights[index]! += step))
  }
  return weights
}

/** Gauss with pivoting; destroys its arguments. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row
    }
    ;[matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!]
    ;[right[column], right[pivot]] = [right[pivot]!, right[column]!]
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row]![column]! / matrix[column]![column]!
      for (let rest = column; rest < size; rest++) matrix[row]![rest]! -= factor * matrix[column]![rest]!
      right[row]! -= factor * right[column]!
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let rest = row + 1; rest < size; rest++) right[row]! -= matrix[row]![rest]! * right[rest]!
    right[row]! /= matrix[row]![row]!
  }
  return right
}

const standardised = (inputs: number[], center: number[], scale: number[]) => [
  1,
  ...inputs.map((value, index) => (value - center[index]!) / scale[index]!),
]
const dot = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)
const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const logistic = (value: number) => 1 / (1 + Math.exp(-value))
