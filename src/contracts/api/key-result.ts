import { z } from 'zod'
import type { Cycle, KeyResult } from '../../domain/goals.ts'
import {
  cycleKey,
  cycleKeyInput,
  day,
  instant,
  instantOrNull,
  issueIdOrKey,
  keyResultKey,
  chosenKeyResultKey,
  keyResultKeyInput,
  lineOfText,
  linesOfText,
  objectiveKey,
  objectiveKeyInput,
  siteId,
} from './fields.ts'
import { expectedPlan } from './expected-plan.ts'
import { healthOverrideResponse, presentOverride } from './health-override.ts'
import { healthPolicyName } from './health-policy.ts'
import { hints } from './lint.ts'
import { measure, measureResponse, presentMeasure } from './measure.ts'
import { externalId } from './objective.ts'
import { presentValueOverride, valueOverrideResponse } from './value-override.ts'
import { includeArchived, limit, pageOf } from './pages.ts'
import { presentProgress, progressResponse, type KnownSnapshot } from './progress.ts'

const title = lineOfText(300).meta({
  description: 'What is to be reached, by how much.',
  examples: ['Raise first-day activation from 45 % to 55 %'],
})
const owner = lineOfText(200)
  .nullable()
  .meta({ description: 'Who answers for it.', examples: ['Ada Lovelace'] })
const ownerAccountId = lineOfText(128)
  .nullable()
  .meta({
    description: 'The owner’s account in Jira, whom warnings mention.',
    examples: ['5b10a2844c20165700ede21g'],
  })
const healthPolicy = healthPolicyName
  .nullable()
  .meta({ description: 'What it is judged by; null: the policy of its objective.' })
const weight = z
  .number()
  .positive()
  .max(1_000)
  .meta({ description: 'Its weight among the key results of its objective.' })
const dueDay = day.nullable().meta({ description: 'null: the end of the cycle.', examples: ['2026-12-18'] })
const anchorIssue = z
  .strictObject({ site: siteId, issue: issueIdOrKey })
  .nullable()
  .meta({ description: 'The Jira issue its comments go to; null: the epics that name it.' })
const description = linesOfText(5_000).meta({
  description: 'What it means, and how it is measured; plain text.',
})
const dependsOn = z
  .array(keyResultKeyInput)
  .max(50)
  .meta({ description: 'Key results it needs.', examples: [['KR-3']] })
const intendedSharePercent = z.number().min(0).max(100).nullable().meta({
  description: 'The percent of its objective’s work that is meant to go into it; null: by its weight.',
})

export const keyResultCreation = z.strictObject({
  key: chosenKeyResultKey,
  objective: objectiveKeyInput,
  title,
  description: description.default(''),
  owner: owner.default(null),
  ownerAccountId: ownerAccountId.default(null),
  measure,
  weight: weight.default(1),
  dueDay: dueDay.default(null),
  plan: expectedPlan.default({ kind: 'linear' }),
  healthPolicy: healthPolicy.default(null),
  anchorIssue: anchorIssue.default(null),
  dependsOn: dependsOn.default([]),
  intendedSharePercent: intendedSharePercent.default(null),
  externalId: externalId.default(null),
})

export const keyResultPatch = z
  .strictObject({
    objective: objectiveKeyInput,
    title,
    description,
    owner,
    ownerAccountId,
    measure,
    weight,
    dueDay,
    plan: expectedPlan,
    healthPolicy,
    anchorIssue,
    dependsOn,
    intendedSharePercent,
    externalId,
  })
  .partial()

export const keyResultQuery = z.strictObject({
  cycle: cycleKeyInput.optional().meta({ description: 'Only key results of this cycle.' }),
  objective: objectiveKeyInput.optional().meta({ description: 'Only key results of this objective.' }),
  after: keyResultKeyInput.optional().meta({ description: 'List key results after this key.' }),
  limit,
  includeArchived,
})

export const keyResultResponse = z
  .object({
    key: keyResultKey,
    objective: objectiveKey,
    cycle: cycleKey,
    title: z.string(),
    description: z.string(),
    owner: z.string().nullable(),
    ownerAccountId: z.string().nullable(),
    measure: measureResponse,
    weight: z.number(),
    dueDay: z.iso.date().nullable(),
    effectiveDueDay: z.iso.date().meta({ description: 'The due day, or the end of the cycle.' }),
    plan: expectedPlan,
    healthPolicy: z.string().nullable(),
    healthOverride: healthOverrideResponse.nullable(),
    valueOverride: valueOverrideResponse.nullable(),
    dependsOn: z.array(z.string()),
    intendedSharePercent: z.number().nullable(),
    externalId: z.string().nullable(),
    rolledFrom: z.string().nullable().meta({ description: 'The cycle it was carried over from.' }),
    anchorIssue: z.object({ site: z.string(), issueId: z.string() }).nullable(),
    archivedAt: instant.nullable(),
    progress: progressResponse
      .nullable()
      .meta({ description: 'Its latest numbers; null until they are computed for the first time.' }),
  })
  .meta({ id: 'KeyResult', description: 'A measurable result of an objective, with its latest numbers.' })

/** What a write answers. */
export const keyResultWritten = keyResultResponse.extend({ hints }).meta({
  id: 'WrittenKeyResult',
  description: 'A key result as it was written, with what could be better about it.',
})

export const keyResultPage = pageOf(keyResultResponse, 'The key of the last key result here.')

export function presentKeyResult(
  { keyResult, cycle }: { readonly keyResult: KeyResult; readonly cycle: Cycle },
  snapshot: KnownSnapshot | null,
): z.output<typeof keyResultResponse> {
  const { anchorIssue, plan, healthOverride, valueOverride, dependsOn, archivedAt, ...own } = keyResult
  return {
    ...own,
    measure: presentMeasure(own.measure),
    cycle: cycle.key,
    effectiveDueDay: keyResult.dueDay ?? cycle.endDay,
    plan: plan.kind === 'targets' ? { ...plan, targets: [...plan.targets] } : plan,
    healthOverride: healthOverride === null ? null : presentOverride(healthOverride),
    valueOverride: valueOverride === null ? null : presentValueOverride(valueOverride),
    dependsOn: [...dependsOn],
    anchorIssue: anchorIssue === null ? null : { site: anchorIssue.siteId, issueId: anchorIssue.issueId },
    archivedAt: instantOrNull(archivedAt),
    progress: snapshot === null ? null : presentProgress(snapshot),
  }
}
