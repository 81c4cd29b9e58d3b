import { createRandom } from '../../src/demo/jira-simulator/site/random.ts'
import type { CrashStage, Part } from './crash-stage.ts'

export interface Nemesis {
  readonly kills: ReadonlyMap<Part, number>
  /** Stops killing; gives the instant of the last kill on the clock of `performance.now()`. */
  stop(): number
}

const SHORTEST_PAUSE_MS = 400
const LONGEST_PAUSE_MS = 1_300

/** Kills one part after the other with SIGKILL, whichever, whenever. Each comes back by itself. */
export function releaseNemesis(stage: CrashStage, seed: number): Nemesis {
  const random = createRandom(seed)
  const names = [...stage.parts.keys()]
  const kills = new Map<Part, number>(names.map((name) => [name, 0]))
  let lastKillAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  const schedule = () => {
    timer = setTimeout(strike, random.between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS))
  }
  const strike = () => {
    const name = names[random.between(0, names.length - 1)]!
    const part = stage.parts.get(name)!
    if (part.pid() !== null) {
      part.kill()
      kills.set(name, kills.get(name)! + 1)
      lastKillAt = performance.now()
    }
    schedule()
  }
  schedule()
  return {
    kills,
    stop: () => {
      clearTimeout(timer)
      return lastKillAt
    },
  }
}
