/** Joiners that emoji and scripts such as Persian are written with; every other invisible character goes. */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}|\p{Noncharacter_Code_Point}/gu
const CONTROL = /(?!\s)\p{Cc}/gu

/**
 * Text as one line of visible characters: no control, bidi or zero-width character, no lone surrogate, any run of
 * white space as one space. Doing it twice changes nothing.
 */
export function singleLine(text: string): string {
  return text.toWellFormed().replace(INVISIBLE, '').replace(CONTROL, '').replace(/\s+/gu, ' ')
}

/** User text fit to be shown: one trimmed line of at most `maxLength` code points, cut with an ellipsis. */
export function plainText(text: string, maxLength: number): string {
  const line = singleLine(text).trim()
  const characters = Array.from(line)
  return characters.length <= maxLength
    ? line
    : `${characters
        .slice(0, maxLength - 1)
        .join('')
        .trimEnd()}…`
}
