import { plainText } from '../../writeback/plain-text.ts'

/**
 * How wide a character is in ems, on the safe side: a picture cannot ask the reader's font. CJK characters and emoji
 * fill a square, marks and joiners none.
 */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u
const NARROW = /^[iljftr.,:;!|'()[\]{}` \u2018\u2019]$/
/** Most of what is written: told first, since telling is most of the work. */
const PLAIN = /^[a-hknopqsuvxyz0-9]$/
const BROAD = /^[mwMW@%—…]$/
const CAPITAL = /^[\p{Lu}&#]$/u

/** Wide punctuation that ends something: a line does not begin with it. */
const CLOSING = /^[、。，．：；？！）】」』》〉’”%]/u

/** As many characters as any title that fits on a card may have; the rest is never measured. */
const MOST_CHARACTERS = 400

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

interface Piece {
  readonly text: string
  /** In ems. */
  readonly width: number
}

/** The width of a line in ems. */
export function widthOf(text: string): number {
  return measured(text).reduce((sum, { width }) => sum + width, 0)
}

/** Text as plain lines no wider than `width` ems, at most `lines` of them; what does not fit ends in an ellipsis. */
export function linesOf(text: string, width: number, lines: number): string[] {
  const wrapped: string[] = []
  let line = ''
  let used = 0
  for (const piece of piecesOf(measured(plainText(text, MOST_CHARACTERS)), width)) {
    const needed = piece.text.endsWith(' ') ? piece.width - SPACE : piece.width
    if (line !== '' && used + needed > width) {
      wrapped.push(line.trimEnd())
      if (wrapped.length > lines) break
      line = ''
      used = 0
    }
    line += piece.text
    used += piece.width
  }
  if (line !== '') wrapped.push(line.trimEnd())
  if (wrapped.length <= lines) return wrapped
  return [...wrapped.slice(0, lines - 1), cut(wrapped[lines - 1] ?? '', width)]
}

const SPACE = 0.34
const ELLIPSIS = 0.95

function measured(text: string): Piece[] {
  return [...graphemes.segment(text)].map(({ segment }) => ({
    text: segment,
    width: widthOfGrapheme(segment),
  }))
}

function widthOfGrapheme(grapheme: string): number {
  if (NARROW.test(grapheme)) return SPACE
  if (PLAIN.test(grapheme)) return 0.6
  if (WIDE.test(grapheme)) return 1
  if (BROAD.test(grapheme)) return ELLIPSIS
  return CAPITAL.test(grapheme) ? 0.72 : 0.6
}

/** Words with the space after them, single wide characters, and words too long for a line in pieces. */
function piecesOf(characters: readonly Piece[], width: number): Piece[] {
  const pieces: Piece[] = []
  let text = ''
  let used = 0
  const flush = () => {
    if (text !== '') pieces.push({ text, width: used })
    text = ''
    used = 0
  }
  for (const character of characters) {
    const begins = WIDE.test(character.text) && !CLOSING.test(character.text)
    if (begins || used + character.width > width) flush()
    text += character.text
    used += character.width
    if (character.text === ' ' || character.text === '-') flush()
  }
  flush()
  return pieces
}

/** The line with an ellipsis, shortened until both fit. */
function cut(line: string, width: number): string {
  const kept = measured(line)
  let used = kept.reduce((sum, character) => sum + character.width, 0)
  while (kept.length > 0 && used + ELLIPSIS > width) used -= kept.pop()?.width ?? 0
  return `${kept
    .map(({ text }) => text)
    .join('')
    .trimEnd()}…`
}
