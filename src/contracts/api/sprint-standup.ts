import { z } from 'zod'
import type { BlockedIssue, Standup, StandupIssue } from '../../domain/sprints/sprint-standup.ts'
import type { EpochMs } from '../../domain/time.ts'
import { instant, instantInput, instantOf, keyResultKey } from './fields.ts'
import { exact, issueFields } from './sprint-amounts.ts'
import { blockedBy, presentBlocker, WHAT_BLOCKS } from './sprint-blocked.ts'
import { presentSprint, sprintResponse, type KnownSprint } from './sprint.ts'

export const standupQuery = z.strictObject({
  since: instantInput.optional().meta({
    description:
      'Look back to this instant; left out: to the start of the last working day before today. Never further back ' +
      'than the start of the sprint.',
  }),
})

const progressPart = z.number().nullable()

const standupIssue = z
  .object({
    ...issueFields,
    at: instant.meta({ description: 'Since when it is so.' }),
    moves: z.array(
      z.object({
        keyResult: keyResultKey,
        role: z.enum(['drives', 'supports']),
        size: z
          .number()
          .meta({ description: 'In the size of the measure; a median issue if not estimated.' }),
        progressMoved: progressPart.meta({
          description:
            'By how much it moved the progress of the key result in this time, 0.05 for 5 percentage points; null ' +
            'where linked work does not measure it.',
          examples: [0.05],
        }),
        progressWorth: progressPart.meta({
          description: 'What part of the progress it stands for, delivered or not.',
          examples: [0.05],
        }),
      }),
    ),
  })
  .meta({ id: 'StandupIssue', description: 'An issue of a sprint and the key results it moves.' })

const blockedIssue = z
  .object({ ...standupIssue.shape, blockedBy })
  .meta({ id: 'BlockedIssue', description: 'A blocked issue of a sprint, and what it waits for.' })

export const standupResponse = z
  .object({
    sprint: sprintResponse,
    since: instant,
    asOf: instant,
    delivered: z.array(standupIssue),
    reopened: z.array(standupIssue),
    started: z.array(standupIssue),
    blocked: z.array(blockedIssue).meta({
      description: `Open issues that are ${WHAT_BLOCKS}, since whenever. Names of statuses are not read.`,
    }),
  })
  .meta({ id: 'Standup', description: 'What happened in a sprint: by issue, never by person.' })

export function presentStandup(
  sprint: KnownSprint,
  known: Standup,
  now: EpochMs,
): z.output<typeof standupResponse> {
  return {
    sprint: presentSprint(sprint),
    since: instantOf(known.since),
    asOf: instantOf(now),
    delivered: known.delivered.map(presentIssue),
    reopened: known.reopened.map(presentIssue),
    started: known.started.map(presentIssue),
    blocked: known.blocked.map(presentBlocked),
  }
}

function presentBlocked(issue: BlockedIssue): z.output<typeof blockedIssue> {
  return { ...presentIssue(issue), blockedBy: issue.blockers.map(presentBlocker) }
}

function presentIssue(issue: StandupIssue): z.output<typeof standupIssue> {
  const { issueId, key, summary, points, state, at, moves } = issue
  return {
    issueId,
    issueKey: key,
    summary,
    points,
    state,
    at: instantOf(at),
    moves: moves.map((move) => ({ ...move, size: exact(move.size) })),
  }
}
