import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { ThroughlineError } from '../app/errors.ts'
import { inputProblems } from '../contracts/problem-text.ts'

/**
 * Validates one part of a request; no body reads as an empty object. A refusal lists every field that is wrong with its
 * path, in the words in which a file with the same mistake is refused.
 */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const input = httpPart === 'body' ? (data ?? {}) : data
    const result = schema.safeParse(input)
    if (result.success) return { value: result.data }
    const problems = inputProblems(result.error.issues, input)
    const part = httpPart === 'querystring' ? 'query' : (httpPart ?? 'input')
    const fields = problems.map(({ field }) => field).join(', ')
    return {
      error: new ThroughlineError('OKR_INPUT_INVALID', `The ${part} is not valid: see ${fields}.`, {
        problems,
      }),
    }
  }
