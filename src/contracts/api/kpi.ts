import { z } from 'zod'
import type { Kpi } from '../../domain/kpi.ts'
import { MOST_DAYS_BETWEEN_CHECKS, type KpiEvidence, type KpiHealth } from '../../domain/kpis/kpi-health.ts'
import type { KpiPeriod } from '../../domain/kpis/kpi-periods.ts'
import { timeZone } from './calendar.ts'
import {
  day,
  instant,
  instantOrNull,
  chosenKpiKey,
  kpiKeyInput,
  lineOfText,
  linesOfText,
  teamKeyInput,
} from './fields.ts'
import { band, period, valueOfPeriod } from './measure.ts'
import { includeArchived, limit, pageOf } from './pages.ts'

const title = lineOfText(300).meta({ description: 'What people call it.', examples: ['Monthly attrition'] })
const description = linesOfText(5_000).meta({ description: 'What it says and why it matters; plain text.' })
const owner = lineOfText(200)
  .nullable()
  .meta({ description: 'Who watches it.', examples: ['Ada Lovelace'] })
const team = teamKeyInput.nullable().meta({ description: 'Whose it is.', examples: ['search'] })
const unit = lineOfText(40).meta({ description: 'What its numbers count.', examples: ['%'] })
const source = z
  .union([lineOfText(200), z.literal('')])
  .meta({ description: 'Where its values come from, for people.', examples: ['Grafana, pushed nightly'] })
const checkEveryDays = z.int().min(1).max(MOST_DAYS_BETWEEN_CHECKS).meta({
  description: 'Without a value for longer than this many whole days it is stale.',
})
/** Of a KPI that is new: it may be left to its period. */
export const checkEveryDaysOrUsual = checkEveryDays
  .nullable()
  .default(null)
  .meta({
    description:
      'Without a value for longer than this many whole days it is stale; left out or null: once in each period, that is ' +
      '1, 7, 31 or 92 days.',
  })
const externalId = lineOfText(200).nullable().meta({ description: 'What another system calls it.' })

export const kpiCreation = z.strictObject({
  key: chosenKpiKey,
  title,
  description: description.default(''),
  owner: owner.default(null),
  team: team.default(null),
  unit,
  band,
  period: period.default('month'),
  valueOfPeriod: valueOfPeriod.default('latest'),
  timeZone: timeZone.default('UTC'),
  source: source.default(''),
  checkEveryDays: checkEveryDaysOrUsual,
  externalId: externalId.default(null),
})

export const kpiPatch = z
  .strictObject({
    title,
    description,
    owner,
    team,
    unit,
    band,
    period,
    valueOfPeriod,
    timeZone,
    source,
    checkEveryDays,
    externalId,
  })
  .partial()

export const kpiQuery = z.strictObject({
  team: teamKeyInput.optional().meta({ description: 'Only KPIs of this team.' }),
  owner: lineOfText(200).optional().meta({ description: 'Only KPIs of this owner.' }),
  after: kpiKeyInput.optional().meta({ description: 'List KPIs after this key.' }),
  limit,
  includeArchived,
})

const periodVerdict = z.enum(['inside', 'outside', 'slipping', 'filling']).meta({
  description:
    'inside: in the band; while it runs, so far. outside: not, and no later value can change that. slipping: it runs ' +
    'and has left the band; later values may bring it back. filling: it runs and has not got to the band yet.',
})

const kpiPeriod = z
  .object({
    fromDay: z.iso.date(),
    toDay: z.iso.date(),
    value: z.number().meta({ description: 'What the values of the period come to.' }),
    isInside: z.boolean().meta({ description: 'While it runs, so far.' }),
    isRunning: z.boolean().meta({ description: 'True while more values may still change it.' }),
    verdict: periodVerdict,
  })
  .meta({ id: 'KpiPeriod', description: 'A period of a KPI that has a value.' })

export const kpiHealth = z.enum(['no_data', 'stale', 'on_track', 'at_risk', 'off_track']).meta({
  description:
    'on_track: the newest period with a value is in the band. at_risk: it runs and has left the band, and the one ' +
    'before was not outside. off_track: it is outside for good, or has left the band like the one before it. A period ' +
    'that fills is left to the one before it. stale: no value for longer than `checkEveryDays`. no_data: no value, or ' +
    'only a first period that fills.',
})

export const kpiKey = z.string().meta({ examples: ['KPI-2'] })

export const kpiResponse = z
  .object({
    key: kpiKey,
    title: z.string(),
    description: z.string(),
    owner: z.string().nullable(),
    team: z.string().nullable(),
    unit: z.string(),
    band,
    period: z.enum(period.options),
    valueOfPeriod: z.enum(valueOfPeriod.options),
    timeZone: z.string(),
    source: z.string(),
    checkEveryDays: z.int(),
    externalId: z.string().nullable(),
    health: kpiHealth,
    latestPeriod: kpiPeriod.nullable().meta({ description: 'null: it never had a value.' }),
    lastValueAt: instant.nullable(),
    archivedAt: instant.nullable(),
  })
  .meta({ id: 'Kpi', description: 'A number outside any objective that should stay in its band.' })

export const kpiPage = pageOf(kpiResponse, 'The key of the last KPI here.')

export const kpiHistoryQuery = z.strictObject({
  from: day.optional().meta({ description: 'A day of the first period; left out: 24 periods back.' }),
  to: day.optional().meta({ description: 'A day of the last period; left out: today.' }),
})

export const kpiHistoryResponse = z
  .object({ key: kpiKey, unit: z.string(), band, periods: z.array(kpiPeriod) })
  .meta({ id: 'KpiHistory', description: 'Periods that have a value, oldest first.' })

export function presentKpi({
  kpi,
  health,
  evidence,
}: {
  readonly kpi: Kpi
  readonly health: KpiHealth
  readonly evidence: KpiEvidence
}): z.output<typeof kpiResponse> {
  return {
    ...kpi,
    health,
    latestPeriod: evidence.latest,
    lastValueAt: instantOrNull(evidence.lastValueAt),
    archivedAt: instantOrNull(kpi.archivedAt),
  }
}

export function presentKpiHistory(
  { key, unit, band: kept }: Kpi,
  periods: readonly KpiPeriod[],
): z.output<typeof kpiHistoryResponse> {
  return { key, unit, band: kept, periods: [...periods] }
}
