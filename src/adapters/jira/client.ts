import type { z } from 'zod'
import type { JiraError } from '../../app/ports/jira.ts'
import type { Failures } from './failures.ts'
import type { JiraRequest } from './request.ts'
import type { Answer } from './transport.ts'

/** Asks Jira and reads its answer. Every method throws `JiraError`; an error is never an empty result. */
export interface JiraClient {
  /** The answer's body, of the shape the schema describes. */
  ask<T>(request: JiraRequest, schema: z.ZodType<T>): Promise<T>
  /** The answer to a request for which the statuses in `accepted` mean something beside 2xx. */
  exchange(request: JiraRequest, accepted: readonly number[]): Promise<Answer>
  /** Reads the body of an answer from `exchange`. */
  read<T>(request: JiraRequest, answer: Answer, schema: z.ZodType<T>): T
  /** The failure of an answer that `exchange` accepted and that turned out not to be meant. */
  refused(request: JiraRequest, answer: Answer): JiraError
  /** The failure of an answer of the right shape that cannot be. */
  unexpected(request: JiraRequest, problem: string): JiraError
}

export function createJiraClient(
  send: (request: JiraRequest) => Promise<Answer>,
  failures: Failures,
): JiraClient {
  async function exchange(request: JiraRequest, accepted: readonly number[]): Promise<Answer> {
    const answer = await send(request)
    const isSuccess = answer.status >= 200 && answer.status < 300
    if (!isSuccess && !accepted.includes(answer.status)) throw failures.ofAnswer(request, answer)
    return answer
  }

  function read<T>(request: JiraRequest, answer: Answer, schema: z.ZodType<T>): T {
    if (answer.json.kind === 'unreadable') throw failures.ofShape(request, answer.json.reason)
    const parsed = schema.safeParse(answer.json.value)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    throw failures.ofShape(
      request,
      `at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? 'unreadable'}`,
    )
  }

  return {
    exchange,
    read,
    ask: async (request, schema) => read(request, await exchange(request, []), schema),
    refused: (request, answer) => failures.ofAnswer(request, answer),
    unexpected: (request, problem) => failures.ofShape(request, problem),
  }
}
