import { z } from 'zod'

/** Every error answer, as RFC 9457 describes it. */
export const problem = z
  .object({
    type: z.string().meta({
      description: 'Identifies the kind of problem; the same for every occurrence of a code.',
      examples: ['urn:throughline:problem:okr-input-invalid'],
    }),
    title: z
      .string()
      .meta({ description: 'The kind of problem in a few words.', examples: ['Input is not valid'] }),
    status: z
      .int()
      .min(400)
      .max(599)
      .meta({ examples: [400] }),
    detail: z.string().meta({ description: 'What was seen, what was expected, what to do.' }),
    code: z.string().meta({
      description: 'A stable code to decide on; docs/errors.md lists every one.',
      examples: ['OKR_INPUT_INVALID'],
    }),
    problems: z
      .array(
        z.object({
          field: z.string().meta({ description: 'Path into the input.', examples: ['measure.target'] }),
          message: z.string(),
        }),
      )
      .meta({ description: 'One entry per field that is wrong; empty for other kinds of problems.' }),
  })
  .meta({ id: 'Problem', description: 'An error answer: problem details (RFC 9457) with a stable code.' })

export type Problem = z.output<typeof problem>
