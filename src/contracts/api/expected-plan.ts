import { z } from 'zod'
import { day } from './fields.ts'

const target = z.strictObject({
  day: day.meta({ description: 'By the end of this day …', examples: ['2026-10-30'] }),
  progress: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: '… this much is expected.', examples: [0.35] }),
})

/** What is expected of a key result by when. */
export const expectedPlan = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('linear') })
      .meta({ description: 'Evenly over its working time: the default.' }),
    z
      .strictObject({
        kind: z.literal('targets'),
        targets: z.array(target).min(1).max(200).meta({ description: 'In the order of their days.' }),
      })
      .meta({
        description: 'Targets per week or per sprint, in order; evenly over working time in between.',
      }),
    z
      .strictObject({ kind: z.literal('none') })
      .meta({ description: 'Nothing before its due day, as for a metric that lags behind the work.' }),
  ])
  .meta({ description: 'What is expected by when; pace is measured against it.' })
