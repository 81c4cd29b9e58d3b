import { expect, it } from 'vitest'
import { plainText, singleLine } from '../../src/domain/writeback/plain-text.ts'

it('makes one line of text, with any white space as one space', () => {
  expect(singleLine('a\r\n\t b\u00a0\u2028c')).toBe('a b c')
})

it('removes control, bidi and zero-width characters and noncharacters', () => {
  expect(singleLine('a\u0000b\u001bc\u202ed\u2066e\u200bf\ufeffg\uffffh\u{e0041}i')).toBe('abcdefghi')
})

it('keeps the joiners that emoji and Persian are written with', () => {
  expect(singleLine('👩‍🚀 می‌خواهم')).toBe('👩‍🚀 می‌خواهم')
})

it('replaces half a surrogate pair', () => {
  expect(singleLine('a\ud800b')).toBe('a\ufffdb')
})

it('trims, and cuts long text with an ellipsis, never through a character', () => {
  expect(plainText('  short ', 5)).toBe('short')
  expect(plainText('😀😀😀😀', 3)).toBe('😀😀…')
  expect(plainText('one two three', 5)).toBe('one…')
})
