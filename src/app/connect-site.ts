import { discoverFields, isRefusal, type FieldDiscovery } from './discover-fields.ts'
import type { BlockingType } from '../domain/site.ts'
import { JiraError, type Jira, type JiraAccount, type JiraFailure, type JiraWebhook } from './ports/jira.ts'

/** What Throughline must hear of. Comments and worklogs move nothing here and are not asked for. */
export const WEBHOOK_EVENTS: readonly string[] = [
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
  'issuelink_created',
  'issuelink_deleted',
  'sprint_created',
  'sprint_updated',
  'sprint_started',
  'sprint_closed',
  'sprint_deleted',
  'board_created',
  'board_updated',
  'board_deleted',
  'project_created',
  'project_updated',
  'project_deleted',
  'project_soft_deleted',
  'project_restored_deleted',
]

/** What each permission is for. Only the first is needed to show progress. */
const PERMISSIONS = {
  BROWSE_PROJECTS: 'read_issues',
  ADD_COMMENTS: 'write_comments',
  EDIT_OWN_COMMENTS: 'edit_comments',
  ADMINISTER: 'register_webhook',
} as const

type PermissionKey = keyof typeof PERMISSIONS

interface MissingPermission {
  readonly key: PermissionKey
  readonly neededTo: (typeof PERMISSIONS)[PermissionKey]
}

export interface ConnectInput {
  /** The id or the name of the field that holds KR keys; null when the site has none. */
  readonly keyResultField: string | null
  /** The type of blocking links that an earlier connect found; null for a first one. */
  readonly blocks: BlockingType | null
  readonly webhook: {
    readonly name: string
    /** Where Jira is to send events. */
    readonly url: string
    /** null when none is configured: an unsigned webhook is never registered. */
    readonly secret: string | null
  }
}

/** What connecting found, for the caller to store and show. Holds no secret. */
export type ConnectReport =
  | {
      /** Jira does not accept the account: nothing else was tried. */
      readonly kind: 'not_connected'
      readonly failure: JiraFailure
      readonly message: string
    }
  | {
      readonly kind: 'connected'
      readonly account: JiraAccount
      readonly missingPermissions: readonly MissingPermission[]
      readonly discovery: FieldDiscovery
      readonly webhook: WebhookStep
    }

export type WebhookStep =
  | { readonly kind: 'registered'; readonly webhook: JiraWebhook }
  /** This account may not: a Jira administrator enters the values under System → WebHooks. */
  | { readonly kind: 'enter_by_hand'; readonly reason: string; readonly values: WebhookValues }
  /** Jira does not want these values from anybody (an address it cannot reach, or without https). */
  | { readonly kind: 'refused'; readonly reason: string; readonly values: WebhookValues }
  | { readonly kind: 'secret_missing' }

interface WebhookValues {
  readonly name: string
  readonly url: string
  /** Says where to find the secret, never what it is. */
  readonly secret: 'the value of JIRA_WEBHOOK_SECRET'
  readonly events: readonly string[]
  /** Empty: events of all projects. */
  readonly jql: ''
  readonly excludeBody: false
}

/**
 * Checks a Jira and makes it talk to Throughline: account, permissions, fields, webhook. Changes nothing but the
 * webhook, and stores nothing. Running it again ends in the same state.
 *
 * @throws JiraError for an outage after the account was accepted
 */
export async function connectSite(
  deps: { readonly jira: Jira },
  input: ConnectInput,
): Promise<ConnectReport> {
  const { jira } = deps
  let account: JiraAccount
  try {
    account = await jira.whoAmI()
  } catch (error) {
    if (!(error instanceof JiraError)) throw error
    return { kind: 'not_connected', failure: error.failure, message: error.message }
  }
  const keys = Object.keys(PERMISSIONS) as PermissionKey[]
  const granted = await jira.grantedPermissions(keys)
  return {
    kind: 'connected',
    account,
    missingPermissions: keys
      .filter((key) => !granted.has(key))
      .map((key) => ({ key, neededTo: PERMISSIONS[key] })),
    discovery: await discoverFields(jira, input),
    webhook: await registerWebhook(jira, input.webhook, granted.has('ADMINISTER')),
  }
}

async function registerWebhook(
  jira: Jira,
  { name, url, secret }: ConnectInput['webhook'],
  isAdministrator: boolean,
): Promise<WebhookStep> {
  if (secret === null) return { kind: 'secret_missing' }
  const values: WebhookValues = {
    name,
    url,
    secret: 'the value of JIRA_WEBHOOK_SECRET',
    events: WEBHOOK_EVENTS,
    jql: '',
    excludeBody: false,
  }
  if (!isAdministrator) {
    return { kind: 'enter_by_hand', reason: 'the account is not a Jira administrator', values }
  }
  try {
    const webhook = await jira.registerWebhook({ name, url, secret, events: WEBHOOK_EVENTS })
    return { kind: 'registered', webhook }
  } catch (error) {
    // Scoped tokens and Data Center from version 10 have no such resource, whatever the account may do.
    if (isRefusal(error)) return { kind: 'enter_by_hand', reason: error.message, values }
    if (error instanceof JiraError && error.failure === 'rejected') {
      return { kind: 'refused', reason: error.message, values }
    }
    throw error
  }
}
