import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOkrDocument } from '../../src/contracts/okrs/okr-document.ts'
import { okrText } from '../../src/contracts/okrs/okr-text.ts'
import { anyOkrs } from '../support/any-okrs.ts'

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
