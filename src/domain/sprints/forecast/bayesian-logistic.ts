/** What a linear belief says of one input: the log-odds, and how unsure it is of them. */
export interface Belief {
  readonly logOdds: number
  readonly variance: number
}

export interface BayesianLogistic {
  predict(input: readonly number[]): Belief
  /** @param weight how much of a full observation this one counts: rows of one sprint tell nearly the same */
  learn(input: readonly number[], isTrue: boolean, weight: number): void
  /** The mean of each weight. */
  weights(): readonly number[]
}

export interface WeightPrior {
  readonly mean: number
  readonly deviation: number
}

const MODE_STEPS = 8

/**
 * Logistic regression that learns row by row: weights are believed to be normal, and each row moves mean and full
 * covariance to the mode and curvature of what is then known (assumed-density filtering). One row costs the square
 * of the number of inputs, whatever was learned before, and the first rows move it only as far as the prior allows.
 */
export function createBayesianLogistic(priors: readonly WeightPrior[]): BayesianLogistic {
  const size = priors.length
  const means = priors.map(({ mean }) => mean)
  const covariance = new Float64Array(size * size)
  priors.forEach(({ deviation }, index) => (covariance[index * size + index] = deviation ** 2))

  function spread(input: readonly number[]): { direction: Float64Array; variance: number } {
    const direction = new Float64Array(size)
    let variance = 0
    for (let row = 0; row < size; row++) {
      let total = 0
      for (let column = 0; column < size; column++) total += covariance[row * size + column]! * input[column]!
      direction[row] = total
      variance += total * input[row]!
    }
    return { direction, variance: Math.max(0, variance) }
  }

  const logOddsOf = (input: readonly number[]) =>
    input.reduce((total, value, index) => total + value * means[index]!, 0)

  return {
    predict(input) {
      return { logOdds: logOddsOf(input), variance: spread(input).variance }
    },

    learn(input, isTrue, weight) {
      const { direction, variance } = spread(input)
      const before = logOddsOf(input)
      const mode = modeOfLogOdds(before, variance, Number(isTrue), weight)
      const probability = sigmoid(mode)
      const step = weight * (Number(isTrue) - probability)
      const curvature = weight * probability * (1 - probability)
      const shrink = curvature / (1 + curvature * variance)
      for (let row = 0; row < size; row++) {
        means[row]! += direction[row]! * step
        for (let column = 0; column < size; column++) {
          covariance[row * size + column]! -= shrink * direction[row]! * direction[column]!
        }
      }
    },

    weights: () => means,
  }
}

/** The log-odds at which belief and observation balance: a monotone equation in one unknown, by guarded Newton. */
function modeOfLogOdds(before: number, variance: number, target: number, weight: number): number {
  let low = before - variance * weight
  let high = before + variance * weight
  let mode = before
  for (let step = 0; step < MODE_STEPS; step++) {
    const probability = sigmoid(mode)
    const gap = mode - before - variance * weight * (target - probability)
    if (gap > 0) high = mode
    else low = mode
    const next = mode - gap / (1 + variance * weight * probability * (1 - probability))
    mode = next > low && next < high ? next : (low + high) / 2
  }
  return mode
}

/** The probability of a belief: its uncertainty draws it towards one half (MacKay's approximation). */
export function probabilityOf({ logOdds, variance }: Belief): number {
  return sigmoid(logOdds / Math.sqrt(1 + (Math.PI * variance) / 8))
}

function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

export function logit(probability: number): number {
  return Math.log(probability / (1 - probability))
}
