import { z } from 'zod'
import { LONGEST_REASON } from '../../domain/authorship.ts'
import { lineOfText } from './fields.ts'

/** What every write of goals may say beside what it changes; both go into the audit log, and neither into the goal. */
export const authorship = {
  by: lineOfText(200)
    .optional()
    .meta({
      description: 'Who makes this change, for the audit log. Nobody checks it.',
      examples: ['Ada Lovelace'],
    }),
  reason: lineOfText(LONGEST_REASON)
    .optional()
    .meta({
      description: 'Why, for the audit log.',
      examples: ['The supplier moved the date.'],
    }),
}

/** The same as a command is given it. */
export const authorshipInput = z.strictObject(authorship)

export type SaidAuthorship = z.output<typeof authorshipInput>
