import { createRandom, type Random } from '../../src/demo/jira-simulator/site/random.ts'
import type { Amount, SprintObservation } from '../../src/domain/sprints/forecast/observation.ts'

/** An observation with what came of it, as a line of a backtest file has it. */
export interface SimulatedRow extends SprintObservation {
  readonly outcome: number
}

/** How the teams of one organisation differ from each other, and how much one sprint differs from the next. */
export interface Family {
  readonly boards: number
  readonly sprintsPerBoard: number
  /** Mean of log(work the team can do ÷ work it plans), over teams. */
  readonly capacity: number
  /** Spread of that between teams, and between the sprints of one team. */
  readonly teamSpread: number
  readonly sprintSpread: number
  /** Share of last sprint's deviation that is still there in the next. */
  readonly persistence: number
  /** Added issues per planned issue, mean over teams. */
  readonly growth: number
  /** Share of issues without points, mean over teams. */
  readonly unestimated: number
  /** Share of teams that mark work done only near the end. */
  readonly lateMarkers: number
  /** Share of issues nobody means to do, mean over teams. */
  readonly neglected: number
  /** Share of teams that take unfinished work out before they close a sprint. */
  readonly tidy: number
  /** Mean number of planned issues. */
  readonly size: number
  /** How much a team's habits wander from sprint to sprint. */
  readonly drift: number
  /** Swing of the capacity over 26 sprints. */
  readonly season: number
  /** Chance that a sprint loses most of its time to something else. */
  readonly bursts: number
}

const STEADY: Family = {
  boards: 8,
  sprintsPerBoard: 24,
  capacity: 0.55,
  teamSpread: 0.35,
  sprintSpread: 0.25,
  persistence: 0.3,
  growth: 0.15,
  unestimated: 0.15,
  lateMarkers: 0.2,
  neglected: 0.03,
  tidy: 0.2,
  size: 14,
  drift: 0.02,
  season: 0,
  bursts: 0,
}

/** Organisations of different habits. Nothing in them is fitted to any real one. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  steady: STEADY,
  bursty: { ...STEADY, sprintSpread: 0.5, bursts: 0.2, capacity: 0.75 },
  growing: { ...STEADY, growth: 0.7, capacity: 0.9, size: 9 },
  seasonal: { ...STEADY, season: 0.5, persistence: 0.5 },
  'late markers': { ...STEADY, lateMarkers: 0.7, teamSpread: 0.5 },
  'leaves open': { ...STEADY, neglected: 0.15, teamSpread: 0.6, tidy: 0.4, capacity: 0.8 },
  unestimated: { ...STEADY, unestimated: 0.65, size: 10, growth: 0.3 },
  tiny: { ...STEADY, size: 4, boards: 14, sprintsPerBoard: 14 },
  drifting: { ...STEADY, drift: 0.2, teamSpread: 0.5 },
  'few sprints': { ...STEADY, boards: 20, sprintsPerBoard: 5, teamSpread: 0.5 },
  'one team': { ...STEADY, boards: 1, sprintsPerBoard: 60 },
  messy: {
    ...STEADY,
    boards: 12,
    sprintsPerBoard: 18,
    teamSpread: 0.7,
    sprintSpread: 0.5,
    growth: 0.5,
    unestimated: 0.4,
    lateMarkers: 0.45,
    neglected: 0.12,
    drift: 0.08,
    bursts: 0.1,
    capacity: 0.8,
    size: 12,
  },
}

const OBSERVED_SHARES = [0, 0.3, 0.5, 0.8] as const

interface Team {
  readonly board: string
  readonly people: number
  readonly plannedDays: number
  readonly marksLate: boolean
  readonly tidies: boolean
  readonly usesInProgress: number
  readonly overrun: number
  readonly unestimated: number
  readonly heavyTail: number
  size: number
  capacity: number
  growth: number
  neglected: number
  deviation: number
}

interface Work {
  readonly points: number
  readonly enteredAt: number
  startedAt: number
  doneAt: number
  leftAt: number
}

/** The rows of one simulated organisation in order of its sprints' starts, four for each sprint. */
export function simulateSprints(family: Family, seed: number, group = 'simulated'): SimulatedRow[] {
  const random = createRandom(seed * 7919 + 17)
  const teams = Array.from({ length: family.boards }, (_, index) => newTeam(family, random, index))
  const sprints: { at: number; rows: SimulatedRow[] }[] = []
  for (const team of teams) {
    let at = random.next() * 60
    for (let number = 1; number <= family.sprintsPerBoard; number++) {
      sprints.push({ at, rows: playSprint(family, team, random, { group, number }) })
      at += team.plannedDays * (1 + random.next() * 0.2)
    }
  }
  return sprints.sort((a, b) => a.at - b.at).flatMap(({ rows }) => rows)
}

function newTeam(family: Family, random: Random, index: number): Team {
  const people = random.between(2, 9)
  const between0And1 = (mean: number) => clamp(mean * Math.exp(0.7 * normal(random)), 0, 0.95)
  return {
    board: `board ${index + 1}`,
    people,
    plannedDays: [7, 14, 14, 14, 21, 28][random.between(0, 5)]!,
    marksLate: random.next() < family.lateMarkers,
    tidies: random.next() < family.tidy,
    usesInProgress: random.next(),
    overrun: random.next() < 0.4 ? random.next() * 0.3 : 0,
    unestimated: between0And1(family.unestimated),
    heavyTail: random.next(),
    size: family.size * Math.exp(0.5 * normal(random)),
    capacity: family.capacity + family.teamSpread * normal(random),
    growth: family.growth * Math.exp(0.6 * normal(random)),
    neglected: between0And1(family.neglected),
    deviation: 0,
  }
}

function playSprint(
  family: Family,
  team: Team,
  random: Random,
  { group, number }: { group: string; number: number },
): SimulatedRow[] {
  team.capacity += family.drift * normal(random)
  team.size *= Math.exp(family.drift * normal(random))
  team.deviation = family.persistence * team.deviation + family.sprintSpread * normal(random)
  const season = family.season * Math.sin((2 * Math.PI * number) / 26)
  const burst = random.next() < family.bursts ? -1 : 0
  const end = 1 + team.overrun * random.next()

  const planned = Math.max(1, Math.round(team.size * Math.exp(0.25 * normal(random))))
  const work = Array.from({ length: planned }, () => newWork(team, random, 0))
  for (let at = 0; team.growth > 0;) {
    at += -Math.log(1 - random.next()) / (team.growth * planned)
    if (at >= end) break
    work.push(newWork(team, random, at))
  }
  workThrough(team, work, random, planned * Math.exp(team.capacity + team.deviation + season + burst))
  tidyUp(team, work, random, end)
  const people = Math.max(1, team.people + random.between(-1, 1))
  return OBSERVED_SHARES.map((share) => ({
    group,
    board: team.board,
    sprint: `${team.board} sprint ${number}`,
    elapsedShare: share,
    plannedDays: team.plannedDays,
    ...stateAt(work, share),
    teamSize: people,
    outcome: sum(work.filter((item) => item.doneAt <= end && item.leftAt > end)) - scopeAt(work, share),
  }))
}

const SIZES = [1, 1, 2, 2, 3, 3, 5, 5, 8, 13] as const

function newWork(team: Team, random: Random, enteredAt: number): Work {
  const isLarge = random.next() < 0.06 * team.heavyTail
  const points =
    random.next() < team.unestimated ? 0 : isLarge ? random.between(20, 60) : SIZES[random.between(0, 9)]!
  return { points, enteredAt, startedAt: Infinity, doneAt: Infinity, leftAt: Infinity }
}

/** Issues are taken in order by a few hands; each takes time by its size, its luck and the capacity of the sprint. */
function workThrough(team: Team, work: readonly Work[], random: Random, capacity: number): void {
  const hands = Array.from({ length: Math.max(1, Math.round(team.people * 0.7)) }, () => 0)
  const speed = capacity / hands.length
  for (const item of random.shuffled(work).sort((a, b) => a.enteredAt - b.enteredAt)) {
    if (random.next() < team.neglected) continue
    if (random.next() < 0.03) item.leftAt = item.enteredAt + random.next()
    const hand = hands.indexOf(Math.min(...hands))
    const effort = (0.5 + 0.5 * Math.min(4, item.points / 3 || 0.7)) * Math.exp(0.5 * normal(random))
    const startedAt = Math.max(hands[hand]!, item.enteredAt)
    hands[hand] = startedAt + effort / speed
    item.startedAt = random.next() < team.usesInProgress ? startedAt : Infinity
    const ready = hands[hand]
    item.doneAt = team.marksLate ? Math.max(ready, 0.8 + 0.25 * random.next()) : ready
  }
}

function tidyUp(team: Team, work: readonly Work[], random: Random, end: number): void {
  for (const item of work) {
    const isOpen = item.doneAt > end
    if (team.tidies && isOpen && random.next() < 0.6) {
      item.leftAt = Math.min(item.leftAt, Math.max(item.enteredAt, 0.7 + 0.3 * random.next()))
    }
    if (item.doneAt < item.leftAt) item.leftAt = Infinity
  }
}

function stateAt(work: readonly Work[], at: number) {
  const inside = (item: Work) => item.enteredAt <= at && item.leftAt > at
  return {
    start: amount(work.filter((item) => item.enteredAt === 0)),
    added: amount(work.filter((item) => item.enteredAt > 0 && item.enteredAt <= at)),
    removed: amount(work.filter((item) => item.leftAt <= at)),
    toDo: amount(work.filter((item) => inside(item) && item.startedAt > at && item.doneAt > at)),
    inProgress: amount(work.filter((item) => inside(item) && item.startedAt <= at && item.doneAt > at)),
    done: amount(work.filter((item) => inside(item) && item.doneAt <= at)),
  }
}

function scopeAt(work: readonly Work[], at: number): number {
  return sum(work.filter((item) => item.enteredAt <= at && item.leftAt > at))
}

function amount(work: readonly Work[]): Amount {
  return { issues: work.length, points: sum(work) }
}

function sum(work: readonly Work[]): number {
  return work.reduce((total, { points }) => total + points, 0)
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
