import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOkrDocument, readOkrValue } from '../../src/contracts/okrs/okr-document.ts'
import { okrText } from '../../src/contracts/okrs/okr-text.ts'
import { anyOkrs } from '../support/any-okrs.ts'

/** The value with something else at the place a way leads to; each step chooses among what is there. */
function replaced(value: unknown, [step, ...further]: readonly number[], piece: unknown): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return piece
  const names = Object.keys(value)
  const name = names[step % (names.length + 1)]
  if (name === undefined)
    return Array.isArray(value) ? [...(value as unknown[]), piece] : { ...value, colour: piece }
  const inside = replaced((value as Record<string, unknown>)[name], further, piece)
  return Array.isArray(value)
    ? value.map((item: unknown, at) => (String(at) === name ? inside : item))
    : { ...value, [name]: inside }
}

/** As it comes out of a file: nothing stands at two places. */
function asRead(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}

describe('a document of OKRs', () => {
  it('reads back as it was written, and is written again byte for byte', () => {
    fc.assert(
      fc.property(anyOkrs, (document) => {
        const text = okrText(document)
        const read = readOkrDocument(text)
        expect(read).toMatchObject({ kind: 'document' })
        if (read.kind !== 'document') return
        expect(read.document).toEqual(document)
        expect(okrText(read.document)).toBe(text)
      }),
      { numRuns: 400 },
    )
  })

  it('reads alike as JSON', () => {
    fc.assert(
      fc.property(anyOkrs, (document) => {
        expect(readOkrDocument(JSON.stringify(document))).toMatchObject({ kind: 'document', document })
      }),
    )
  })

  it('is readable in part whatever stands in the place of its parts, and told of at places that it has', () => {
    const junk = fc.constantFrom<unknown>(
      null,
      7,
      '',
      'no',
      [],
      {},
      ['x'],
      { key: 'KR1' },
      [{ key: 'O-1' }],
      true,
    )
    const breaks = fc.array(fc.tuple(fc.array(fc.nat(30), { maxLength: 7 }), junk), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(anyOkrs, breaks, (document, drawn) => {
        const broken = drawn.reduce<unknown>((value, [way, piece]) => replaced(value, way, piece), document)
        const read = readOkrValue(asRead(broken))
        if (
          read.kind === 'document' ||
          typeof broken !== 'object' ||
          broken === null ||
          Array.isArray(broken)
        )
          return
        expect(read.problems.length).toBeGreaterThan(0)
        expect(new Set(read.problems.map(({ path }) => path)).size).toBe(read.problems.length)
        expect(read.part?.document.objectives).toBeInstanceOf(Array)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is refused or read, whatever the text: reading never throws', () => {
    const pieces = fc.constantFrom(
      'version: 1\n',
      'cycles:',
      '\n  - ',
      'key',
      ': ',
      '[',
      ']',
      '{',
      '}',
      '*a',
      '&a ',
      '? ',
      '"',
      '|',
      '\t',
      '<<: ',
      '!x ',
      '%YAML',
      '---\n',
    )
    const text = fc
      .array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 30 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (any) => {
        expect(['document', 'problems']).toContain(readOkrDocument(any).kind)
      }),
      { numRuns: 1_000 },
    )
  })
})
