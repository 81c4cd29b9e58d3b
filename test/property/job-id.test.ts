import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeJobId } from '../../src/adapters/queue/job-id.ts'

/** Any text a program can hold, halves of surrogate pairs included; often digits, colons and escapes. */
const anyId = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('_', '3', 'a', ':', '0', '-', 'é', '\ud800', '\udc00', '\ufffd'))
    .map((parts) => parts.join('')),
  fc.integer().map(String),
)

it('gives different ids different jobs, and one id always the same', () => {
  fc.assert(
    fc.property(anyId, anyId, (a, b) => {
      expect(encodeJobId(a) === encodeJobId(b)).toBe(a === b)
    }),
    { numRuns: 1_000 },
  )
  const lookalikes = [
    ...['_', '_5f', '_005f', ':', '_3a', '_003a', '', ' ', '-', 'é', 'e\u0301', '\u000e9', '\u00e9x'],
    ...['\ud800', '\udfff', '\ufffd'],
  ]
  expect(new Set(lookalikes.map(encodeJobId)).size).toBe(lookalikes.length)
})

it('gives what the queue accepts: no colon, never a number, letters of ASCII alone', () => {
  fc.assert(
    fc.property(anyId, (id) => {
      const encoded = encodeJobId(id)
      expect(encoded).toMatch(/^id-[A-Za-z0-9_-]*$/)
      expect(Number.isInteger(Number(encoded))).toBe(false)
    }),
    { numRuns: 500 },
  )
})

it('leaves ids that people read readable', () => {
  expect(encodeJobId('KR-12')).toBe('id-KR-12')
})
