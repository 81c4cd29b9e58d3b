import { z } from 'zod'
import type { Allocation, SprintAmount } from '../../domain/sprints/allocation.ts'
import { healthOf, type KeyResultStanding } from '../../domain/sprints/key-result-standing.ts'
import type { WorkItem } from '../../domain/sprints/sprint-work.ts'
import { keyResultKey, objectiveKey } from './fields.ts'
import { health } from './health.ts'

/** The pieces that the views of a sprint are made of. */

export const sprintAmount = z
  .object({
    issues: z.int(),
    points: z.number().meta({ description: 'An issue without an estimate adds none.' }),
    unestimated: z.int().meta({ description: 'Issues without an estimate.' }),
  })
  .meta({ id: 'SprintAmount', description: 'Work in a sprint.' })

const share = z.number().nullable()

export const shares = z
  .object({ points: share, issues: share })
  .meta({ id: 'SprintShares', description: 'A part of a whole, 0 to 1; null where there is no whole.' })

export const part = z.object({ amount: sprintAmount, share: shares })

const workState = z.enum(['to_do', 'in_progress', 'delivered', 'not_delivered']).meta({
  description: '`not_delivered`: closed without delivering anything, as Won’t Do is.',
})

export const issueFields = {
  issueId: z.string(),
  issueKey: z.string().meta({ description: 'The key it had then.', examples: ['PROJ-7'] }),
  summary: z.string(),
  points: z.number().nullable().meta({ description: 'null: not estimated.' }),
  state: workState,
}

export const sprintWorkItem = z
  .object({
    ...issueFields,
    keyResults: z.array(keyResultKey).meta({ description: 'Those it counts for, in whatever role.' }),
  })
  .meta({ id: 'SprintWorkItem', description: 'An issue in a sprint. Sub-tasks are part of their story.' })

export const keyResultFields = {
  keyResult: keyResultKey,
  title: z.string(),
  objective: objectiveKey,
  health,
  progress: z.number().nullable().meta({ description: 'Raw, as it is computed; null when there is none.' }),
}

export const allocated = {
  drives: sprintAmount.meta({ description: 'Work that moves it; points count by the share of their link.' }),
  supports: sprintAmount.meta({ description: 'Work that is shown with it and never moves it.' }),
  share: shares.meta({
    description:
      'Its part of the sprint, both roles together. An issue that counts for two key results in full counts for ' +
      'both, so the parts may add up to more than 1.',
  }),
}

export const allocation = z
  .object({
    total: sprintAmount,
    aligned: part.meta({ description: 'Serves at least one key result.' }),
    unaligned: part.meta({ description: 'Serves none.' }),
    keyResults: z.array(z.object({ keyResult: keyResultKey, ...allocated })),
  })
  .meta({ id: 'SprintAllocation', description: 'Where the work of a sprint goes.' })

export function presentAmount({ issues, points, unestimated }: SprintAmount): z.output<typeof sprintAmount> {
  return { issues, points: exact(points), unestimated }
}

export function presentPart({ amount, share: of }: Allocation['aligned']): z.output<typeof part> {
  return { amount: presentAmount(amount), share: { ...of } }
}

export function presentAllocation(known: Allocation): z.output<typeof allocation> {
  return {
    total: presentAmount(known.total),
    aligned: presentPart(known.aligned),
    unaligned: presentPart(known.unaligned),
    keyResults: known.keyResults.map((each) => ({
      keyResult: each.keyResult,
      drives: presentAmount(each.drives),
      supports: presentAmount(each.supports),
      share: { ...each.share },
    })),
  }
}

export function presentWorkItem(item: WorkItem): z.output<typeof sprintWorkItem> {
  const { issueId, key, summary, points, state, serves } = item
  return {
    issueId,
    issueKey: key,
    summary,
    points,
    state,
    keyResults: serves.map(({ keyResult }) => keyResult),
  }
}

export function presentKeyResultOf(standing: KeyResultStanding) {
  const { keyResult, title, objective, numbers } = standing
  return { keyResult, title, objective, health: healthOf(standing), progress: numbers?.rawProgress ?? null }
}

/** 0.1 + 0.2 points are 0.3 points. */
export function exact(size: number): number {
  return Number(size.toFixed(6))
}
