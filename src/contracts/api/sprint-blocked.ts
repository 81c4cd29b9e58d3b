import { z } from 'zod'
import type { OpenBlocker } from '../../domain/sprints/blocked.ts'

export const openBlocker = z
  .object({
    issueKey: z.string().meta({
      description: 'Jira’s id of the issue, as long as nothing has told its key.',
      examples: ['PROJ-7'],
    }),
    summary: z.string().nullable().meta({ description: 'null for an issue that is not mirrored here.' }),
  })
  .meta({ id: 'OpenBlocker', description: 'An open issue that another waits for, by a link in Jira.' })

export const blockedBy = z.array(openBlocker).meta({
  description: 'Empty where only the flag or a label says that it is blocked.',
})

/** In words, for every list of blocked issues. */
export const WHAT_BLOCKS =
  'flagged in Jira, carry the label `blocked` or `impediment`, or are linked as blocked by an issue that is open'

export function presentBlocker({ key, summary }: OpenBlocker): z.output<typeof openBlocker> {
  return { issueKey: key, summary }
}
