import { z } from 'zod'
import type { Cycle } from '../../domain/goals.ts'
import { holidays, timeZone, workingDays } from './calendar.ts'
import { cycleKey, cycleKeyInput, day, instant, instantOrNull, lineOfText } from './fields.ts'
import { includeArchived, limit, pageOf } from './pages.ts'

const title = lineOfText(200).meta({ description: 'What people call it.', examples: ['Fourth quarter 2026'] })
const startDay = day.meta({ description: 'The first day of the cycle.', examples: ['2026-10-01'] })
const endDay = day.meta({ description: 'The last day of the cycle, included.', examples: ['2026-12-31'] })
export const cycleCreation = z.strictObject({
  key: cycleKeyInput.meta({
    description: 'Chosen by you: letters, digits, dot, dash and underscore, at most 40.',
    examples: ['2026-Q4'],
  }),
  title,
  startDay,
  endDay,
  timeZone: timeZone.default('UTC'),
  workingDays: workingDays.default([1, 2, 3, 4, 5]),
  holidays: holidays.default([]),
})

export const cyclePatch = z
  .strictObject({ title, startDay, endDay, timeZone, workingDays, holidays })
  .partial()

export const cycleQuery = z.strictObject({
  after: cycleKeyInput.optional().meta({ description: 'List cycles after this key.' }),
  limit,
  includeArchived,
})

export const cycleResponse = z
  .object({
    key: cycleKey,
    title: z.string(),
    startDay: z.iso.date(),
    endDay: z.iso.date(),
    timeZone: z.string(),
    workingDays: z.array(z.int()),
    holidays: z.array(z.iso.date()),
    closedAt: instant.nullable().meta({ description: 'When its grades were given; null: it is open.' }),
    archivedAt: instant.nullable(),
  })
  .meta({
    id: 'Cycle',
    description: 'A time box such as a quarter, with the calendar progress is expected by.',
  })

export const cyclePage = pageOf(cycleResponse, 'The key of the last cycle here.')

export function presentCycle({ calendar, ...cycle }: Cycle): z.output<typeof cycleResponse> {
  return {
    ...cycle,
    timeZone: calendar.timeZone,
    workingDays: [...calendar.workingDays],
    holidays: [...calendar.holidays],
    closedAt: instantOrNull(cycle.closedAt),
    archivedAt: instantOrNull(cycle.archivedAt),
  }
}
