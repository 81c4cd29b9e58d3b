/** What a spreadsheet would run as a formula, full-width forms too, perhaps behind apostrophes. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/u

/** What people write where there is nothing to write. */
const NOTHING = /^(?:[-–—]|n\/?a|null)?$/iu

/** Whether a cell says nothing. */
export function isBlank(cell: string): boolean {
  return NOTHING.test(cell.trim())
}

/**
 * Text that no spreadsheet runs and no import takes for nothing: an apostrophe goes before it, also before one that
 * has an apostrophe already, so that `unguarded` gives back every text exactly.
 */
export function guarded(text: string): string {
  return needsGuard(text) ? `'${text}` : text
}

/** The text that was guarded; any other text as it is. */
export function unguarded(text: string): string {
  return text.startsWith("'") && needsGuard(text) ? text.slice(1) : text
}

function needsGuard(text: string): boolean {
  const said = text.replace(/^'+/, '')
  return FORMULA.test(text) || (said !== '' && isBlank(said))
}
