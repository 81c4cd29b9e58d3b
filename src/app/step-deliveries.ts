import { deliveredSince } from '../domain/contributions/delivered-since.ts'
import type { Measure } from '../domain/measures/measure.ts'
import type { StepDelivery } from '../domain/measures/milestones.ts'
import type { EpochMs } from '../domain/time.ts'
import type { Records } from './ports/records.ts'

/** When the issues that tick the steps of a ladder were delivered, as of an instant. */
export async function stepDeliveries(
  { mirror, sites }: Pick<Records, 'mirror' | 'sites'>,
  measure: Measure,
  now: EpochMs,
): Promise<StepDelivery[]> {
  if (measure.kind !== 'milestones') return []
  const steps = measure.steps.flatMap(({ title, issue }) => (issue === null ? [] : [{ title, issue }]))
  const bySite = Map.groupBy(steps, ({ issue }) => issue.siteId)
  const found: StepDelivery[] = []
  for (const [siteId, ofSite] of bySite) {
    const site = await sites.site(siteId)
    const notDelivered = { resolutionIds: new Set(site?.notDeliveredResolutionIds ?? []) }
    const categories = await mirror.statusCategories(siteId)
    const ids = ofSite.map(({ issue }) => issue.issueId)
    const histories = new Map((await mirror.histories(siteId, ids)).map((one) => [one.issueId, one]))
    for (const { title, issue } of ofSite) {
      const history = histories.get(issue.issueId)
      const deliveredAt =
        history === undefined ? null : deliveredSince(history, now, { notDelivered, categories })
      found.push({ step: title, deliveredAt })
    }
  }
  return found
}
