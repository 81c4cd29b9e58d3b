import { connectSite, type ConnectReport, type WebhookStep } from '../app/connect-site.ts'
import { ThroughlineError } from '../app/errors.ts'
import { unconnectedSite } from '../app/site-context.ts'
import type { Service } from '../compose.ts'
import type { Settings } from '../config.ts'
import type { CustomField } from '../domain/site.ts'
import { say, withJira } from './one-off.ts'

type Connected = Extract<ConnectReport, { kind: 'connected' }>

/** Checks account and permissions, finds the fields, registers the webhook, and keeps what it found. */
export async function connect(settings: Settings): Promise<void> {
  await withJira(settings, async (service, jira) => {
    const { config, secrets } = settings
    const known = await service.database.records.sites.site(config.jira.siteId)
    const report = await connectSite(
      { jira },
      {
        keyResultField: config.jira.keyResultField,
        blocks: known?.fields.blocks ?? null,
        webhook: {
          name: 'Throughline',
          url: `${config.http.publicUrl}/webhooks/jira/${config.jira.siteId}`,
          secret: secrets.webhookSecrets[0] ?? null,
        },
      },
    )
    if (report.kind === 'not_connected') throw notConnected(report)
    await keep(service, settings, report)
    print(report, config.jira.baseUrl)
  })
}

function notConnected({
  failure,
  message,
}: Extract<ConnectReport, { kind: 'not_connected' }>): ThroughlineError {
  const isAway = failure === 'unavailable' || failure === 'rate_limited'
  return isAway
    ? new ThroughlineError('OKR_JIRA_UNREACHABLE', `Jira cannot be reached: ${message}`)
    : new ThroughlineError('OKR_JIRA_REFUSED', `Jira does not take this account: ${message}`)
}

async function keep(
  { database, clock }: Service,
  { config }: Settings,
  { account, discovery }: Connected,
): Promise<void> {
  const { sites } = database.records
  const site = (await sites.site(config.jira.siteId)) ?? unconnectedSite(config.jira.siteId)
  await sites.save({
    ...site,
    fields: discovery.fields,
    accountId: account.accountId,
    connectedAt: clock.now(),
  })
}

function print({ account, missingPermissions, discovery, webhook }: Connected, baseUrl: string): void {
  const { fields, pointsFoundBy, boards, keyResultField } = discovery
  say(`Connected to ${baseUrl} as ${account.displayName} (${account.accountId}).`)
  for (const { key, neededTo } of missingPermissions)
    say(`  Missing permission ${key}, needed to ${neededTo.replaceAll('_', ' ')}.`)
  say(`Sprint field: ${nameOf(fields.sprint)}`)
  say(
    `Story points: ${fields.points.map(nameOf).join(', ') || 'none found'} (found by ${pointsFoundBy}, ${boards.read} boards read)`,
  )
  say(`Epic link: ${nameOf(fields.epicLink)}`)
  say(`Flag: ${nameOf(fields.flag)}`)
  say(`Blocking links: ${nameOf(fields.blocks)}`)
  say(`Numeric fields: ${fields.numbers.map(nameOf).join(', ') || 'none found'}`)
  if (keyResultField.kind === 'found') say(`Key result field: ${nameOf(keyResultField.field)}`)
  if (keyResultField.kind === 'missing')
    say(`Key result field: there is none called ${keyResultField.wanted}; check JIRA_KEY_RESULT_FIELD.`)
  if (keyResultField.kind === 'ambiguous') {
    say(
      `Key result field: several are called ${keyResultField.wanted}; set JIRA_KEY_RESULT_FIELD to one of the ids:`,
    )
    for (const candidate of keyResultField.candidates) say(`  ${nameOf(candidate)}`)
  }
  printWebhook(webhook)
}

function printWebhook(step: WebhookStep): void {
  switch (step.kind) {
    case 'registered':
      return say(
        `Webhook ${step.webhook.id} is registered and ${step.webhook.enabled ? 'enabled' : 'disabled in Jira'}.`,
      )
    case 'secret_missing':
      return say('No webhook was registered: JIRA_WEBHOOK_SECRET is not set.')
    case 'enter_by_hand':
    case 'refused':
      say(
        step.kind === 'refused'
          ? `Jira refused the webhook: ${step.reason}`
          : `The webhook must be entered by a Jira administrator (${step.reason}), under System → WebHooks:`,
      )
      say(`  Name    ${step.values.name}`)
      say(`  URL     ${step.values.url}`)
      say(`  Secret  ${step.values.secret}`)
      say(`  Events  ${step.values.events.join(', ')}`)
      say('  JQL     leave empty; do not exclude the body')
  }
}

function nameOf(field: CustomField | null): string {
  return field === null ? 'none found' : `${field.name} (${field.id})`
}
