import type { Hit, KeyResultRead } from '../hit.ts'
import { withoutNamesAndDates } from '../not-a-target.ts'
import type { Reading } from '../reading.ts'
import { isWorkCounted } from './activity.ts'
import * as chinese from '../words/chinese.ts'
import * as english from '../words/english.ts'

/** Two numbers for two things: one may be reached without the other, and no single number tells of both. */
export function severalResults({ title }: KeyResultRead): Hit | null {
  return resultsIn(title).length > 1 ? { rule: 'several-results-in-one' } : null
}

/** The parts of a text that each have a target and something it is of, as they were written. */
export function resultsIn(title: Reading): string[] {
  if (title.targets.length < 2) return []
  const text = title.normal
    .replace(/\([^()]{0,80}\)/g, blank)
    .replace(english.JOINED_BOUNDS, (found) => found.replace(/and/, '   '))
  return partsOf(text, title.isChinese)
    .filter(({ start, end }) => isResult(title, text, start, end))
    .map(({ start, end }) => title.written.slice(start, end).trim())
}

const blank = (found: string) => ' '.repeat(found.length)

function partsOf(text: string, isChinese: boolean): { start: number; end: number }[] {
  const conjunction = new RegExp(
    isChinese ? `${english.CONJUNCTION.source}|${chinese.CONJUNCTION.source}` : english.CONJUNCTION.source,
    'g',
  )
  const parts: { start: number; end: number }[] = []
  let start = 0
  for (const found of text.matchAll(conjunction)) {
    if (/\d,\d/.test(text.slice(found.index - 1, found.index + 2))) continue
    parts.push({ start, end: found.index })
    start = found.index + found[0].length
  }
  return [...parts, { start, end: text.length }]
}

function isResult(title: Reading, text: string, start: number, end: number): boolean {
  const part = text.slice(start, end)
  if (
    /^\s?(?:其中|当中|of (?:which|whom|them)\b|with\b|including\b|较|比|同比|环比|相比|即|约|占)/.test(part)
  )
    return false
  if (chinese.CONDITION.test(part) || /\bwithout\b|\bwhile keeping\b/.test(part)) return false
  const own = title.targets.filter(
    (amount) =>
      amount.start >= start && amount.end <= end && !chinese.SAYS_WHICH.test(title.normal.slice(amount.end)),
  )
  if (own.length === 0 || isWorkCounted(part, own)) return false
  const about = withoutNamesAndDates(part)
    .replace(/[\d.,$€£¥%‰·→]+/g, ' ')
    .replace(english.FILLER, ' ')
    .replace(chinese.FILLER, ' ')
  return /[a-z]{2,}|\p{Script=Han}{2,}/u.test(about) || /·{2,}/.test(about)
}
