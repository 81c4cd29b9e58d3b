import { ThroughlineError, type InputProblem } from './app/errors.ts'
import type { Deployment } from './domain/site.ts'
import type { Locale } from './domain/writeback/messages.ts'
import { SETTINGS, type SettingName, type SettingValues } from './settings.ts'

/** How Throughline runs. Holds no secret, so it may be logged. */
export interface Config {
  readonly http: {
    readonly port: number
    readonly host: string
    readonly publicUrl: string
    readonly trustedProxies: number
  }
  readonly dataDir: string
  readonly logLevel: SettingValues['LOG_LEVEL']
  readonly locale: Locale
  readonly hasExternalDatabase: boolean
  readonly queue: 'redis' | 'postgres'
  readonly jira: JiraConfig
}

export interface JiraConfig {
  readonly siteId: string
  /** Empty when no Jira is configured. */
  readonly baseUrl: string
  readonly deployment: Deployment
  readonly writesComments: boolean
  readonly labelPattern: string
  readonly keyResultField: string | null
  readonly notDeliveredResolutionIds: readonly string[]
}

/** Kept apart from `Config`, so that no secret rides along into a log line. */
export interface Secrets {
  readonly databaseUrl: string | null
  readonly redisUrl: string | null
  readonly adminToken: string | null
  /** The current one first; empty when no webhook may be accepted. */
  readonly webhookSecrets: readonly string[]
  readonly jiraEmail: string | null
  readonly jiraApiToken: string | null
}

export interface Settings {
  readonly config: Config
  readonly secrets: Secrets
}

/**
 * Reads and checks the environment.
 * @throws ThroughlineError `OKR_CONFIG_INVALID` naming every setting that is wrong; values of secrets are not quoted
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const values = parseSettings(environment)
  const publicUrl = values.PUBLIC_URL ?? `http://${values.HOST}:${values.PORT}`
  return {
    config: {
      http: { port: values.PORT, host: values.HOST, publicUrl, trustedProxies: values.TRUSTED_PROXIES },
      dataDir: values.DATA_DIR,
      logLevel: values.LOG_LEVEL,
      locale: values.LOCALE,
      hasExternalDatabase: values.DATABASE_URL !== undefined,
      queue: values.REDIS_URL === undefined ? 'postgres' : 'redis',
      jira: {
        siteId: values.JIRA_SITE,
        baseUrl: values.JIRA_URL ?? '',
        deployment: values.JIRA_DEPLOYMENT,
        writesComments: values.JIRA_COMMENTS === 'on',
        labelPattern: values.JIRA_LABEL_PATTERN,
        keyResultField: values.JIRA_KEY_RESULT_FIELD ?? null,
        notDeliveredResolutionIds: values.JIRA_NOT_DELIVERED_RESOLUTIONS,
      },
    },
    secrets: {
      databaseUrl: values.DATABASE_URL ?? null,
      redisUrl: values.REDIS_URL ?? null,
      adminToken: values.ADMIN_TOKEN ?? null,
      webhookSecrets: [values.JIRA_WEBHOOK_SECRET, values.JIRA_WEBHOOK_SECRET_PREVIOUS].filter(
        (secret) => secret !== undefined,
      ),
      jiraEmail: values.JIRA_EMAIL ?? null,
      jiraApiToken: values.JIRA_API_TOKEN ?? null,
    },
  }
}

function parseSettings(environment: Readonly<Record<string, string | undefined>>): SettingValues {
  const problems: InputProblem[] = []
  const values: Partial<Record<SettingName, unknown>> = {}
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const text = environment[name]
    const parsed = SETTINGS[name].schema.safeParse(text === undefined || text === '' ? undefined : text)
    if (parsed.success) values[name] = parsed.data
    else
      problems.push({
        field: name,
        message: describe(name, text, parsed.error.issues[0]?.message ?? 'not usable'),
      })
  }
  problems.push(...contradictions(values))
  if (problems.length > 0) throw invalid(problems)
  return values as SettingValues
}

/** Settings that are fine one by one and cannot work together. */
function contradictions(values: Partial<Record<SettingName, unknown>>): InputProblem[] {
  const problems: InputProblem[] = []
  const need = (name: SettingName, because: string) =>
    problems.push({ field: name, message: `missing: ${because}` })
  if (values.JIRA_API_TOKEN !== undefined && values.JIRA_URL === undefined) {
    need('JIRA_URL', 'JIRA_API_TOKEN is set, so the address of that Jira is needed')
  }
  if (values.JIRA_URL !== undefined && values.JIRA_WEBHOOK_SECRET === undefined) {
    need('JIRA_WEBHOOK_SECRET', 'without it no webhook can be trusted; make one with: openssl rand -hex 32')
  }
  if (
    values.JIRA_DEPLOYMENT === 'cloud' &&
    values.JIRA_API_TOKEN !== undefined &&
    values.JIRA_EMAIL === undefined
  ) {
    need('JIRA_EMAIL', 'Jira Cloud takes an API token only together with the e-mail address of its account')
  }
  if (values.JIRA_WEBHOOK_SECRET_PREVIOUS !== undefined && values.JIRA_WEBHOOK_SECRET === undefined) {
    need(
      'JIRA_WEBHOOK_SECRET',
      'JIRA_WEBHOOK_SECRET_PREVIOUS is set, which only helps beside a current secret',
    )
  }
  return problems
}

function describe(name: SettingName, seen: string | undefined, expected: string): string {
  if (seen === undefined) return `missing: ${expected}`
  return SETTINGS[name].isSecret || name.endsWith('_URL')
    ? expected
    : `${expected} (seen: ${JSON.stringify(seen.slice(0, 60))})`
}

function invalid(problems: readonly InputProblem[]): ThroughlineError {
  const lines = problems.map(({ field, message }) => `  ${field}: ${message}`)
  return new ThroughlineError(
    'OKR_CONFIG_INVALID',
    `The settings do not work:\n${lines.join('\n')}\nEvery setting is described in .env.example.`,
    { problems },
  )
}
