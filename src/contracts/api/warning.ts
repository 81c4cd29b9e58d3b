import { z } from 'zod'
import type { ObjectiveKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Episode } from '../../domain/warnings/episode.ts'
import { WARNING_KINDS, type WarningFacts } from '../../domain/warnings/signal.ts'
import {
  instant,
  instantInput,
  instantOf,
  instantOrNull,
  keyResultKey,
  keyResultKeyInput,
  linesOfText,
  lineOfText,
  objectiveKey,
  objectiveKeyInput,
} from './fields.ts'
import { health, healthRule } from './health.ts'
import { beforeId, limit, pageOf } from './pages.ts'

const state = z.enum(['open', 'past', 'all'])
const level = z.enum(['at_risk', 'off_track'])
const kind = z.enum(WARNING_KINDS)
const unit = z
  .enum(['issues', 'points', 'size'])
  .meta({ description: '`size`: as the numeric field of the measure sizes it.' })

export const warningQuery = z.strictObject({
  state: state.default('open').meta({
    description: '`past`: resolved, or of a key result that is archived.',
  }),
  keyResult: keyResultKeyInput.optional().meta({ description: 'Only warnings of this key result.' }),
  objective: objectiveKeyInput
    .optional()
    .meta({ description: 'Only warnings of the key results of this objective.' }),
  after: beforeId.meta({ description: 'List warnings raised before this id: newest first.' }),
  limit,
})

const by = lineOfText(200).default('api').meta({ description: 'The person who says so.' })
const note = linesOfText(5_000).default('')

export const warningAcknowledgement = z.strictObject({
  by,
  note: note.meta({ examples: ['Two more people join on Monday.'] }),
})

export const warningSnooze = z.strictObject({
  until: instantInput.meta({ description: 'Until then nobody is told of it; it is shown all the same.' }),
  by,
  note,
})

export const warningWaking = z.strictObject({ by })

const percent = z.int().nullable()

const forecast = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('probability'),
      percent: z.int(),
      likelyDay: z.iso.date().nullable().meta({ description: 'Reached by then with 85 % probability.' }),
    }),
    z.object({ kind: z.literal('trend'), valueAtDue: z.number(), low: z.number(), high: z.number() }),
  ])
  .nullable()

const numbers = z
  .object({
    health,
    overruled: health
      .nullable()
      .meta({ description: "The computed health, where a person's word stands over it." }),
    policy: z.string().meta({ examples: ['balanced'] }),
    rule: healthRule,
    progressPercent: percent,
    expectedPercent: percent,
    pacePercent: percent.meta({ description: 'Progress ÷ expected, rounded down.' }),
    gapPoints: percent.meta({ description: 'Expected − progress, in percentage points.' }),
    forecast,
    needed: z
      .object({ perSprint: z.number(), plannedNow: z.number().nullable(), unit })
      .nullable()
      .meta({ description: 'What would bring it back: work per remaining sprint, against this sprint.' }),
  })
  .meta({ description: 'The numbers behind it, in whole percents.' })

const detail = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('health') }),
    z.object({
      kind: z.literal('output_without_outcome'),
      deliveryPercent: z.number(),
      outcomePercent: z.number(),
      timePercent: z.number(),
    }),
    z.object({
      kind: z.literal('scope_growth'),
      sizeBefore: z.number(),
      sizeNow: z.number(),
      unit,
      sinceDay: z.iso.date(),
    }),
    z.object({ kind: z.literal('uncovered') }),
    z.object({ kind: z.literal('conflict'), issueKey: z.string(), others: z.array(keyResultKey) }),
  ])
  .meta({ description: 'What this kind of warning says beside the numbers.' })

export const warningResponse = z
  .object({
    id: z.int(),
    keyResult: keyResultKey,
    objective: objectiveKey,
    kind,
    level,
    state: z.enum(['open', 'past']),
    raisedAt: instant,
    levelSince: instant.meta({ description: 'Since when it has this level.' }),
    resolvedAt: instant.nullable(),
    acknowledged: z
      .object({ by: z.string(), note: z.string(), at: instant, level })
      .nullable()
      .meta({ description: 'Who knows of it. Of a level worse than this one nobody does.' }),
    snoozed: z
      .object({ by: z.string(), note: z.string(), at: instant, until: instant })
      .nullable()
      .meta({ description: 'Until when nobody is told of it.' }),
    numbers,
    detail,
  })
  .meta({ id: 'Warning', description: 'One continuous period of one kind of warning of a key result.' })

export const warningPage = pageOf(warningResponse, 'The id of the last warning here.')

export function presentWarning(
  episode: Episode & { readonly objective: ObjectiveKey; readonly isArchived: boolean },
  now: EpochMs,
): z.output<typeof warningResponse> {
  const { id, keyResult, objective, acknowledgement, snooze } = episode
  return {
    id,
    keyResult,
    objective,
    kind: episode.kind,
    level: episode.level,
    state: episode.resolvedAt === null && !episode.isArchived ? 'open' : 'past',
    raisedAt: instantOf(episode.raisedAt),
    levelSince: instantOf(episode.levelSince),
    resolvedAt: instantOrNull(episode.resolvedAt),
    acknowledged: acknowledgement === null ? null : { ...acknowledgement, at: instantOf(acknowledgement.at) },
    snoozed:
      snooze === null || snooze.until <= now
        ? null
        : { ...snooze, at: instantOf(snooze.at), until: instantOf(snooze.until) },
    numbers: episode.facts.numbers,
    detail: shownDetail(episode.facts.detail),
  }
}

function shownDetail(own: WarningFacts['detail']): z.output<typeof detail> {
  return own.kind === 'conflict' ? { ...own, others: [...own.others] } : own
}
