import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { ThroughlineError, type InputProblem } from '../app/errors.ts'

/** Validates one part of a request; no body reads as an empty object. A refusal lists every field that is wrong, each with its path. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const result = schema.safeParse(httpPart === 'body' ? (data ?? {}) : data)
    if (result.success) return { value: result.data }
    const problems = result.error.issues.flatMap(problemsOf)
    const part = httpPart === 'querystring' ? 'query' : (httpPart ?? 'input')
    const fields = [...new Set(problems.map((problem) => problem.field))].join(', ')
    return {
      error: new ThroughlineError('OKR_INPUT_INVALID', `The ${part} is not valid: see ${fields}.`, {
        problems,
      }),
    }
  }

function problemsOf(issue: z.core.$ZodIssue): InputProblem[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'is not a property here' }))
  }
  return [{ field: path.join('.') || '(whole)', message: issue.message }]
}
