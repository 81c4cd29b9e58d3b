/**
 * Every failure a user can cause or meet, once. The code is stable and documented in docs/errors.md; the way a code
 * becomes an HTTP status is the business of http/error-response.ts alone.
 */
export const ERROR_CODES = [
  'OKR_INPUT_INVALID',
  'OKR_CYCLE_NOT_FOUND',
  'OKR_CYCLE_EXISTS',
  'OKR_CYCLE_NOT_EMPTY',
  'OKR_CYCLE_NOT_OVER',
  'OKR_CYCLE_CLOSED',
  'OKR_CYCLE_NOT_CLOSED',
  'OKR_CYCLE_ROLLED_OVER',
  'OKR_TEMPLATE_NOT_FOUND',
  'OKR_TEMPLATE_EXISTS',
  'OKR_OBJECTIVE_NOT_FOUND',
  'OKR_OBJECTIVE_EXISTS',
  'OKR_OBJECTIVE_NOT_EMPTY',
  'OKR_KEY_RESULT_NOT_FOUND',
  'OKR_KEY_RESULT_EXISTS',
  'OKR_KEY_RESULT_ARCHIVED',
  'OKR_MEASURE_WITHOUT_DIRECTION',
  'OKR_ALIGNMENT_CIRCULAR',
  'OKR_APPLY_CONFLICT',
  'OKR_PLAN_CHANGED',
  'OKR_CHECK_IN_NOT_POSSIBLE',
  'OKR_VALUE_ID_TAKEN',
  'OKR_INITIATIVE_ARCHIVED',
  'OKR_INITIATIVE_EXISTS',
  'OKR_INITIATIVE_NOT_FOUND',
  'OKR_KPI_NOT_FOUND',
  'OKR_KPI_ARCHIVED',
  'OKR_KPI_EXISTS',
  'OKR_STEP_NOT_FOUND',
  'OKR_HEALTH_POLICY_NOT_FOUND',
  'OKR_HEALTH_POLICY_IN_USE',
  'OKR_TEAM_NOT_FOUND',
  'OKR_WARNING_NOT_FOUND',
  'OKR_WARNING_RESOLVED',
  'OKR_SPRINT_NOT_FOUND',
  'OKR_SPRINT_NOT_STARTED',
  'OKR_SPRINT_NOT_CLOSED',
  'OKR_SPRINT_CLOSED',
  'OKR_BOARD_NOT_FOUND',
  'OKR_SITE_UNKNOWN',
  'OKR_ISSUE_UNKNOWN',
  'OKR_DELIVERY_NOT_FOUND',
  'OKR_NOT_FOUND',
  'OKR_UNAUTHORIZED',
  'OKR_SIGNATURE_INVALID',
  'OKR_BODY_TOO_LARGE',
  'OKR_MEDIA_TYPE_UNSUPPORTED',
  'OKR_TOO_MANY_REQUESTS',
  'OKR_UNAVAILABLE',
  'OKR_INTERNAL',
  'OKR_CONFIG_INVALID',
  'OKR_JIRA_UNREACHABLE',
  'OKR_JIRA_REFUSED',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** A failure with a stable code. The message says what was seen, what was expected and what to do. */
export class ThroughlineError extends Error {
  readonly code: ErrorCode
  /** Where in the input, for `OKR_INPUT_INVALID`: one entry per problem. */
  readonly problems: readonly InputProblem[]

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; problems?: readonly InputProblem[] } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'ThroughlineError'
    this.code = code
    this.problems = options.problems ?? []
  }
}

export interface InputProblem {
  /** Path into the input: `measure.target`. */
  readonly field: string
  readonly message: string
}
