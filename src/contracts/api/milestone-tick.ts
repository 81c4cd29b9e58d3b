import { z } from 'zod'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { StandingStep } from '../../domain/measures/milestones.ts'
import { instant, instantInput, instantOrNull, keyResultKey, lineOfText, linesOfText } from './fields.ts'

export const milestoneTick = z.strictObject({
  done: z.boolean().meta({ description: 'False takes the tick back.' }),
  at: instantInput.optional().meta({ description: 'When it was so; left out: now. May lie in the past.' }),
  note: linesOfText(5_000)
    .default('')
    .meta({ examples: ['Signed by both sides.'] }),
  author: lineOfText(200).default('api').meta({ description: 'The person or system that says so.' }),
})

export const milestoneResponse = z
  .object({
    keyResult: keyResultKey,
    step: z.int().meta({ description: 'Its place in the ladder, from 1.' }),
    title: z.string(),
    percent: z.number(),
    doneAt: instant.nullable(),
    counts: z.boolean().meta({ description: 'Done with all the steps before it.' }),
    reachedPercent: z.number().meta({ description: 'The highest step reached with all earlier ones done.' }),
  })
  .meta({ id: 'Milestone', description: 'A step of a ladder after a word on it.' })

export function presentMilestone(worded: {
  readonly keyResult: KeyResultKey
  readonly number: number
  readonly step: StandingStep
  readonly reachedPercent: number
}): z.output<typeof milestoneResponse> {
  const { keyResult, number, step, reachedPercent } = worded
  return { keyResult, ...step, step: number, reachedPercent, doneAt: instantOrNull(step.doneAt) }
}
