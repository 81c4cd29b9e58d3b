import { z } from 'zod'
import { amount, lineOfText } from './fields.ts'

/** How a key result is measured. A new kind of measure is a new member of this union. */
export const measure = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('delivery'),
        size: z.enum(['count', 'points']).meta({
          description:
            'Whether each issue counts as one or by its story points. Unestimated issues count at the median.',
        }),
        target: z.discriminatedUnion('kind', [
          z
            .strictObject({ kind: z.literal('scope') })
            .meta({ description: 'All linked work that is in scope; the target moves with it.' }),
          z
            .strictObject({ kind: z.literal('fixed'), amount: z.number().positive().max(1e9) })
            .meta({ description: 'A fixed amount of it.' }),
        ]),
      })
      .meta({ description: 'Progress is the share of linked work that is delivered.' }),
    z
      .strictObject({
        kind: z.literal('metric'),
        unit: lineOfText(40).meta({ examples: ['%'] }),
        baseline: amount.meta({ description: 'Where it starts.', examples: [45] }),
        target: amount.meta({
          description: 'Where it should end: above the baseline to raise it, below to lower it.',
          examples: [55],
        }),
      })
      .meta({ description: 'Progress follows the latest reported value from baseline to target.' }),
  ])
  .meta({ description: 'How progress is measured.' })
