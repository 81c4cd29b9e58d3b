import { z } from 'zod'
import { amountOf } from '../../domain/sprints/allocation.ts'
import type { ProgressAround } from '../../domain/sprints/progress-around.ts'
import type { SprintIssue, SprintReport } from '../../domain/sprints/sprint-report.ts'
import type { SprintReview } from '../../domain/sprints/sprint-review.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { instant, instantOf, keyResultKey, objectiveKey } from './fields.ts'
import {
  allocation,
  exact,
  presentAllocation,
  presentAmount,
  shares,
  sprintAmount,
} from './sprint-amounts.ts'
import { blockedBy, presentBlocker, WHAT_BLOCKS } from './sprint-blocked.ts'
import { presentSprint, sprintResponse, type KnownSprint } from './sprint.ts'

const points = z.number().nullable()

const reportedIssue = z
  .object({
    issueId: z.string(),
    issueKey: z.string().meta({ description: 'The key it had then.', examples: ['PROJ-7'] }),
    points: points.meta({ description: 'At the instant that put it into this list; null: not estimated.' }),
    pointsAtStart: points.meta({ description: 'When the sprint started, or when it came in.' }),
    pointsAtEnd: points.meta({ description: 'When the sprint was completed, or when it left.' }),
  })
  .meta({ id: 'ReportedIssue', description: 'An issue in a sprint, as it was.' })

const issues = z.array(reportedIssue)

const LISTS = {
  committed: 'In the sprint when it started.',
  added: 'Came in after the start.',
  removed: 'Was in at some time, and left before the end.',
  completed: 'In the sprint at its completion, and delivered by then.',
  notCompleted: 'In the sprint at its completion, and not delivered.',
} as const

const reviewed = z.object({
  keyResult: keyResultKey,
  title: z.string(),
  objective: objectiveKey,
  committed: sprintAmount,
  added: sprintAmount,
  removed: sprintAmount,
  completed: sprintAmount,
  notCompleted: sprintAmount,
  carriedOver: sprintAmount,
  planned: shares.meta({ description: 'Its part of the commitment, at the start.' }),
  actual: shares.meta({ description: 'Its part of what was in the sprint at its completion.' }),
  deviation: shares.meta({ description: '`actual` minus `planned`.' }),
  delivered: z.number().meta({ description: 'Delivered for it in this sprint, in the size of its measure.' }),
  progressBefore: z
    .number()
    .nullable()
    .meta({
      description:
        'Raw progress when the sprint started: of linked work as it stood then, of a metric by the last value reported ' +
        'by then.',
    }),
  progressAfter: z
    .number()
    .nullable()
    .meta({
      description:
        'Raw progress when the sprint was completed: of linked work as it stood then, of a metric by the last value ' +
        'reported by then.',
    }),
})

export const sprintReviewResponse = z
  .object({
    sprint: sprintResponse,
    startAt: instant,
    endAt: instant.meta({
      description: 'Its completion: everything here is as of then, or as of the start.',
    }),
    committed: issues.meta({ description: LISTS.committed }),
    added: issues.meta({ description: LISTS.added }),
    removed: issues.meta({ description: LISTS.removed }),
    completed: issues.meta({ description: LISTS.completed }),
    notCompleted: issues.meta({ description: LISTS.notCompleted }),
    carriedOver: z
      .array(
        z.object({
          ...reportedIssue.shape,
          into: z.int().meta({ description: 'The id of the next sprint.' }),
        }),
      )
      .meta({
        description: 'Those not completed that went on into another sprint when this one was closed.',
      }),
    blocked: z.array(z.object({ ...reportedIssue.shape, since: instant, blockedBy })).meta({
      description: `Those not completed that were open at the completion and blocked then: ${WHAT_BLOCKS}.`,
    }),
    totals: z.object({
      committed: sprintAmount,
      added: sprintAmount,
      removed: sprintAmount,
      completed: sprintAmount,
      notCompleted: sprintAmount,
      carriedOver: sprintAmount,
    }),
    plannedAllocation: allocation.meta({ description: 'Of the commitment, at the start.' }),
    actualAllocation: allocation.meta({ description: 'Of what was in the sprint at its completion.' }),
    completedAllocation: allocation.meta({ description: 'Of what was completed.' }),
    keyResults: z.array(reviewed),
  })
  .meta({ id: 'SprintReview', description: 'A closed sprint: what later edits do not change.' })

type Titles = ReadonlyMap<KeyResultKey, { readonly keyResult: { title: string; objective: string } }>

export function presentSprintReview(
  sprint: KnownSprint,
  { report, planned, actual, completed, keyResults, blocked }: SprintReview,
  goals: Titles,
): z.output<typeof sprintReviewResponse> {
  return {
    sprint: presentSprint(sprint),
    startAt: instantOf(report.startAt),
    endAt: instantOf(report.endAt),
    committed: report.committed.map(presentIssue),
    added: report.added.map(presentIssue),
    removed: report.removed.map(presentIssue),
    completed: report.completed.map(presentIssue),
    notCompleted: report.notCompleted.map(presentIssue),
    carriedOver: report.carriedOver.map((issue) => ({ ...presentIssue(issue), into: issue.into })),
    blocked: blocked.map((issue) => ({
      ...presentIssue(issue),
      since: instantOf(issue.since),
      blockedBy: issue.blockers.map(presentBlocker),
    })),
    totals: totalsOf(report),
    plannedAllocation: presentAllocation(planned),
    actualAllocation: presentAllocation(actual),
    completedAllocation: presentAllocation(completed),
    keyResults: keyResults.map((each) => ({
      keyResult: each.keyResult,
      title: goals.get(each.keyResult)?.keyResult.title ?? '',
      objective: goals.get(each.keyResult)?.keyResult.objective ?? '',
      committed: presentAmount(each.committed),
      added: presentAmount(each.added),
      removed: presentAmount(each.removed),
      completed: presentAmount(each.completed),
      notCompleted: presentAmount(each.notCompleted),
      carriedOver: presentAmount(each.carriedOver),
      planned: { ...each.planned },
      actual: { ...each.actual },
      deviation: { ...each.deviation },
      delivered: exact(each.deliveredSize),
      ...presentProgress(each.progress),
    })),
  }
}

function presentProgress(around: ProgressAround | null) {
  return { progressBefore: around?.before ?? null, progressAfter: around?.after ?? null }
}

function presentIssue(issue: SprintIssue): z.output<typeof reportedIssue> {
  const { issueId, key, pointsAtStart, pointsAtEnd } = issue
  return { issueId, issueKey: key, points: issue.points, pointsAtStart, pointsAtEnd }
}

function totalsOf({ committed, added, removed, completed, notCompleted, carriedOver }: SprintReport) {
  return {
    committed: presentAmount(amountOf(committed)),
    added: presentAmount(amountOf(added)),
    removed: presentAmount(amountOf(removed)),
    completed: presentAmount(amountOf(completed)),
    notCompleted: presentAmount(amountOf(notCompleted)),
    carriedOver: presentAmount(amountOf(carriedOver)),
  }
}
