import { JiraError, type JiraFailure } from '../../app/ports/jira.ts'
import { jiraErrorTexts } from '../../contracts/jira/rest.ts'
import { AddressRefused } from './outgoing-guard.ts'
import { nameOf, type JiraRequest } from './request.ts'
import { AnswerTooLarge, type Answer, type JiraCredentials } from './transport.ts'

/** Turns what went wrong into a `JiraError` whose message names the request and holds no credential. */
export interface Failures {
  /** For an answer that is not what the request asked for. */
  ofAnswer(request: JiraRequest, answer: Answer, retryAfterMs?: number): JiraError
  /** For an attempt that ended without a whole answer. */
  ofAttempt(request: JiraRequest, error: unknown, retryAfterMs?: number): JiraError
  /** For an answer whose body is not of the documented shape. */
  ofShape(request: JiraRequest, problem: string): JiraError
}

/** An error answer can be long; its first sentences say what is wrong. */
const MAX_TEXT = 600

export function createFailures(credentials: JiraCredentials): Failures {
  const credentialTexts = secretsOf(credentials)

  function failure(
    kind: JiraFailure,
    request: JiraRequest,
    text: string,
    options: { retryAfterMs?: number | undefined; cause?: unknown } = {},
  ): JiraError {
    const secrets = request.secret === undefined ? credentialTexts : [...credentialTexts, request.secret]
    // Blanked before it is cut: a cut could leave the beginning of a secret.
    const safe = secrets.reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), text)
    return new JiraError(kind, `${nameOf(request)}: ${safe.slice(0, MAX_TEXT)}`, {
      retryAfterMs: options.retryAfterMs ?? null,
      cause: options.cause,
    })
  }

  return {
    ofAnswer(request, answer, retryAfterMs) {
      const kind = failureOf(answer)
      const said = answer.json.kind === 'json' ? jiraErrorTexts(answer.json.value) : []
      const quote = said.length === 0 ? '' : `. It said: ${said.join(' ')}`
      const text = `Jira answered ${answer.status}${advice(kind, answer)}${quote}`
      return failure(kind, request, text, { retryAfterMs })
    },

    ofAttempt(request, error, retryAfterMs) {
      return failure(attemptFailure(error), request, attemptText(error), { retryAfterMs, cause: error })
    },

    ofShape(request, problem) {
      return failure('unexpected', request, `Jira's answer is not what it documents: ${problem}`)
    },
  }
}

function attemptFailure(error: unknown): JiraFailure {
  if (error instanceof AddressRefused) return 'rejected'
  return error instanceof AnswerTooLarge ? 'unexpected' : 'unavailable'
}

function failureOf(answer: Answer): JiraFailure {
  const { status } = answer
  if (status === 401 || isLockedOut(answer)) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 410) return 'gone'
  if (status === 429) return 'rate_limited'
  if (status >= 500) return 'unavailable'
  return status >= 400 ? 'rejected' : 'unexpected'
}

/** Data Center refuses an account that failed to log in too often with a 403 that no permission can lift. */
export function isLockedOut(answer: Answer): boolean {
  return answer.status === 403 && answer.header('x-authentication-denied-reason') !== null
}

function advice(kind: JiraFailure, answer: Answer): string {
  if (isLockedOut(answer))
    return '. The account is locked: log in to Jira in a browser once to solve the CAPTCHA'
  if (kind === 'unauthorized') {
    return (
      '. Check the account and its token: tokens expire, and a scoped token works only with the address ' +
      'https://api.atlassian.com/ex/jira/<cloudId>'
    )
  }
  const location = answer.header('location')
  if (answer.status >= 300 && answer.status < 400 && location !== null && URL.canParse(location)) {
    const { origin } = new URL(location)
    return `, a redirect to ${origin}. Redirects are not followed: configure the address Jira itself uses`
  }
  return ''
}

function attemptText(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error instanceof AddressRefused || error instanceof AnswerTooLarge) return error.message
  if (error.name === 'TimeoutError') return 'no whole answer came in time'
  const code = (error as NodeJS.ErrnoException).code
  return `no answer came: ${error.message}${code === undefined ? '' : ` (${code})`}`
}

function secretsOf(credentials: JiraCredentials): string[] {
  if ('bearer' in credentials) return [credentials.bearer].filter((secret) => secret !== '')
  const { email, apiToken } = credentials
  return [Buffer.from(`${email}:${apiToken}`).toString('base64'), apiToken].filter((secret) => secret !== '')
}
