import type { Amount } from '../amounts.ts'
import type { Reading } from '../reading.ts'
import * as chinese from '../words/levels-chinese.ts'
import * as english from '../words/levels-english.ts'

/** A part of a text around an amount that speaks of one thing. */
interface Clause {
  readonly before: string
  readonly after: string
  readonly whole: string
}

/**
 * The number a level is to reach: “reach an NPS of 45”, “DAU 达到 5 万”. A level has a value today; what is counted from
 * zero (customers won, downloads), kept within a band, or said as a distance (“20 % growth”) has no start to ask for.
 */
export function levelReached(title: Reading): Amount | undefined {
  const { normal } = title
  if (english.STARTS_AT_ZERO.test(normal) || chinese.STARTS_AT_ZERO.test(normal)) return undefined
  return title.targets.find((amount) => isLevelReached(title, amount))
}

/** Whether an amount is a level that its own part of the text says is to be reached. */
export function isLevelReached(title: Reading, amount: Amount): boolean {
  const clause = clauseAround(title.normal, amount)
  if (!mayBeLevel(title.normal, amount, clause)) return false
  return reachesInEnglish(title, amount, clause) || reachesInChinese(title, amount, clause)
}

function mayBeLevel(normal: string, { kind, start }: Amount, { whole }: Clause): boolean {
  if (kind === 'zero' || isDistance(normal, start)) return false
  if (kind === 'multiple' && !chinese.MULTIPLE_IS_LEVEL.test(whole)) return false
  // A rank is read with the verb before it.
  if (kind === 'score' && /[a-z\u4e00-\u9fff]/.test(normal[start] ?? '')) return false
  return !english.KEEPS.test(whole) && !chinese.KEEPS.test(whole)
}

/** “+3 points”, unless it is “to +3”. */
function isDistance(normal: string, place: number): boolean {
  return /(?<!\bto |\bof |\bat )[+±−]\s?$/.test(normal.slice(Math.max(0, place - 6), place))
}

const CLAUSE_END =
  /[;。!?]|,(?!\d{3})|(?<![a-z])(?:and|while|whereas|but)(?![a-z])|同时|并且|而且|[\u4e00-\u9fff%\d]并/g

function clauseAround(normal: string, { start, end }: Amount): Clause {
  let begin = 0
  let stop = normal.length
  for (const found of normal.matchAll(CLAUSE_END)) {
    if (found.index < start) begin = found.index + found[0].length
    else if (found.index >= end) {
      stop = found.index
      break
    }
  }
  const from = Math.min(begin, start)
  return {
    before: normal.slice(from, start),
    after: normal.slice(end, stop),
    whole: normal.slice(from, stop),
  }
}

function reachesInEnglish(title: Reading, amount: Amount, { before, after }: Clause): boolean {
  if (english.RELATIVE_BEFORE.test(before) || english.RELATIVE_COUNTED.test(after)) return false
  const isLevelBefore = english.LEVEL.test(before)
  if (english.REACHES.test(before)) {
    const counted = amount.kind === 'percent' ? after : amount.counted
    const isShare = amount.kind === 'percent' && !english.IS_SHARE_OF.test(after) && !isWhole(title, amount)
    return amount.kind === 'score' || isLevelBefore || isShare || english.LEVEL.test(counted)
  }
  if (isSigned(amount) && isAlone(title, amount) && english.IS_AT.test(before)) return true
  if (!isLevelBefore) return false
  if (english.CAUSES.test(before) || english.STANDS_AT.test(before)) return true
  if (isAlone(title, amount) && english.BARE.test(before)) {
    return !english.BOUND_AFTER.test(after)
  }
  return english.BOUND.test(before) && english.BY_DATE.test(title.normal)
}

function reachesInChinese(title: Reading, amount: Amount, { before, after }: Clause): boolean {
  if (chinese.RELATIVE_BEFORE.test(before) || chinese.RELATIVE_COUNTED.test(after)) return false
  const isLevelBefore = chinese.LEVEL.test(before)
  if (chinese.REACHES.test(before)) {
    return amount.kind === 'score' || isLevelBefore || chinese.LEVEL.test(after.slice(0, 16))
  }
  if (isAlone(title, amount) && chinese.STANDS_AT.test(before) && chinese.ENDS.test(after)) return true
  return isLevelBefore && chinese.BOUND.test(before) && chinese.BY_DATE.test(title.normal)
}

/** What stands at a share or a score is a level, whatever it is called. */
function isSigned({ kind }: Amount): boolean {
  return kind === 'percent' || kind === 'score'
}

/** All of it is as far as it goes, from anywhere. */
function isWhole({ normal }: Reading, { start, end }: Amount): boolean {
  return normal.slice(start, end).trim() === '100'
}

/** One number is the whole of it, not a trait of what is counted. */
function isAlone({ amounts, normal }: Reading, { start, end }: Amount): boolean {
  return amounts.length === 1 && /\d|成|分之/.test(normal.slice(start, end))
}
