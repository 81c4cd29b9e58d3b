import { z } from 'zod'
import type { DueCheckIn } from '../../domain/check-ins/due-check-ins.ts'
import type { TeamKey } from '../../domain/ids.ts'
import type { Kpi } from '../../domain/kpi.ts'
import { overdueDay, type KpiEvidence, type KpiHealth } from '../../domain/kpis/kpi-health.ts'
import { dayOf } from '../../domain/time.ts'
import { keyResultUrl } from '../../domain/writeback/key-result-url.ts'
import {
  instant,
  instantOf,
  instantOrNull,
  keyResultKey,
  lineOfText,
  objectiveKey,
  teamKeyInput,
} from './fields.ts'
import { kpiHealth, kpiKey } from './kpi.ts'

export const dueQuery = z.strictObject({
  team: teamKeyInput.optional().meta({ description: 'Only what this team owes.' }),
  owner: lineOfText(200)
    .optional()
    .meta({ description: 'Only what this owner answers for; of the objective where a key result has none.' }),
})

const asked = z.enum(['value', 'steps', 'confidence']).meta({
  description: 'A value, whether steps of its ladder are done, or a confidence from 0 to 10.',
})

const dueCheckIn = z
  .object({
    team: z.string(),
    keyResult: keyResultKey,
    title: z.string(),
    objective: objectiveKey,
    owner: z.string().nullable(),
    sinceDay: z.iso.date().meta({ description: 'The cadence day on which it was asked.' }),
    asked: z.array(asked),
    unit: z.string().meta({ description: 'Of the value; empty where there is none.' }),
    lastValue: z.object({ at: instant, value: z.number() }).nullable(),
    lastConfidence: z.object({ at: instant, confidence: z.int() }).nullable(),
    url: z.string(),
  })
  .meta({ id: 'DueCheckIn', description: 'A check-in that people were asked for and have not made.' })

const dueKpi = z
  .object({
    kpi: kpiKey,
    title: z.string(),
    team: z.string().nullable(),
    owner: z.string().nullable(),
    unit: z.string(),
    source: z.string(),
    health: kpiHealth,
    lastValueAt: instant.nullable(),
    sinceDay: z.iso.date().nullable().meta({ description: 'The day it was missed; null: it never came.' }),
  })
  .meta({ id: 'DueKpi', description: 'A KPI that waits for a value.' })

export const dueResponse = z
  .object({
    items: z.array(dueCheckIn).meta({ description: 'By team, then by key.' }),
    kpis: z.array(dueKpi).meta({ description: 'By key.' }),
  })
  .meta({ id: 'DueCheckIns', description: 'What people are asked for now.' })

export function presentDueCheckIn(
  {
    team,
    keyResult,
    objective,
    sinceDay,
    asked: pieces,
    lastValue,
    lastConfidence,
  }: DueCheckIn & {
    readonly team: TeamKey
  },
  publicUrl: string,
): z.output<typeof dueCheckIn> {
  const { key, title, owner, measure } = keyResult
  return {
    team,
    keyResult: key,
    title,
    objective: objective.key,
    owner: owner ?? objective.owner,
    sinceDay,
    asked: [...pieces],
    unit: 'unit' in measure ? measure.unit : '',
    lastValue: lastValue === null ? null : { ...lastValue, at: instantOf(lastValue.at) },
    lastConfidence: lastConfidence === null ? null : { ...lastConfidence, at: instantOf(lastConfidence.at) },
    url: keyResultUrl(publicUrl, key),
  }
}

export function presentDueKpi({
  kpi: { key, title, team, owner, unit, source, timeZone, checkEveryDays },
  health,
  evidence: { lastValueAt },
}: {
  readonly kpi: Kpi
  readonly health: KpiHealth
  readonly evidence: KpiEvidence
}): z.output<typeof dueKpi> {
  const sinceDay = lastValueAt === null ? null : overdueDay(dayOf(lastValueAt, timeZone), checkEveryDays)
  return {
    kpi: key,
    title,
    team,
    owner,
    unit,
    source,
    health,
    lastValueAt: instantOrNull(lastValueAt),
    sinceDay,
  }
}
