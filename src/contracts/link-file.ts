import { z } from 'zod'
import { parseKeyResultKey } from '../domain/ids.ts'
import { isTimeZone } from '../domain/time.ts'
import { replayedMeasure } from './api/measure.ts'

const keyResultKey = z.string().transform((text, context) => {
  const key = parseKeyResultKey(text)
  if (key !== null) return key
  context.addIssue({ code: 'custom', message: `not a key result key: ${text}; expected KR-1, KR-2 …` })
  return z.NEVER
})

const names = z.array(z.string().min(1)).default([])

/** The file given to `throughline replay --links`: key results, and which recorded issues count for them. */
export const linkFile = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'expected an IANA time zone such as Asia/Shanghai').default('UTC'),
  keyResults: z.record(
    keyResultKey,
    z.strictObject({
      title: z.string().min(1),
      measure: replayedMeasure,
      /** An issue counts when any of these holds. */
      match: z.strictObject({ labels: names, epics: names, issues: names }).partial(),
    }),
  ),
})

export type LinkFile = z.output<typeof linkFile>
