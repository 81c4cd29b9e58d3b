import { z } from 'zod'
import type { Team } from '../../domain/team.ts'
import { holidays, timeZone, workingDays } from './calendar.ts'
import { issueIdOrKey, lineOfText, siteId } from './fields.ts'

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/

const checkInCadence = z.strictObject({
  everyWeeks: z.union([z.literal(1), z.literal(2)]),
  weekday: z.int().min(1).max(7).meta({ description: '1 Monday to 7 Sunday.' }),
})

export const teamInput = z.strictObject({
  title: lineOfText(200).meta({ description: 'What people call it.', examples: ['Search'] }),
  anchorIssue: z
    .strictObject({ site: siteId, issue: issueIdOrKey })
    .nullable()
    .default(null)
    .meta({ description: 'The Jira issue its digests go to as a comment; null: only to the feed.' }),
  notify: z
    .enum(['each', 'digest'])
    .default('each')
    .meta({ description: 'A comment for each warning, or one digest at the end of a working day.' }),
  timeZone: timeZone.default('UTC'),
  workingDays: workingDays.default([1, 2, 3, 4, 5]),
  holidays: holidays.default([]),
  checkIns: checkInCadence.nullable().default(null).meta({
    description: 'When its people are asked for values and confidence; null: they are not.',
  }),
  endOfDay: z
    .string()
    .refine((text) => TIME_OF_DAY.test(text), { error: 'is not a time of day such as 17:00' })
    .default('17:00')
    .meta({ description: 'When its working day ends, in its time zone.', examples: ['17:00'] }),
})

export const teamResponse = z
  .object({
    key: z.string(),
    title: z.string(),
    anchorIssue: z.object({ site: z.string(), issueId: z.string() }).nullable(),
    notify: z.enum(['each', 'digest']),
    timeZone: z.string(),
    workingDays: z.array(z.int()),
    holidays: z.array(z.iso.date()),
    endOfDay: z.string(),
    checkIns: checkInCadence.nullable(),
  })
  .meta({ id: 'Team', description: 'Who works on objectives, and how they want to be told.' })

export const teamList = z
  .object({ items: z.array(teamResponse) })
  .meta({ id: 'TeamList', description: 'Every team, by key.' })

export function presentTeam({ anchorIssue, calendar, ...team }: Team): z.output<typeof teamResponse> {
  return {
    ...team,
    anchorIssue: anchorIssue === null ? null : { site: anchorIssue.siteId, issueId: anchorIssue.issueId },
    timeZone: calendar.timeZone,
    workingDays: [...calendar.workingDays],
    holidays: [...calendar.holidays],
  }
}
