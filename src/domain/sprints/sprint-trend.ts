import type { EpochMs } from '../time.ts'
import { allocationOf, amountOf, sharesOf, type Shares, type SprintAmount } from './allocation.ts'
import { median } from './sprint-pace.ts'
import { sprintReport } from './sprint-report.ts'
import { sprintWork, type SprintPast } from './sprint-work.ts'

/** One closed sprint on the trend of its board. */
export interface TrendPoint {
  readonly startAt: EpochMs
  readonly endAt: EpochMs
  /** The part of what was in the sprint at its completion that served a key result then. */
  readonly alignment: Shares
  /** What it completed, committed or added. */
  readonly velocity: SprintAmount
  /** The part of its commitment that it completed, by the points of the start. */
  readonly predictability: Shares
}

export interface TrendMedians {
  readonly alignment: Shares
  readonly velocity: { readonly points: number | null; readonly issues: number | null }
  readonly predictability: Shares
}

/** @returns null for a sprint that never started */
export function trendPoint(past: SprintPast, now: EpochMs): TrendPoint | null {
  const report = sprintReport(past.sprint, past.histories, past.rules, now)
  if (report === null) return null
  const completed = new Set(report.completed.map(({ issueId }) => issueId))
  const kept = report.committed.filter(({ issueId }) => completed.has(issueId))
  return {
    startAt: report.startAt,
    endAt: report.endAt,
    alignment: allocationOf(sprintWork(past).inSprintAt(report.endAt)).aligned.share,
    velocity: amountOf(report.completed),
    predictability: sharesOf(amountOf(kept), amountOf(report.committed)),
  }
}

/** Each over the sprints that have it: one without points says nothing of points. */
export function trendMedians(points: readonly TrendPoint[]): TrendMedians {
  const over = (value: (point: TrendPoint) => number | null) =>
    median(points.flatMap((point) => value(point) ?? []))
  const shares = (of: 'alignment' | 'predictability'): Shares => ({
    points: over((point) => point[of].points),
    issues: over((point) => point[of].issues),
  })
  return {
    alignment: shares('alignment'),
    velocity: {
      points: over(({ velocity }) => velocity.points),
      issues: over(({ velocity }) => velocity.issues),
    },
    predictability: shares('predictability'),
  }
}
