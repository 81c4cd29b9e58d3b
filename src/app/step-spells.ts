import { deliveredSpells } from '../domain/contributions/delivered-spells.ts'
import type { Measure } from '../domain/measures/measure.ts'
import type { StepSpells } from '../domain/measures/milestones.ts'
import type { Records } from './ports/records.ts'

/** When the issues that tick the steps of a ladder were delivered, over all of their past. */
export async function stepSpells(
  { mirror, sites }: Pick<Records, 'mirror' | 'sites'>,
  measure: Measure,
): Promise<StepSpells[]> {
  if (measure.kind !== 'milestones') return []
  const steps = measure.steps.flatMap(({ title, issue }) => (issue === null ? [] : [{ title, issue }]))
  const bySite = Map.groupBy(steps, ({ issue }) => issue.siteId)
  const found: StepSpells[] = []
  for (const [siteId, ofSite] of bySite) {
    const site = await sites.site(siteId)
    const notDelivered = { resolutionIds: new Set(site?.notDeliveredResolutionIds ?? []) }
    const categories = await mirror.statusCategories(siteId)
    const ids = ofSite.map(({ issue }) => issue.issueId)
    const histories = new Map((await mirror.histories(siteId, ids)).map((one) => [one.issueId, one]))
    for (const { title, issue } of ofSite) {
      const history = histories.get(issue.issueId)
      const spells = history === undefined ? [] : deliveredSpells(history, { notDelivered, categories })
      found.push({ step: title, spells })
    }
  }
  return found
}
