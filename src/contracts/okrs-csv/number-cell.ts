export type DecimalMark = '.' | ','

export type NumberRead =
  | { readonly kind: 'number'; readonly value: number; readonly unit: string | null }
  | { readonly kind: 'ambiguous'; readonly text: string }
  /** `1.2k`: a number with a word for thousands or millions. */
  | { readonly kind: 'shortened' }
  | { readonly kind: 'not_a_number' }

const MOST = 1e15
/** No number anybody writes is longer; a longer cell is not even looked through. */
const MOST_CHARACTERS = 60

const CURRENCY = 'USD|EUR|GBP|CHF|CNY|RMB|JPY|TWD|HKD|INR|AUD|CAD|SEK|NOK|DKK|PLN|BRL|[$€£¥₹元]'
const BEFORE = new RegExp(String.raw`^([-+]?)\s*(${CURRENCY})\s*`, 'iu')
const AFTER = new RegExp(String.raw`\s*(%|${CURRENCY})$`, 'iu')
/** Between groups of digits: spaces of any width and the Swiss apostrophe. */
const GAP = /(?<=\d)[\s'’](?=\d{3}(?!\d))/gu
/** `k` and `m` behind a number, and what other languages write; a metre or a minute is refused as well. */
const SHORTENED = /^[-+]?[\d.,]+\s?(?:k|m|b|mm|mn|bn|t|tsd|mio|mrd|lakh|crore|[千万萬亿億]+)\.?$/iu
const GROUPED: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/,
  ',': /^[-+]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/,
}
const PLAIN = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?$/i

/**
 * A number as people write it: `1,234.5`, `1.234,5`, `1 234,5`, `45 %`, `€ 20`, `(12)` for −12. Which of comma and
 * point is decimal is read from the number itself where it tells; where it does not (`1,234`), `mark` decides, and
 * without one the number is ambiguous. `%` and currencies are units, they change nothing: `45 %` is 45.
 */
export function readNumber(cell: string, mark: DecimalMark | null): NumberRead {
  const { digits, unit } = withoutUnit(cell)
  if (SHORTENED.test(digits)) return { kind: 'shortened' }
  const point = decimalMarkOf(digits) ?? mark
  if (point === null && !PLAIN.test(digits.replaceAll(/[.,]/g, ''))) return { kind: 'not_a_number' }
  if (point === null) return { kind: 'ambiguous', text: cell.trim() }
  const group = point === '.' ? ',' : '.'
  if (digits.includes(group) && !GROUPED[point].test(digits)) return { kind: 'not_a_number' }
  const plain = digits.replaceAll(group, '').replace(point, '.')
  const value = PLAIN.test(plain) ? Number(plain) : Number.NaN
  if (!(Math.abs(value) <= MOST)) return { kind: 'not_a_number' }
  return { kind: 'number', value: value === 0 ? 0 : value, unit }
}

/** A number as a table has it, whatever is decimal there: with three decimals it gets a zero more, and is no thousands. */
export function numberText(value: number): string {
  const text = String(value)
  return decimalMarkOf(text) === null ? `${text}0` : text
}

/** The decimal mark that a number tells by itself; null when it could be read either way, and for what is no number. */
export function decimalMarkOfCell(cell: string): DecimalMark | null {
  const { digits } = withoutUnit(cell)
  if (!/[.,]/.test(digits)) return null
  const mark = decimalMarkOf(digits)
  return mark !== null && readNumber(cell, mark).kind === 'number' ? mark : null
}

function withoutUnit(cell: string): { digits: string; unit: string | null } {
  if (cell.length > MOST_CHARACTERS && cell.trim().length > MOST_CHARACTERS) return { digits: '', unit: null }
  const text = cell.normalize('NFKC').trim().replace(/[−–]/u, '-').replace(GAP, '')
  const inBrackets = /^\((.*)\)$/su.exec(text)?.[1]
  const signed = inBrackets === undefined ? text : `-${inBrackets.trim()}`
  const before = BEFORE.exec(signed)
  const rest = before === null ? signed : `${before[1] ?? ''}${signed.slice(before[0].length)}`
  const after = AFTER.exec(rest)
  const digits = after === null ? rest : rest.slice(0, after.index)
  return { digits: digits.trim(), unit: after?.[1] ?? before?.[2] ?? null }
}

/** `null`: a single mark before exactly three digits, or none the number could be told by. */
function decimalMarkOf(digits: string): DecimalMark | null {
  const marks = digits.replaceAll(/[^.,]/g, '')
  if (marks === '') return '.'
  const last = marks.at(-1) as DecimalMark
  if (marks.length === 1) return /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? null : last
  if (new Set(marks).size === 2) return last
  return last === '.' ? ',' : '.'
}
