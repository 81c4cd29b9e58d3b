import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problemsFound, type InputFormat } from '../../src/contracts/problem-text.ts'

function told(schema: z.ZodType, input: unknown, format?: InputFormat): string[] {
  const read = schema.safeParse(input)
  if (read.success) throw new Error('nothing is wrong with it')
  return problemsFound(read.error.issues, input, format).map(({ message }) => message)
}

describe('what is wrong with some input', () => {
  it('names an empty text among what can stand there', () => {
    expect(told(z.enum(['each', '']), 'x')).toEqual(['expected each, empty text; found "x"'])
    expect(told(z.union([z.number(), z.literal('')]), 'x')).toEqual([
      'expected a number, or expected empty text; found "x"',
    ])
  })

  it('counts one of them as one', () => {
    expect(told(z.array(z.string()).min(1), [])).toEqual(['expected at least 1 entry; found []'])
    expect(told(z.array(z.string()).min(2), [])).toEqual(['expected at least 2 entries; found []'])
    expect(told(z.string().max(1), 'ab')).toEqual(['expected at most 1 character; found "ab"'])
  })

  it('advises quotes where they were left out of a file, and nowhere else', () => {
    const advice = ' (in quotes, if it looks like a number)'
    expect(told(z.string(), 5, 'yaml')).toEqual([`expected text${advice}; found 5`])
    expect(told(z.string(), [5], 'yaml')).toEqual(['expected text; found [5]'])
    expect(told(z.string(), 5)).toEqual(['expected text; found 5'])
  })

  it('leaves the words to a schema that has its own', () => {
    const schema = z.string({ error: ({ input }) => (input === null ? 'leave it out' : undefined) })
    expect(told(schema, null)).toEqual(['leave it out; found null'])
    expect(told(schema, 5)).toEqual(['expected text; found 5'])
  })
})
