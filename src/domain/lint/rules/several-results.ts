import type { Amount } from '../amounts.ts'
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
  const results = partsOf(text, title.isChinese)
    .filter((part) => isResult(title, text, part))
    .map((part) => ({ part, about: aboutOf(text, part), isShare: isShareOnly(title, part) }))
  return results
    .filter((own, index) => !results.slice(0, index).some((other) => isSameAgain(own, other)))
    .map(({ part }) => title.written.slice(part.start, part.end).trim())
}

interface Result {
  readonly about: string
  readonly isShare: boolean
}

/** “revenue grows 25 %, revenue reaches €5m”: one result, told as a share and as an amount. */
function isSameAgain(own: Result, other: Result): boolean {
  if (own.isShare === other.isShare) return false
  return (own.about.match(WORDS) ?? []).every((word) => other.about.includes(word))
}

const WORDS = /[a-z]{2,}|\p{Script=Han}{2,}/gu

function isShareOnly({ targets }: Reading, part: Part): boolean {
  return amountsOf(targets, part).every(({ kind }) => kind === 'percent' || kind === 'multiple')
}

const blank = (found: string) => ' '.repeat(found.length)

interface Part {
  readonly start: number
  readonly end: number
}

function partsOf(text: string, isChinese: boolean): Part[] {
  const conjunction = new RegExp(
    isChinese ? `${english.CONJUNCTION.source}|${chinese.CONJUNCTION.source}` : english.CONJUNCTION.source,
    'g',
  )
  const parts: Part[] = []
  let start = 0
  for (const found of text.matchAll(conjunction)) {
    if (/\d,\d/.test(text.slice(found.index - 1, found.index + 2))) continue
    parts.push({ start, end: found.index })
    start = found.index + found[0].length
  }
  return [...parts, { start, end: text.length }]
}

function isResult(title: Reading, text: string, place: Part): boolean {
  const part = text.slice(place.start, place.end)
  if (
    /^\s?(?:其中|当中|of (?:which|whom|them)\b|with\b|including\b|较|比|同比|环比|相比|即|约|占)/.test(part)
  )
    return false
  if (place.start > 0 && CONTINUES.test(part)) return false
  if (chinese.CONDITION.test(part) || /\bwithout\b|\bwhile keeping\b/.test(part)) return false
  const own = amountsOf(title.targets, place).filter(
    ({ end }) => !chinese.SAYS_WHICH.test(title.normal.slice(end)),
  )
  if (own.length === 0 || isWorkCounted(part, own)) return false
  const about = aboutOf(text, place)
  return /[a-z]{2,}|\p{Script=Han}{2,}/u.test(about) || /·{2,}/.test(about)
}

/** “用量减少 15%，从 40 公斤到 34 公斤”: the same again in other numbers. */
const CONTINUES =
  /^\s?(?:(?:从|由|自|达到?|至|到|[增减降升]至|[增减降升]到|也就是|亦即)|(?:i\.e\.|that is|thereby|down|up|from|reaching)\s(?:from |to |down |up )?)\s?(?:nt|hk|us)?[$€£¥]?\s?\d/

function amountsOf(targets: readonly Amount[], { start, end }: Part): Amount[] {
  return targets.filter((amount) => amount.start >= start && amount.end <= end)
}

/** What is left of a part without its numbers and what is said with them. */
function aboutOf(text: string, { start, end }: Part): string {
  return withoutNamesAndDates(text.slice(start, end))
    .replace(/[\d.,$€£¥%‰·→]+/g, ' ')
    .replace(english.FILLER, ' ')
    .replace(chinese.FILLER, ' ')
}
