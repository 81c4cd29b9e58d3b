import { LEAST_POINTS, leftOf, scopeOf, type Amount, type SprintObservation } from './observation.ts'

/** What earlier sprints say of one that is in this situation. The sprint itself is never among them. */
export interface PastOfSprint {
  /** A third of the group's usual issue, in points: some count hours or minutes. Sizes are compared in it. */
  readonly pointUnit: number
  /** How often sprints of this board fell short from about this point of their time. */
  readonly boardRate: number
  /** log of the points left now ÷ the points this board usually delivers from this point on. */
  readonly stretch: number
  /** Share of its scope that this board usually has left at this time. */
  readonly usualLeft: number
  /** How much more often than forecast this board fell short, in log-odds, drawn towards 0. */
  readonly surprise: number
  /** 1: the board's last sprint fell short; -1: it did not; 0: there is none. */
  readonly lastFellShort: number
  /** What came of similar situations of the group, this board's own counting more. */
  readonly alike: readonly Alike[]
}

/** The outcome of a similar situation, in units of what was left of it, or of its scope when nothing was. */
export interface Alike {
  readonly outcomeShare: number
  readonly isUnder: boolean
  readonly scopePoints: number
  readonly weight: number
}

export interface SprintMemory {
  recall(observation: SprintObservation): PastOfSprint
  /** @param forecast the probability that was given to this sprint's falling short */
  remember(observation: SprintObservation, outcome: number, forecast: number): void
  /** Sprints that something is remembered of, also of those whose rows were forgotten. */
  sprintCount(): number
  has(observation: SprintObservation): boolean
}

interface Remembered {
  readonly board: string
  readonly sprint: string
  readonly elapsedShare: number
  /** Share of the scope that was left. */
  readonly left: number
  readonly leftPoints: number
  readonly scopePoints: number
  readonly deliveredAfter: number
  readonly outcome: number
  readonly forecast: number
}

/** Bound the work of one forecast, so that a file of any length takes a time in proportion to it. */
const GROUP_ROWS = 400
const BOARD_ROWS = 120

/** Before anything is known. More sprints fall short than not, and most of the work is done in the second half. */
const USUAL_RATE = 0.6
const USUAL_DELIVERED_SHARE = 0.6

/** Habits change: what a board did ten sprints ago counts about a third, as does the group of 330 rows ago. */
const KEPT_PER_SPRINT = 0.9
const KEPT_PER_ROW = 0.997

/** How much more a board's own past says of how far a sprint falls short than another board's. */
const OWN_ALIKE = 4

const UNITS_PER_ISSUE = 3

/** In scopes, of which none is less than an issue: a slip of the pen must not speak for what is usual. */
const MOST_DELIVERED = 10

/** How many sprints the group's past weighs against a board's own, and the usual against the group's. */
const GROUP_WEIGHT = 2
const USUAL_WEIGHT = 3

export function createSprintMemory(): SprintMemory {
  const groupRows: Remembered[] = []
  const rowsOfBoard = new Map<string, Remembered[]>()
  const issueSize = createIssueSize()
  const instantsOfSprint = new Map<string, Set<number>>()
  const keyOf = ({ board, sprint }: SprintObservation) => JSON.stringify([board, sprint])

  return {
    recall(observation) {
      const now = situationOf(observation)
      const pointUnit = issueSize.usual(scopeOf(observation)) / UNITS_PER_ISSUE
      const inUnits = (points: number) => Math.log1p(points / pointUnit)
      const isOther = (row: Remembered) => row.sprint !== now.sprint || row.board !== now.board
      const ownRows = (rowsOfBoard.get(now.board) ?? []).filter(isOther)
      const sprintsAgo = sprintsSince(ownRows)
      const aged = ownRows.map((row) => ({ row, weight: KEPT_PER_SPRINT ** sprintsAgo.get(row.sprint)! }))
      const own = aged.map(({ row, weight }) => ({ row, weight: weight * nearness(row, now) }))
      const group = groupRows.flatMap((row, index) =>
        isOther(row)
          ? [{ row, weight: nearness(row, now) * KEPT_PER_ROW ** (groupRows.length - 1 - index) }]
          : [],
      )
      const drawn = (value: (row: Remembered) => number, usual: number) =>
        average(own, value, average(group, value, usual, USUAL_WEIGHT), GROUP_WEIGHT)
      const usuallyDelivered = drawn(deliveredShare, USUAL_DELIVERED_SHARE) * now.scopePoints
      return {
        pointUnit,
        boardRate: drawn(fellShort, USUAL_RATE),
        stretch:
          inUnits(now.leftPoints) -
          average(own, (row) => inUnits(row.deliveredAfter), inUnits(usuallyDelivered), GROUP_WEIGHT),
        usualLeft: drawn((row) => row.left, 1 - now.elapsedShare / 2),
        surprise: surpriseOf(aged),
        lastFellShort: ownRows.length === 0 ? 0 : 2 * fellShort(ownRows.at(-1)!) - 1,
        alike: [...group, ...own.map(({ row, weight }) => ({ row, weight: OWN_ALIKE * weight }))].map(
          ({ row, weight }) => ({
            outcomeShare: row.outcome / unitOf(row),
            isUnder: row.outcome < 0,
            scopePoints: row.scopePoints,
            weight: weight * likeness(row, now, pointUnit),
          }),
        ),
      }
    },

    remember(observation, outcome, forecast) {
      const situation = situationOf(observation)
      issueSize.add(scopeOf(observation))
      const most = MOST_DELIVERED * Math.max(situation.scopePoints, issueSize.usual(scopeOf(observation)))
      const deliveredAfter = Math.min(most, Math.max(0, outcome + situation.leftPoints))
      const row: Remembered = { ...situation, deliveredAfter, outcome, forecast }
      const ofBoard = rowsOfBoard.get(row.board) ?? []
      rowsOfBoard.set(row.board, ofBoard)
      for (const [rows, most] of [
        [ofBoard, BOARD_ROWS],
        [groupRows, GROUP_ROWS],
      ] as const) {
        rows.push(row)
        if (rows.length > most) rows.shift()
      }
      const key = keyOf(observation)
      instantsOfSprint.set(key, (instantsOfSprint.get(key) ?? new Set()).add(observation.elapsedShare))
    },

    sprintCount: () => instantsOfSprint.size,
    has: (observation) => instantsOfSprint.get(keyOf(observation))?.has(observation.elapsedShare) === true,
  }
}

/** The geometric mean of points per issue; before anything is known, 3. */
function createIssueSize() {
  let logSum = 0.5 * Math.log(3)
  let count = 0.5
  const logOf = ({ issues, points }: Amount) =>
    points >= LEAST_POINTS && issues >= 1 ? Math.log(points / issues) : null
  return {
    /** With the sprint of the moment among them, so that the first of a group is measured by itself. */
    usual(scope: Amount): number {
      const own = logOf(scope)
      return Math.exp((logSum + (own ?? 0)) / (count + (own === null ? 0 : 1)))
    },
    add(scope: Amount): void {
      const own = logOf(scope)
      if (own === null) return
      logSum += own
      count++
    },
  }
}

type Situation = Omit<Remembered, 'deliveredAfter' | 'outcome' | 'forecast'>

function situationOf(observation: SprintObservation): Situation {
  const { board, sprint, elapsedShare } = observation
  const scopePoints = scopeOf(observation).points
  const leftPoints = leftOf(observation).points
  const left = scopePoints < LEAST_POINTS ? 0 : leftPoints / scopePoints
  return { board, sprint, elapsedShare, left, leftPoints, scopePoints }
}

/** What outcomes of a situation are counted in. */
export function unitOf({ leftPoints, scopePoints }: { leftPoints: number; scopePoints: number }): number {
  return leftPoints >= LEAST_POINTS ? leftPoints : Math.max(1, scopePoints)
}

const fellShort = ({ outcome }: Remembered) => Number(outcome < 0)

const deliveredShare = ({ deliveredAfter, scopePoints }: Remembered) =>
  scopePoints < LEAST_POINTS ? 0 : Math.min(2, deliveredAfter / scopePoints)

/** How many sprints of the board came after each. */
function sprintsSince(rows: readonly Remembered[]): ReadonlyMap<string, number> {
  const since = new Map<string, number>()
  for (let index = rows.length - 1; index >= 0; index--) {
    const { sprint } = rows[index]!
    if (!since.has(sprint)) since.set(sprint, since.size)
  }
  return since
}

const nearness = (row: Remembered, now: Situation) =>
  Math.exp(-Math.abs(row.elapsedShare - now.elapsedShare) / 0.1)

const likeness = (row: Remembered, now: Situation, pointUnit: number) => {
  const issue = UNITS_PER_ISSUE * pointUnit
  const sizes = Math.log((row.scopePoints + issue) / (now.scopePoints + issue))
  return Math.exp(-(((row.left - now.left) / 0.15) ** 2) - (sizes / 1.5) ** 2)
}

interface Weighted {
  readonly row: Remembered
  readonly weight: number
}

function average(
  rows: readonly Weighted[],
  value: (row: Remembered) => number,
  usual: number,
  usualWeight: number,
): number {
  let sum = usual * usualWeight
  let total = usualWeight
  for (const { row, weight } of rows) {
    sum += weight * value(row)
    total += weight
  }
  return sum / total
}

/** One Newton step from "as forecast" towards the board's own intercept, a sprint's four rows counting as one. */
function surpriseOf(rows: readonly Weighted[]): number {
  let gap = 0
  let evidence = 1
  for (const { row, weight } of rows) {
    gap += 0.25 * weight * (fellShort(row) - row.forecast)
    evidence += 0.25 * weight * row.forecast * (1 - row.forecast)
  }
  return gap / evidence
}
