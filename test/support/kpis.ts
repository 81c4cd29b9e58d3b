import type { NewKpi } from '../../src/app/kpis/create-kpi.ts'

/** A KPI that should stay below 5 % each month. */
export const A_KPI: NewKpi = {
  key: null,
  title: 'Monthly attrition',
  description: '',
  owner: null,
  team: null,
  unit: '%',
  band: { below: 5 },
  period: 'month',
  valueOfPeriod: 'latest',
  timeZone: 'UTC',
  source: 'HR export',
  checkEveryDays: null,
  externalId: null,
}
