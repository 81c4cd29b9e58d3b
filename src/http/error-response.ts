import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import { nameOf } from '../app/failure.ts'
import { ThroughlineError, type ErrorCode } from '../app/errors.ts'
import type { Problem } from '../contracts/api/problem.ts'

interface Answer {
  readonly status: number
  readonly title: string
  /** Said instead of the error's own message, for failures whose cause is nobody's business outside. */
  readonly detail?: string
}

/** The only place that knows which HTTP status a code has. */
export const ANSWERS: Readonly<Record<ErrorCode, Answer>> = {
  OKR_INPUT_INVALID: { status: 400, title: 'Input is not valid' },
  OKR_CYCLE_NOT_FOUND: { status: 404, title: 'No such cycle' },
  OKR_CYCLE_EXISTS: { status: 409, title: 'Cycle exists already' },
  OKR_CYCLE_NOT_EMPTY: { status: 409, title: 'Cycle still has objectives' },
  OKR_CYCLE_NOT_OVER: { status: 409, title: 'Cycle is not over' },
  OKR_CYCLE_CLOSED: { status: 409, title: 'Cycle is closed' },
  OKR_CYCLE_NOT_CLOSED: { status: 409, title: 'Cycle is not closed' },
  OKR_CYCLE_ROLLED_OVER: { status: 409, title: 'Cycle was rolled over' },
  OKR_TEMPLATE_NOT_FOUND: { status: 404, title: 'No such template' },
  OKR_TEMPLATE_EXISTS: { status: 409, title: 'Template exists already' },
  OKR_OBJECTIVE_NOT_FOUND: { status: 404, title: 'No such objective' },
  OKR_OBJECTIVE_EXISTS: { status: 409, title: 'Objective exists already' },
  OKR_OBJECTIVE_NOT_EMPTY: { status: 409, title: 'Objective still has key results' },
  OKR_KEY_RESULT_NOT_FOUND: { status: 404, title: 'No such key result' },
  OKR_KEY_RESULT_EXISTS: { status: 409, title: 'Key result exists already' },
  OKR_KEY_RESULT_ARCHIVED: { status: 409, title: 'Key result is archived' },
  OKR_MEASURE_WITHOUT_DIRECTION: { status: 400, title: 'Measure has no direction' },
  OKR_ALIGNMENT_CIRCULAR: { status: 400, title: 'Goals lead in a circle' },
  OKR_APPLY_CONFLICT: { status: 409, title: 'File and goals were both changed' },
  OKR_PLAN_CHANGED: { status: 409, title: 'Plan is no longer what was shown' },
  OKR_CHECK_IN_NOT_POSSIBLE: { status: 409, title: 'Check-in is not possible' },
  OKR_VALUE_ID_TAKEN: { status: 409, title: 'Another value has this id' },
  OKR_INITIATIVE_ARCHIVED: { status: 409, title: 'Initiative is archived' },
  OKR_INITIATIVE_EXISTS: { status: 409, title: 'Initiative exists already' },
  OKR_INITIATIVE_NOT_FOUND: { status: 404, title: 'No such initiative' },
  OKR_KPI_NOT_FOUND: { status: 404, title: 'No such KPI' },
  OKR_KPI_ARCHIVED: { status: 409, title: 'KPI is archived' },
  OKR_KPI_EXISTS: { status: 409, title: 'KPI exists already' },
  OKR_STEP_NOT_FOUND: { status: 404, title: 'No such step' },
  OKR_HEALTH_POLICY_NOT_FOUND: { status: 404, title: 'No such health policy' },
  OKR_HEALTH_POLICY_IN_USE: { status: 409, title: 'Health policy is in use' },
  OKR_TEAM_NOT_FOUND: { status: 404, title: 'No such team' },
  OKR_WARNING_NOT_FOUND: { status: 404, title: 'No such warning' },
  OKR_WARNING_RESOLVED: { status: 409, title: 'Warning is over' },
  OKR_SPRINT_NOT_FOUND: { status: 404, title: 'No such sprint' },
  OKR_SPRINT_NOT_STARTED: { status: 409, title: 'Sprint has not started' },
  OKR_SPRINT_NOT_CLOSED: { status: 409, title: 'Sprint still runs' },
  OKR_SPRINT_CLOSED: { status: 409, title: 'Sprint is closed' },
  OKR_BOARD_NOT_FOUND: { status: 404, title: 'No such board' },
  OKR_SITE_UNKNOWN: { status: 404, title: 'No such site' },
  OKR_ISSUE_UNKNOWN: { status: 404, title: 'Issue is not known' },
  OKR_DELIVERY_NOT_FOUND: { status: 404, title: 'No such delivery' },
  OKR_NOT_FOUND: { status: 404, title: 'Nothing here' },
  OKR_UNAUTHORIZED: { status: 401, title: 'A valid token is needed' },
  OKR_SIGNATURE_INVALID: { status: 401, title: 'Signature is not valid' },
  OKR_BODY_TOO_LARGE: { status: 413, title: 'Body is too large' },
  OKR_MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'Media type is not supported' },
  OKR_TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  OKR_UNAVAILABLE: {
    status: 503,
    title: 'Not available right now',
    detail: 'The service cannot do this right now. Try again after the time that Retry-After gives.',
  },
  OKR_INTERNAL: {
    status: 500,
    title: 'Something failed on our side',
    detail: 'The request failed on our side and was logged. Report it with the X-Request-Id of this answer.',
  },
  OKR_CONFIG_INVALID: {
    status: 500,
    title: 'Settings are not valid',
    detail: 'The service is not set up for this. The log says which setting is wrong.',
  },
  OKR_JIRA_UNREACHABLE: {
    status: 502,
    title: 'Jira does not answer',
    detail: 'Jira could not be reached. Try again later; the log says what happened.',
  },
  OKR_JIRA_REFUSED: {
    status: 502,
    title: 'Jira refused',
    detail: 'Jira refused what was asked of it. The log says what and why.',
  },
}

export const RETRY_AFTER_SECONDS = 5

const SERVER_ERROR = 500

/**
 * Turns whatever was thrown into one of our codes. Errors of the framework are told apart by its own codes and
 * statuses; anything unknown is an outage or a bug of ours.
 */
export function codedError(error: unknown, isOutage: (error: unknown) => boolean): ThroughlineError {
  if (error instanceof ThroughlineError) return error
  const { statusCode, message } = frameworkError(error)
  const coded = (code: ErrorCode) => new ThroughlineError(code, message, { cause: error })
  if (statusCode === 413) return coded('OKR_BODY_TOO_LARGE')
  if (statusCode === 415) return coded('OKR_MEDIA_TYPE_UNSUPPORTED')
  if (statusCode === 429) return coded('OKR_TOO_MANY_REQUESTS')
  if (statusCode === 404) return coded('OKR_NOT_FOUND')
  if (statusCode >= 400 && statusCode < SERVER_ERROR) return coded('OKR_INPUT_INVALID')
  return coded(statusCode === 503 || isOutage(error) ? 'OKR_UNAVAILABLE' : 'OKR_INTERNAL')
}

function frameworkError(error: unknown): { statusCode: number; message: string } {
  const statusCode: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : null
  return {
    statusCode: typeof statusCode === 'number' ? statusCode : SERVER_ERROR,
    message: error instanceof Error ? error.message : 'not an error',
  }
}

/** The problem details of an error, as they are sent. */
export function problemOf(error: ThroughlineError): Problem {
  const { status, title, detail } = ANSWERS[error.code]
  return {
    type: `urn:throughline:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail: detail ?? error.message,
    code: error.code,
    problems: error.problems.map(({ field, message }) => ({ field, message })),
  }
}

/** Answers with problem details. What failed on our side is logged with its kind and place, never with its data. */
export function sendProblem(
  error: ThroughlineError,
  request: FastifyRequest,
  reply: FastifyReply,
  log: FastifyBaseLogger = request.log,
): FastifyReply {
  const body = problemOf(error)
  if (body.status >= SERVER_ERROR) {
    const { method, routeOptions } = request
    const cause = error.code === 'OKR_INTERNAL' || error.code === 'OKR_UNAVAILABLE' ? error.cause : error
    log.error(
      {
        reqId: request.id,
        method,
        route: routeOptions.url,
        code: error.code,
        failure: nameOf(cause),
        at: placeOf(cause),
      },
      'request failed',
    )
  }
  if (error.code === 'OKR_UNAVAILABLE' && !reply.hasHeader('retry-after')) {
    void reply.header('retry-after', RETRY_AFTER_SECONDS)
  }
  if (error.code === 'OKR_UNAUTHORIZED') void reply.header('www-authenticate', 'Bearer')
  return reply
    .code(body.status)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(body))
}

/** The stack without its first line: messages of drivers quote the values of a statement. */
function placeOf(error: unknown): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return []
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .slice(0, 12)
}
