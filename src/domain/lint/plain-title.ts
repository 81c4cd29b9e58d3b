import { isSimplifiedOnly, isTraditionalOnly, simplified } from './traditional-characters.ts'

/** The language a text is written in. */
export type TextLanguage = 'en' | 'zh-CN' | 'zh-TW'

/** A title in two forms of one length: a place found in `normal` is the same place in `written`. */
export interface PlainTitle {
  /** As written, but for full-width letters and digits and for runs of spaces. */
  readonly written: string
  /** Lower case and simplified characters: what word lists are compared with. */
  readonly normal: string
  readonly language: TextLanguage
}

/** What follows is not read: every pattern here costs time by the length of its text. */
const MOST_CHARACTERS = 600

const HAN = /\p{Script=Han}/u

/**
 * Reads a text for the linter.
 * @param preferred the Chinese a text is taken for when its characters are those of both scripts
 */
export function plainTitle(text: string, preferred: TextLanguage): PlainTitle {
  const written = text
    .slice(0, MOST_CHARACTERS)
    .toWellFormed()
    .normalize('NFKC')
    .slice(0, MOST_CHARACTERS)
    .replace(/\s+/g, ' ')
    .trim()
  return {
    written,
    normal: isPlainLatin(written) ? written.toLowerCase() : Array.from(written, normalCharacter).join(''),
    language: HAN.test(written) ? languageOf(written, preferred) : 'en',
  }
}

/** Most texts are: their lower case has a letter for each of theirs. */
function isPlainLatin(text: string): boolean {
  return /^[\u0020-\u007e\u00a0-\u00ff\u2010-\u2027\u20ac]*$/.test(text)
}

function normalCharacter(character: string): string {
  const lower = character.toLowerCase()
  return lower.length === character.length ? simplified(lower) : character
}

function languageOf(text: string, preferred: TextLanguage): TextLanguage {
  const characters = Array.from(text)
  const han = characters.filter((character) => HAN.test(character))
  const latinWords = text.match(/[A-Za-z]{2,}/g)?.length ?? 0
  if (han.length === 0 || han.length < latinWords) return 'en'
  const traditional = han.filter(isTraditionalOnly).length
  const simple = han.filter(isSimplifiedOnly).length
  if (traditional === simple) return preferred === 'en' ? 'zh-CN' : preferred
  return traditional > simple ? 'zh-TW' : 'zh-CN'
}
