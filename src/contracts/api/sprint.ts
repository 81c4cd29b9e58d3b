import { z } from 'zod'
import type { Sprint } from '../../domain/mirror/facts.ts'
import type { EpochMs } from '../../domain/time.ts'
import { instant, instantOrNull, siteId } from './fields.ts'
import { limit, MAX_INTEGER, pageOf } from './pages.ts'

const sprintState = z.enum(['future', 'active', 'closed'])

export const sprintQuery = z.strictObject({
  site: siteId.optional(),
  state: sprintState.optional().meta({ description: 'Only sprints in this state.' }),
  board: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_INTEGER)
    .optional()
    .meta({ description: 'The id of a board.' }),
  after: z.string().max(400).optional().meta({ description: 'The `next` of the page before.' }),
  limit,
})

export const sprintResponse = z
  .object({
    site: z.string(),
    id: z.int().meta({ description: "Jira's id of the sprint; names change, ids do not." }),
    name: z.string(),
    state: sprintState,
    startAt: instant.nullable(),
    endAt: instant.nullable().meta({ description: 'When it was planned to end.' }),
    completeAt: instant.nullable().meta({ description: 'When it did end.' }),
    goal: z.string(),
    boardId: z.int().nullable(),
    deletedAt: instant.nullable(),
  })
  .meta({ id: 'Sprint', description: 'A sprint as Jira describes it.' })

export const sprintPage = pageOf(sprintResponse, 'The place of the last sprint here.')

export type KnownSprint = Sprint & { readonly siteId: string; readonly deletedAt: EpochMs | null }

export function presentSprint(sprint: KnownSprint): z.output<typeof sprintResponse> {
  return {
    site: sprint.siteId,
    id: sprint.sprintId,
    name: sprint.name,
    state: sprint.state,
    startAt: instantOrNull(sprint.startAt),
    endAt: instantOrNull(sprint.endAt),
    completeAt: instantOrNull(sprint.completeAt),
    goal: sprint.goal,
    boardId: sprint.boardId,
    deletedAt: instantOrNull(sprint.deletedAt),
  }
}

/** null for a text that is no sprint id Jira could give. */
export function parseSprintId(text: string): number | null {
  const id = Number(text)
  return /^\d{1,10}$/.test(text) && id <= MAX_INTEGER ? id : null
}
