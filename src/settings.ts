import { z } from 'zod'
import { DEFAULT_LABEL_PATTERN } from './domain/site.ts'
import { LOCALES } from './domain/writeback/messages.ts'

/** One setting of the environment, with what the documentation says of it. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  /** One or two sentences for an operator. */
  readonly about: string
  /** What happens without it. */
  readonly otherwise: string
  readonly example: string
  readonly isSecret: boolean
}

function setting<Schema extends z.ZodType>(
  schema: Schema,
  about: string,
  otherwise: string,
  example: string,
): Setting<Schema> {
  return { schema, about, otherwise, example, isSecret: false }
}

function secret<Schema extends z.ZodType>(
  schema: Schema,
  about: string,
  otherwise: string,
  example: string,
): Setting<Schema> {
  return { schema, about, otherwise, example, isSecret: true }
}

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'expected an http(s) address' })
  .transform((url) => url.replace(/\/+$/, ''))

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional()

/** A short secret can be guessed; Jira takes any length. */
const signingSecret = z
  .string()
  .min(16, 'expected at least 16 characters; make one with: openssl rand -hex 32')

/**
 * Every setting Throughline reads. `.env.example` and `docs/environment.md` are written from this table, and a test
 * keeps them in step.
 */
export const SETTINGS = {
  PORT: setting(
    z.coerce.number().int().min(0).max(65_535).default(8080),
    'Port of the HTTP server.',
    '8080',
    '8080',
  ),
  HOST: setting(
    z.string().min(1).default('127.0.0.1'),
    'Address to listen on; 0.0.0.0 for all interfaces.',
    '127.0.0.1',
    '0.0.0.0',
  ),
  PUBLIC_URL: setting(
    optional(httpUrl),
    'Address under which people and Jira reach Throughline. Jira Cloud needs https on port 443, 8080 or 8443.',
    'http://HOST:PORT',
    'https://throughline.example.org',
  ),
  TRUSTED_PROXIES: setting(
    z.coerce.number().int().min(0).max(10).default(0),
    'How many reverse proxies stand in front; their X-Forwarded-For is believed.',
    '0',
    '1',
  ),
  DATABASE_URL: setting(
    optional(
      z.url({ protocol: /^postgres(ql)?$/, error: 'expected postgres://user:password@host:5432/database' }),
    ),
    'PostgreSQL 15 or newer, which holds everything.',
    'an embedded PostgreSQL in DATA_DIR',
    'postgres://throughline:change-me@localhost:5432/throughline',
  ),
  REDIS_URL: setting(
    optional(z.url({ protocol: /^rediss?$/, error: 'expected redis://host:6379' })),
    'Redis 6.2 or newer for the queue, with maxmemory-policy noeviction.',
    'the queue lives in the same PostgreSQL',
    'redis://localhost:6379',
  ),
  DATA_DIR: setting(
    z.string().min(1).default('./data'),
    'Folder of the embedded PostgreSQL and of generated tokens.',
    './data',
    './data',
  ),
  LOG_LEVEL: setting(
    z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
    'How much is logged, as JSON lines on standard output.',
    'info',
    'info',
  ),
  LOCALE: setting(
    z.enum(LOCALES as ['en', 'zh-CN', 'zh-TW']).default('en'),
    'Language of what is written into Jira: en, zh-CN or zh-TW.',
    'en',
    'en',
  ),
  ADMIN_TOKEN: secret(
    optional(z.string().min(16, 'expected at least 16 characters; make one with: openssl rand -hex 32')),
    'Bearer token of the REST API.',
    'one is made and kept in DATA_DIR/admin-token',
    'change-me-0123456789abcdef',
  ),
  JIRA_SITE: setting(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected lower-case letters, digits and dashes')
      .default('main'),
    'Short name of the Jira site, as it stands in the webhook address /webhooks/jira/JIRA_SITE.',
    'main',
    'main',
  ),
  JIRA_URL: setting(
    optional(httpUrl),
    'Address of the Jira site; for a scoped API token https://api.atlassian.com/ex/jira/CLOUD_ID.',
    'no Jira is read or written',
    'https://your-site.atlassian.net',
  ),
  JIRA_DEPLOYMENT: setting(
    z.enum(['cloud', 'datacenter']).default('cloud'),
    'Kind of Jira: cloud or datacenter.',
    'cloud',
    'cloud',
  ),
  JIRA_EMAIL: setting(
    optional(z.email('expected the e-mail address of the Jira account')),
    'E-mail address of the Jira account whose token is used (Cloud).',
    'the token is sent as a Bearer token, as Data Center wants it',
    'throughline@example.org',
  ),
  JIRA_API_TOKEN: secret(
    optional(z.string().min(1)),
    'API token (Cloud) or personal access token (Data Center).',
    'webhooks are taken, but nothing is read from or written to Jira',
    'change-me',
  ),
  JIRA_WEBHOOK_SECRET: secret(
    optional(signingSecret),
    'Secret Jira signs its webhooks with. Without one no webhook is accepted.',
    'the webhook address answers 404',
    'change-me-0123456789abcdef',
  ),
  JIRA_WEBHOOK_SECRET_PREVIOUS: secret(
    optional(signingSecret),
    'The secret before the current one, accepted while it is being rotated.',
    'only the current one is accepted',
    'change-me-fedcba9876543210',
  ),
  JIRA_COMMENTS: setting(
    z.enum(['on', 'off']).default('on'),
    'Whether status comments are written into Jira.',
    'on',
    'on',
  ),
  JIRA_LABEL_PATTERN: setting(
    z.string().min(1).max(500).default(DEFAULT_LABEL_PATTERN),
    'Regular expression (RE2 syntax, any case) for labels that name a key result; its first group is the key or its ' +
      'number. After a change `npx throughline rebuild` applies it to what is stored.',
    DEFAULT_LABEL_PATTERN,
    DEFAULT_LABEL_PATTERN,
  ),
  JIRA_KEY_RESULT_FIELD: setting(
    optional(z.string().min(1)),
    'Id or name of a custom field that holds KR keys. A change takes effect with `npx throughline connect`, then ' +
      '`npx throughline backfill` and `npx throughline rebuild`.',
    'labels, parents and hand-made links only',
    'customfield_10077',
  ),
  JIRA_NOT_DELIVERED_RESOLUTIONS: setting(
    z
      .string()
      .default('')
      .transform((list) =>
        list
          .split(',')
          .map((id) => id.trim())
          .filter((id) => id !== ''),
      ),
    'Ids of resolutions that close an issue without delivering it, separated by commas. After a change ' +
      '`npx throughline rebuild` applies them to what is stored.',
    "the well-known ones by name: Won't Do, Duplicate …",
    '10001,10002',
  ),
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS
export type SettingValues = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> }
