/** What a spreadsheet would run as a formula, full-width forms too, perhaps behind apostrophes. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/u

/**
 * Text that no spreadsheet runs: an apostrophe goes before a formula, also before one that has an apostrophe already,
 * so that `unguarded` gives back every text exactly.
 */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** The text that was guarded; any other text as it is. */
export function unguarded(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text
}
