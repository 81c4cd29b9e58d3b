import { createRandom, type Random } from '../../src/demo/jira-simulator/site/random.ts'
import type { BacktestRow } from '../../src/domain/backtest/walk-forward.ts'

const SHARES = [0, 0.3, 0.5, 0.8] as const
const BOARDS = 12
const POINTS_PER_ISSUE = 3

/** Rows of past sprints of one group, four for each sprint, its boards by turns. */
export function sprintRows(count: number): BacktestRow[] {
  const random = createRandom(7)
  const rows: BacktestRow[] = []
  for (let sprint = 0; rows.length < count; sprint++) rows.push(...rowsOf(sprint, random))
  return rows.slice(0, count)
}

function rowsOf(sprint: number, random: Random): BacktestRow[] {
  const planned = random.between(6, 24)
  const speed = 0.7 + (sprint % BOARDS) / (2 * BOARDS) + random.next() / 3
  const doneBy = (share: number) => Math.min(planned, Math.floor(planned * speed * share))
  const amount = (issues: number) => ({ issues, points: POINTS_PER_ISSUE * issues })
  const inProgress = (share: number) => Math.min(2, planned - doneBy(share))
  return SHARES.map((share) => ({
    group: 'bench',
    board: `board ${sprint % BOARDS}`,
    sprint: `sprint ${sprint}`,
    elapsedShare: share,
    plannedDays: 14,
    start: amount(planned),
    added: amount(0),
    removed: amount(0),
    toDo: amount(planned - doneBy(share) - inProgress(share)),
    inProgress: amount(inProgress(share)),
    done: amount(doneBy(share)),
    teamSize: 5,
    outcome: POINTS_PER_ISSUE * (doneBy(1) - planned),
  }))
}
