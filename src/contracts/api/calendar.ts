import { z } from 'zod'
import { day, lineOfText } from './fields.ts'

/** When people work: what a cycle and a team both say. */

export const timeZone = lineOfText(60).meta({
  description: 'IANA time zone in which days begin and end.',
  examples: ['Europe/Berlin'],
})
export const workingDays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .meta({
    description: 'ISO weekdays people work on: 1 is Monday, 7 is Sunday.',
    examples: [[1, 2, 3, 4, 5]],
  })
export const holidays = z
  .array(day)
  .max(400)
  .meta({ description: 'Days without work; no progress is expected on them.', examples: [['2026-12-25']] })
