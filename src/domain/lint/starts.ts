import type { Amount } from './amounts.ts'
import { isToldBeside } from './told-beside.ts'
import * as chinese from './words/chinese.ts'
import * as english from './words/english.ts'

const ARROW_BETWEEN = /^[^.;。；]{0,24}?(?:→|->|=>|-->|⇒|➔|➜|>{1,2})\s?$/
const TO_BETWEEN =
  /^[^.;。；]{0,60}?(?:\bto\b|\binto\b|到|至|升|降|提|增|减|缩|变|为|成|达)[^.;。；\d]{0,30}$/
/** “把 18% 的离职率降到 10%”: what is changed carries where it starts. */
const HELD_BEFORE = /(?:把|将|让)[^,;\d]{0,8}$/
const CHANGED_BETWEEN = /^[^,;\d]{0,6}的[^,;\d]{1,12}(?:到|至|为|成)\s?$/
/** “等候 26 分钟降到 15 分钟”, “26 minutes down to 15”: nothing but the change stands between. */
const CHANGES_AT_ONCE =
  /^[^,;。.\d]{0,2}(?:降|升|提|增|减|缩|压|拉|涨|扩|砍|调|跌|变|改)[^,;\d\s]{0,3}(?:到|至|为|成)[^\d,;]{0,3}$|^\s?(?:[a-z]{1,7} )?(?:down|up) to\s?$/
/** “to 40 % from 24 %”, “to 2,000 (from 1,150)”. */
const FROM_AT_ONCE =
  /(?:(?<![a-z])from|从|由)\s?(?:about |around |roughly |an average of |an? |just |only |barely )?[$€£¥]?$/
const ENDS_AT = /(?:(?<![a-z])(?:to|at|of|reach|reaches|hits?)\s(?:[a-z]+\s){0,2}|到|至|为|达)[$€£¥]?$/
/** A number that is reached is no start, whatever stands before: “自有品牌营收达 3,000 万”. */
const REACHED_BEFORE =
  /(?:(?<![a-z])(?:reach(?:es|ing)?|at least|hits?)\s|达到?|至少|不低于|不少于|[≥≧]|>=)\s?(?:了|约)?\s?$/
/** “9 do today”, “(30 % now)”, “82 last year”. */
const NOW_AFTER =
  /^[^,;:.()\d]{0,24}?(?<![a-z])(?:now|today|currently|at present|so far|to date|last (?:year|quarter|month|week|term|season|spring|summer|autumn|fall|winter|time))(?![a-z])\s?(?:[).,;]|$)|^[^,;:.()\d]{0,24}? in (?:19|20)\d{2}\s?\)/
/** “(2025: 78 %)”. */
const YEAR_BEFORE = /\(\s?(?:in )?(?:19|20)\d{2}\s?年?(?:度|底|同期)?\s?[:=,]?\s?(?:为|是|was )?\s?[$€£¥]?$/

/** What stands around an amount. */
export interface Beside {
  readonly next: Amount | undefined
  readonly previous: Amount | undefined
  /** The same text with names and dates covered. */
  readonly covered: string
}

/** Whether an amount says where something stands today, or stood before: “from 45”, “(30 % now)”, “, 去年 45”. */
export function isBaseline(normal: string, amount: Amount, { next, previous, covered }: Beside): boolean {
  const before = normal.slice(Math.max(previous?.end ?? 0, amount.start - 40), amount.start)
  const between = next === undefined ? null : normal.slice(amount.end, next.start)
  if (between !== null && ARROW_BETWEEN.test(between)) return true
  if (between !== null && HELD_BEFORE.test(before) && CHANGED_BETWEEN.test(between)) return true
  if (next !== undefined && CHANGES_AT_ONCE.test(normal.slice(amount.endWithUnit, next.start))) return true
  if (next !== undefined && isChangeInBrief(normal, amount, next, before)) return true
  if (previous !== undefined && isAfterEnd(normal, amount, previous, before)) return true
  if (previous !== undefined && isToldBeside(covered, amount, previous)) return true
  if (REACHED_BEFORE.test(before)) return false
  if (
    amount.kind !== 'multiple' &&
    /(?:\bfrom|从|由|自(?![有营家己身主动助费由然行愿]))(?:(?!\bto\b|到|至)[^\d.;]){0,20}$/.test(before)
  ) {
    const isFollowed = between !== null && TO_BETWEEN.test(between)
    return isFollowed || (next === undefined && (amount.kind === 'percent' || saysChange(normal)))
  }
  return (
    YEAR_BEFORE.test(before) || english.BASELINE_BEFORE.test(before) || chinese.BASELINE_BEFORE.test(before)
  )
}

/** “drop-outs: 22 % to 15 %”; “5 to 7 days” is a span. */
function isChangeInBrief(normal: string, amount: Amount, next: Amount, before: string): boolean {
  const hasUnit = amount.kind === 'money' || amount.endWithUnit > amount.end
  const isBetween = /^\s?to\s$/.test(normal.slice(amount.endWithUnit, next.start))
  return hasUnit && isBetween && amount.kind === next.kind && !/(?:by|between|another)\s$/.test(before)
}

/** Where it started may be told after where it ends. */
function isAfterEnd(normal: string, amount: Amount, previous: Amount, before: string): boolean {
  if (NOW_AFTER.test(normal.slice(amount.endWithUnit, amount.endWithUnit + 60))) return true
  if (!FROM_AT_ONCE.test(before)) return false
  const end = normal.slice(Math.max(0, previous.start - 24), previous.start)
  return ENDS_AT.test(end) || (amount.kind === previous.kind && amount.kind !== 'count')
}

function saysChange(normal: string): boolean {
  return (
    english.VAGUE.test(normal) || /\bbring\b|\bdown\b|\bup\b/.test(normal) || chinese.CHANGES.test(normal)
  )
}
