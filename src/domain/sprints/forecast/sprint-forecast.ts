import { createBayesianLogistic, logit, probabilityOf, type BayesianLogistic } from './bayesian-logistic.ts'
import { expectedOutcome } from './expected-outcome.ts'
import { LEAST_POINTS, scopeOf, type SprintObservation } from './observation.ts'
import { sprintInputs, type SprintInput } from './sprint-inputs.ts'
import { createSprintMemory, type PastOfSprint, type SprintMemory } from './sprint-memory.ts'

export interface SprintForecast {
  /** Chance that the sprint delivers fewer points than are in its scope now, 0.01 to 0.99. */
  readonly pUnder: number
  /** Points delivered by the end minus points in scope now, with as much chance above as below. */
  readonly expectedOutcome: number
  /** What moved the chance away from that of the group's usual sprint, in log-odds, the strongest first. */
  readonly inputs: readonly { readonly name: string; readonly pull: number }[]
  /** Earlier sprints of the same group that it rests on. */
  readonly learnedFrom: number
}

export interface SprintForecaster {
  predict(observation: SprintObservation): SprintForecast
  learn(observation: SprintObservation, outcome: number): void
}

/** Nothing is certain before the end. */
const LEAST = 0.01
const MOST = 0.99

/** A pull that nobody would see in the chance. */
const LEAST_PULL = 0.005

/** Without points in scope, nothing can be delivered short of them. */
const NOTHING_TO_MISS = {
  pUnder: LEAST,
  expectedOutcome: 0,
  inputs: [{ name: 'nothing_estimated', pull: logit(LEAST) }],
} as const

/** A sprint is seen at four instants that tell nearly the same story: together they count as one sprint. */
const ROW_WEIGHT = 0.25

/**
 * Forecasts sprints from what is in them now and what came of earlier sprints of the same group; groups know nothing
 * of each other. Give it each sprint that has ended at the shares of time it was or would have been forecast at
 * (0, 0.3, 0.5 and 0.8 suit it), oldest first. A row given twice counts once. The same calls give the same answers.
 */
export function createSprintForecaster(): SprintForecaster {
  const groups = new Map<string, GroupForecaster>()
  const groupOf = ({ group }: SprintObservation) => {
    const known = groups.get(group) ?? createGroupForecaster()
    groups.set(group, known)
    return known
  }
  return {
    predict: (observation) => groupOf(observation).predict(observation),
    learn: (observation, outcome) => groupOf(observation).learn(observation, outcome),
  }
}

type GroupForecaster = SprintForecaster

function createGroupForecaster(): GroupForecaster {
  const memory: SprintMemory = createSprintMemory()
  const usual = createUsualInputs()
  let regression: BayesianLogistic | null = null

  function look(observation: SprintObservation): {
    past: PastOfSprint
    inputs: SprintInput[]
    values: number[]
    regression: BayesianLogistic
  } {
    const past = memory.recall(observation)
    const inputs = sprintInputs(observation, past)
    regression ??= createBayesianLogistic(inputs)
    return { past, inputs, values: inputs.map(({ value }) => value), regression }
  }

  return {
    predict(observation) {
      if (scopeOf(observation).points < LEAST_POINTS) {
        return { ...NOTHING_TO_MISS, learnedFrom: memory.sprintCount() }
      }
      const seen = look(observation)
      const pUnder = Math.min(MOST, Math.max(LEAST, probabilityOf(seen.regression.predict(seen.values))))
      return {
        pUnder,
        expectedOutcome: expectedOutcome(observation, seen.past.alike, pUnder),
        inputs: pullsOf(seen.inputs, seen.regression.weights(), usual.values()),
        learnedFrom: memory.sprintCount(),
      }
    },

    learn(observation, outcome) {
      if (memory.has(observation)) return
      if (scopeOf(observation).points < LEAST_POINTS) {
        memory.remember(observation, outcome, LEAST)
        return
      }
      const { values, regression } = look(observation)
      memory.remember(observation, outcome, probabilityOf(regression.predict(values)))
      regression.learn(values, outcome < 0, ROW_WEIGHT)
      usual.add(values)
    },
  }
}

/** The running mean of each input: what a usual sprint of the group looks like. */
function createUsualInputs() {
  let means: number[] = []
  let count = 0
  return {
    values: (): readonly number[] => means,
    add(values: readonly number[]): void {
      count++
      means = values.map((value, index) => {
        const mean = means[index] ?? 0
        return mean + (value - mean) / count
      })
    },
  }
}

function pullsOf(
  inputs: readonly SprintInput[],
  weights: readonly number[],
  usual: readonly number[],
): { name: string; pull: number }[] {
  const pulls = new Map<string, number>()
  inputs.forEach(({ name, value }, index) => {
    const pull = weights[index]! * (value - (usual[index] ?? 0))
    pulls.set(name, (pulls.get(name) ?? 0) + pull)
  })
  return [...pulls]
    .map(([name, pull]) => ({ name, pull }))
    .filter(({ pull }) => Math.abs(pull) >= LEAST_PULL)
    .sort((a, b) => Math.abs(b.pull) - Math.abs(a.pull))
}
