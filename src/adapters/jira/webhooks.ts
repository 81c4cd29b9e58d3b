import { z } from 'zod'
import type { Jira, JiraWebhook, WebhookRegistration } from '../../app/ports/jira.ts'
import { jiraWebhook } from '../../contracts/jira/rest.ts'
import type { JiraClient } from './client.ts'
import type { JiraRequest } from './request.ts'

export type Webhooks = Pick<Jira, 'findWebhook' | 'registerWebhook'>

const ENDPOINT = '/rest/webhooks/1.0/webhook'

/** Admin webhooks: the only kind that Jira signs without an app. Described by Atlassian in prose only. */
export function createWebhooks(client: JiraClient): Webhooks {
  async function findWebhook(url: string): Promise<JiraWebhook | null> {
    const list = await client.ask({ method: 'GET', endpoint: ENDPOINT, access: 'read' }, z.array(jiraWebhook))
    const found = list.find((webhook) => webhook.url === url)
    return found === undefined ? null : { id: found.id, enabled: found.enabled, events: found.events }
  }

  return {
    findWebhook,

    async registerWebhook(registration) {
      const existing = await findWebhook(registration.url)
      const request = existing === null ? creation(registration) : change(registration, existing.id)
      await client.exchange(request, [])
      // Read back rather than taken from the answer, which is empty for a change.
      const stored = await findWebhook(registration.url)
      if (stored === null)
        throw client.unexpected(request, 'the webhook is not listed after its registration')
      return stored
    },
  }
}

function creation(registration: WebhookRegistration): JiraRequest {
  return {
    method: 'POST',
    endpoint: ENDPOINT,
    body: bodyOf(registration),
    access: 'write',
    secret: registration.secret,
  }
}

function change(registration: WebhookRegistration, id: string): JiraRequest {
  return {
    method: 'PUT',
    endpoint: `${ENDPOINT}/{id}`,
    at: { id },
    body: bodyOf(registration),
    access: 'write',
    secret: registration.secret,
  }
}

/** Without a filter the webhook is sent for every project, which links over projects need. */
function bodyOf({ name, url, events, secret }: WebhookRegistration): object {
  return { name, url, events, secret, filters: {}, excludeBody: false }
}
