import { SCORE_SLACK } from '../grades/grade.ts'
import { plainText } from '../writeback/plain-text.ts'
import type { Why } from './revision.ts'

const MAX_LENGTH = 300

/**
 * What could begin markup, HTML, an entity or a formula within a line; a table's bar; an address that links itself; the
 * name of somebody who would be called.
 */
const SPECIAL = /[\\`*_[\]<>&|~#$]|:(?=\/\/)|(?<=\bwww)\.|@(?=[\p{L}\p{N}_])/giu

/** Text of people as one line of Markdown that reads as they wrote it and is never more than text. */
export function markdownText(text: string): string {
  return plainText(text, MAX_LENGTH).replace(SPECIAL, (character) => `\\${character}`)
}

/** A table of Markdown; cells are Markdown already. `-:` columns are numbers. */
export function markdownTable(
  header: readonly { readonly title: string; readonly isNumber?: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(header.map(({ title }) => title)),
    line(header.map(({ isNumber }) => (isNumber === true ? '--:' : '---'))),
    ...rows.map(line),
  ].join('\n')
}

/** `0.85` */
export function scoreText(score: number | null): string {
  return score === null ? '–' : roundedDown(score).toFixed(2)
}

/** 0.999 is not 1.00, and 0.697 not 0.70: only what passes reads as if it did. */
function roundedDown(score: number): number {
  return Math.floor((score + SCORE_SLACK) * 100) / 100
}

/**
 * `1,230`, `11.4`, `0.004`: thousands apart, at most two decimals, below 1 three digits that count, without those that
 * say nothing.
 */
export function amountText(value: number): string {
  const rounded = Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(2)
  const [whole = '', decimals] = String(Number(rounded)).split('.')
  const apart = whole.replace(/\B(?=(\d{3})+$)/gu, ',')
  return decimals === undefined ? apart : `${apart}.${decimals}`
}

export function countText(count: number, one: string, many = `${one}s`): string {
  return `${amountText(count)} ${count === 1 ? one : many}`
}

/** `once`, `twice`, `3 times` */
export function timesText(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`
}

/** ` Why: The supplier is late. (ada)`, ` By ada.`, or nothing where nobody said anything. */
export function whyText({ by, reason }: Why): string {
  if (reason === null) return by === null ? '' : ` By ${markdownText(by)}.`
  return ` Why: ${markdownText(reason)}${by === null ? '' : ` (${markdownText(by)})`}`
}

export function percentText(percent: number | null): string {
  return percent === null ? '–' : `${Math.round(percent)} %`
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}
