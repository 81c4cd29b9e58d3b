import { readDelivery, type DeliveryReading } from '../../src/contracts/jira/webhook.ts'
import type { SiteFields } from '../../src/domain/site.ts'
import type { JiraHistory } from '../../src/demo/jira-simulator/site/jira-history.ts'
import type { WebhookEvent } from '../../src/demo/jira-simulator/webhooks/webhook-event.ts'

/** The fields `connect` would find on a simulated site. */
export function fieldsOf({ site }: JiraHistory): SiteFields {
  return {
    sprint: { id: site.fieldIds.sprint, name: 'Sprint' },
    points: [{ id: site.fieldIds.points, name: 'Story Points' }],
    numbers: [],
    flag: null,
    epicLink: { id: site.fieldIds.epicLink, name: 'Epic Link' },
    keyResult: null,
    blocks: null,
  }
}

/** What Throughline reads from an event, as bytes like those that are posted. */
export function readingOf(event: WebhookEvent, fields: SiteFields): DeliveryReading {
  const body = new TextEncoder().encode(JSON.stringify(event.body))
  return readDelivery(body, { fields, ownAccountId: 'throughline-bot', receivedAt: 0 })
}
