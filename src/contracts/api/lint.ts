import { z } from 'zod'
import { RULE_IDS, type Finding } from '../../domain/lint/finding.ts'
import type { LintedObjective, LintedSet } from '../../domain/lint/linted-set.ts'
import { countFindings } from '../../domain/lint/lint.ts'
import type { CalendarDay } from '../../domain/time.ts'
import { LOCALES, type Locale } from '../../domain/writeback/messages.ts'
import { cycleKeyInput } from './fields.ts'

/** What is linted may be a draft: everything may be missing, and what the linter does not read is passed over. */

const text = z.string().max(10_000).nullish()
const day = z.iso.date().nullish()

const draftMeasure = z
  .looseObject({
    kind: z.enum(['delivery', 'field_sum', 'metric', 'range', 'milestones', 'binary']),
    unit: z.string().max(200).optional(),
    baseline: z.number().optional(),
    target: z
      .union([
        z.number(),
        z.looseObject({ kind: z.literal('scope') }),
        z.looseObject({ kind: z.literal('fixed'), amount: z.number() }),
      ])
      .optional(),
    band: z
      .object({ atLeast: z.number(), above: z.number(), atMost: z.number(), below: z.number() })
      .partial()
      .optional(),
    period: z.enum(['day', 'week', 'month', 'quarter']).optional(),
    steps: z
      .array(z.looseObject({ title: z.string(), percent: z.number() }))
      .max(100)
      .optional(),
  })
  .meta({ description: 'How it is measured, as far as that is known.' })

const draftKeyResult = z.looseObject({
  key: z.string().max(60).nullish(),
  title: text.meta({ examples: ['Improve customer satisfaction'] }),
  description: text,
  measure: draftMeasure.nullish(),
  owner: text,
  dueDay: day,
})

const draftObjective = z.looseObject({
  key: z.string().max(60).nullish(),
  title: text.meta({ examples: ['Customers recommend us'] }),
  description: text,
  owner: text,
  level: z.string().max(60).nullish(),
  cycle: z.string().max(60).nullish(),
  keyResults: z.array(draftKeyResult).max(1_000).nullish(),
})

const draftCycle = z.looseObject({ key: z.string().max(60), startDay: day, endDay: z.iso.date() })

const draftObjectives = z.array(draftObjective).max(5_000)
const draftCycles = z.array(draftCycle).max(100)

/** A file of OKRs or a draft of one. */
export const okrDraft = z.looseObject({
  objectives: draftObjectives.nullish(),
  cycles: draftCycles.nullish(),
})
export type OkrDraft = z.output<typeof okrDraft>

export const lintInput = z
  .looseObject({
    cycle: cycleKeyInput.optional().meta({ description: 'Lint what is stored in this cycle.' }),
    objectives: draftObjectives.optional().meta({
      description:
        'Lint these: objectives with key results as their creation bodies have them, anything left out.',
    }),
    cycles: draftCycles.optional().meta({ description: 'The ends of cycles that are not stored.' }),
  })
  .refine(({ cycle, objectives }) => (cycle === undefined) !== (objectives === undefined), {
    error: 'names neither or both; give the cycle to lint, or objectives',
  })

export const lintQuery = z.strictObject({
  language: z.enum(LOCALES).optional().meta({
    description:
      'The language of messages; without it that of `Accept-Language`. Suggestions are in that of the text.',
  }),
})

const hint = {
  rule: z.enum(RULE_IDS).meta({ description: 'A stable id; docs/lint.md lists every one.' }),
  severity: z.enum(['hint', 'question']).meta({ description: 'A question says nothing against the goal.' }),
  message: z.string().meta({ description: 'What was seen, and why it matters.' }),
  suggestion: z.string().meta({ description: 'A way to write it, in the language of the text.' }),
}

/** What the answer to a write says beside what was written. */
export const hints = z
  .array(z.object(hint))
  .optional()
  .meta({ description: 'What could be better about it; left out when there is nothing. Never a refusal.' })

/** What the answer to a write of many goals says beside what was written. */
export const hintsOnMany = {
  hints: z
    .array(
      z.object({ key: z.string().nullable().meta({ description: 'Of which goal; null: of all.' }), ...hint }),
    )
    .optional()
    .meta({
      description:
        'What could be better about what was written; left out when there is nothing. Never a refusal.',
    }),
  moreHints: z.int().optional().meta({ description: 'How many there are beyond these.' }),
}

const place = z.int().min(0)

export const lintResponse = z
  .object({
    findings: z.array(
      z.object({
        ...hint,
        objective: place
          .nullable()
          .meta({ description: 'Which objective, from 0; null: all of them, told once.' }),
        objectiveKey: z.string().nullable(),
        keyResult: place
          .nullable()
          .meta({ description: 'Which of its key results, from 0; null: it is about the objective.' }),
        keyResultKey: z.string().nullable(),
      }),
    ),
    counts: z
      .record(z.string(), z.int())
      .meta({ description: 'How often each rule was found.', examples: [{ 'vague-verb': 1 }] }),
  })
  .meta({ id: 'Lint', description: 'What a careful reader would say of these goals.' })

export function presentLint(findings: readonly Finding[]): z.output<typeof lintResponse> {
  return {
    findings: findings.map(({ subject, ...said }) => ({ ...said, ...subject })),
    counts: countFindings(findings),
  }
}

/** `{}` when there is nothing to say, so that it can be spread into an answer. */
export function presentHints(findings: readonly Finding[]): { hints?: z.output<typeof hints> } {
  if (findings.length === 0) return {}
  return {
    hints: findings.map(({ rule, severity, message, suggestion }) => ({
      rule,
      severity,
      message,
      suggestion,
    })),
  }
}

/** The days of a cycle, as far as they are known. */
export interface CycleDays {
  readonly startDay: CalendarDay | null
  readonly endDay: CalendarDay
}

/** `{}` when there is nothing to say. */
export function presentHintsOnMany({
  findings,
  more,
}: {
  readonly findings: readonly Finding[]
  readonly more: number
}): z.output<z.ZodObject<typeof hintsOnMany>> {
  if (findings.length === 0) return {}
  const hints = findings.map(({ subject, rule, severity, message, suggestion }) => {
    const key = subject.keyResult === null ? subject.objectiveKey : subject.keyResultKey
    return { key, rule, severity, message, suggestion }
  })
  return more === 0 ? { hints } : { hints, moreHints: more }
}

/**
 * The set a draft stands for.
 * @param daysOf the days of a cycle by its key, for cycles the draft does not bring along; null: not known
 */
export function setOfDraft(
  {
    objectives,
    cycles,
  }: { readonly objectives?: OkrDraft['objectives']; readonly cycles?: OkrDraft['cycles'] },
  daysOf: (cycle: string) => CycleDays | null,
): LintedSet {
  const own = new Map<string, CycleDays>(
    cycles?.map(({ key, startDay, endDay }) => [key.toLowerCase(), { startDay: startDay ?? null, endDay }]),
  )
  const known = (cycle: string) => own.get(cycle.toLowerCase()) ?? daysOf(cycle)
  return { objectives: (objectives ?? []).map((draft) => objectiveOfDraft(draft, known)) }
}

function objectiveOfDraft(
  draft: z.output<typeof draftObjective>,
  daysOf: (cycle: string) => CycleDays | null,
): LintedObjective {
  const days = draft.cycle == null ? null : daysOf(draft.cycle)
  return {
    startDay: days?.startDay ?? null,
    dueDay: days?.endDay ?? null,
    hasCycle: draft.cycle != null,
    key: draft.key ?? null,
    title: draft.title ?? '',
    description: draft.description ?? '',
    owner: draft.owner ?? null,
    level: draft.level ?? 'team',
    keyResults: (draft.keyResults ?? []).map((keyResult) => ({
      key: keyResult.key ?? null,
      title: keyResult.title ?? '',
      description: keyResult.description ?? '',
      measure: keyResult.measure ?? null,
      owner: keyResult.owner ?? null,
      dueDay: keyResult.dueDay ?? null,
    })),
  }
}

/** The language a caller reads best: the first of `Accept-Language` that there is, by weight; English without one. */
export function languageOf(accepted: string | undefined): Locale {
  const ranges = (accepted ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', weight] = range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/)
      return { tag, weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return ranges.map(({ tag }) => localeOfTag(tag)).find((locale) => locale !== null) ?? 'en'
}

function localeOfTag(tag: string): Locale | null {
  if (/^en\b|^\*$/.test(tag)) return 'en'
  if (!/^zh\b/.test(tag)) return null
  return /hant|-(?:tw|hk|mo)\b/.test(tag) ? 'zh-TW' : 'zh-CN'
}
