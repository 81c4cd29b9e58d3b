import { z } from 'zod'
import {
  parseCycleKey,
  parseInitiativeKey,
  parseKeyResultKey,
  parseKpiKey,
  parseObjectiveKey,
  parseTeamKey,
  type CycleKey,
  type InitiativeKey,
  type KeyResultKey,
  type KpiKey,
  type ObjectiveKey,
  type TeamKey,
} from '../../domain/ids.ts'
import type { GoalKey } from '../../domain/goals.ts'
import type { EpochMs } from '../../domain/time.ts'

/** The pieces requests are made of. Text is what PostgreSQL can keep and a reader can see. */

const CONTROL = /\p{Cc}/u
const CONTROL_EXCEPT_BREAKS = /(?![\n\r\t])\p{Cc}/u

/** One line of text for people: trimmed, not empty, no control characters. */
export function lineOfText(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((text) => text.isWellFormed() && !CONTROL.test(text), {
      error: 'holds control characters or broken Unicode; plain text is expected',
    })
}

/** Text for people that may run over several lines, and may be empty. */
export function linesOfText(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength)
    .refine((text) => text.isWellFormed() && !CONTROL_EXCEPT_BREAKS.test(text), {
      error: 'holds control characters or broken Unicode; plain text is expected',
    })
}

/** A number that stays exact enough to subtract and divide. */
export const amount = z.number().min(-1e15).max(1e15)

const FIRST_DAY = '2000-01-01'
const LAST_DAY = '2199-12-31'

export const day = z.iso
  .date()
  .refine((text) => text >= FIRST_DAY && text <= LAST_DAY, {
    error: `lies outside ${FIRST_DAY} to ${LAST_DAY}`,
  })
  .meta({ description: 'A calendar day, `YYYY-MM-DD`.', examples: ['2026-12-31'] })

/** An instant as people and other tools write it, read into epoch milliseconds. */
export const instantInput = z.iso
  .datetime({ offset: true })
  .refine((text) => text >= FIRST_DAY && text <= `${LAST_DAY}T23`, {
    error: `lies outside ${FIRST_DAY} to ${LAST_DAY}`,
  })
  .meta({ description: 'An instant, ISO 8601 with an offset.', examples: ['2026-11-21T10:00:00.000Z'] })
  .transform((text) => Date.parse(text))

export const instant = z.iso.datetime().meta({
  description: 'An instant in UTC, ISO 8601 with milliseconds.',
  examples: ['2026-11-21T10:00:00.000Z'],
})

export function instantOf(at: EpochMs): string {
  return new Date(at).toISOString()
}

export function instantOrNull(at: EpochMs | null): string | null {
  return at === null ? null : instantOf(at)
}

function keyInput<Key extends string>(
  parse: (text: string) => Key | null,
  expected: string,
  example: string,
  text = z.string(),
) {
  return text
    .max(60)
    .meta({ description: `${expected[0]!.toUpperCase()}${expected.slice(1)}.`, examples: [example] })
    .transform((text, context): Key => {
      const key = parse(text)
      if (key !== null) return key
      context.addIssue({ code: 'custom', message: `is not ${expected}; expected something like ${example}` })
      return z.NEVER
    })
}

/** A key that may be chosen for something new. */
function chosenKeyInput<Key extends string>(
  parse: (text: string) => Key | null,
  expected: string,
  example: string,
) {
  const error = ({ input }: { readonly input?: unknown }) =>
    input === null ? 'expected text, or no key at all: leave it out to get the next free one' : undefined
  return keyInput(parse, expected, example, z.string({ error }))
    .optional()
    .meta({
      description: `Leave it out to get the next free \`${example.replace(/\d+$/, 'n')}\`.`,
      examples: [example],
    })
}

/** A caller's own name for something it sends, so that it is stored once. */
export const callersId = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, { error: 'is not 1 to 200 visible ASCII characters' })

export const cycleKeyInput = keyInput<CycleKey>(parseCycleKey, 'a cycle key', '2026-Q4')
export const objectiveKeyInput = keyInput<ObjectiveKey>(parseObjectiveKey, 'an objective key', 'O-3')
export const chosenObjectiveKey = chosenKeyInput<ObjectiveKey>(parseObjectiveKey, 'an objective key', 'O-3')
export const keyResultKeyInput = keyInput<KeyResultKey>(parseKeyResultKey, 'a key result key', 'KR-12')
export const chosenKeyResultKey = chosenKeyInput<KeyResultKey>(parseKeyResultKey, 'a key result key', 'KR-12')

/** `O-3` or `KR-12`. */
function parseGoalKey(text: string): GoalKey | null {
  return parseObjectiveKey(text) ?? parseKeyResultKey(text)
}

export const goalKeyInput = keyInput<GoalKey>(
  parseGoalKey,
  'the key of an objective or a key result',
  'KR-12',
)
export const initiativeKeyInput = keyInput<InitiativeKey>(parseInitiativeKey, 'an initiative key', 'INI-4')
export const chosenInitiativeKey = chosenKeyInput<InitiativeKey>(
  parseInitiativeKey,
  'an initiative key',
  'INI-4',
)
export const kpiKeyInput = keyInput<KpiKey>(parseKpiKey, 'a KPI key', 'KPI-2')
export const chosenKpiKey = chosenKeyInput<KpiKey>(parseKpiKey, 'a KPI key', 'KPI-2')
export const teamKeyInput = keyInput<TeamKey>(parseTeamKey, 'a team key', 'search')

export const cycleKey = z.string().meta({ examples: ['2026-Q4'] })
export const objectiveKey = z.string().meta({ examples: ['O-3'] })
export const keyResultKey = z.string().meta({ examples: ['KR-12'] })

export const siteId = lineOfText(100).meta({
  description: 'A connected Jira site, as it is named in the webhook address.',
  examples: ['main'],
})

export const issueIdOrKey = lineOfText(255).meta({
  description: "The issue's key, one it has or had, or Jira's numeric id.",
  examples: ['PROJ-7'],
})
