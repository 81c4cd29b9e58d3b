import { amountsIn, type Amount } from './amounts.ts'
import type { LintedMeasure } from './linted-set.ts'
import { withoutNamesAndDates } from './not-a-target.ts'
import { plainTitle, type PlainTitle, type TextLanguage } from './plain-title.ts'
import * as chinese from './words/chinese.ts'
import * as english from './words/english.ts'

/** A text with everything the rules ask of it, found once. */
export interface Reading extends PlainTitle {
  /** `normal` with dates and names covered, from its first word on: “by Q3, launch …” starts at “launch”. */
  readonly core: string
  readonly isChinese: boolean
  readonly amounts: readonly Amount[]
  /** Amounts that say how much, neither where it stands today nor by when. */
  readonly targets: readonly Amount[]
  /** Where it stands today, or stood before: “from 45”, “(30 % now)”. */
  readonly baselines: readonly Amount[]
  readonly hasBaseline: boolean
  /** It starts at what was before: “15 % more than last year”. */
  readonly isRelative: boolean
  /** “to X %”: what stands in place of a number that somebody still has to find. */
  readonly placeholder: string | null
}

/** “15 % more than last year” starts at last year’s. */
const RELATIVE =
  /(?:较|(?<![占配])比)(?=\s?(?:去年|上|前|同期|年初|·|\d))|同比|环比|相比|(?<![a-z])(?:than|over|vs\.?|versus) (?:last|the (?:previous|same)|previous|prior) |year[ -](?:over|on)[ -]year|(?<![a-z])yoy(?![a-z])/

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
/** “9 do today”, “(30 % now)”, “82 last year”. */
const NOW_AFTER =
  /^[^,;:.()\d]{0,24}?(?<![a-z])(?:now|today|currently|at present|so far|to date|last (?:year|quarter|month|week|term|season|spring|summer|autumn|fall|winter|time))(?![a-z])\s?(?:[).,;]|$)/
const PLACEHOLDER =
  /(?<![a-z])(?:x{1,3}|y|n|z)\s?(?=%|‰|个百分点)|(?<![a-z])(?:tbd|tba|tbc|n\/a)(?![a-z])|_{2,}|(?:→|->|=>|⇒)\s?\?|(?<=\bto )\?|\?{2,}|\?\s?%|待定|[xy]{2}(?![a-z])|\[(?:target|number|value|metric|目标|目标值)\]|(?<=\bto |到|至)\s?[xn](?![a-z])/

export function readTitle(text: string, preferred: TextLanguage): Reading {
  const title = plainTitle(text, preferred)
  const { normal } = title
  const covered = withoutNamesAndDates(normal)
  const amounts = amountsIn(normal, covered)
  const baselines = amounts.filter((amount, index) =>
    isBaseline(normal, amount, { next: amounts[index + 1], previous: amounts[index - 1] }),
  )
  const measured = amounts.filter((amount) => !baselines.includes(amount))
  const timeless = measured.filter(({ isTimeLimit }) => !isTimeLimit)
  return {
    ...title,
    core: fromFirstWord(covered),
    isChinese: /\p{Script=Han}/u.test(normal),
    amounts,
    // “within 60 days instead of 100”: beside a start of its own, a time is what changes.
    targets: timeless.length === 0 && baselines.length > 0 ? measured : timeless,
    baselines,
    hasBaseline: baselines.length > 0,
    isRelative: RELATIVE.test(normal),
    placeholder: placeholderIn(title),
  }
}

function placeholderIn({ normal, written }: PlainTitle): string | null {
  const found = PLACEHOLDER.exec(normal)
  if (found === null) return null
  return written.slice(found.index, found.index + found[0].length).trim()
}

function isBaseline(
  normal: string,
  amount: Amount,
  { next, previous }: { readonly next: Amount | undefined; readonly previous: Amount | undefined },
): boolean {
  const before = normal.slice(Math.max(previous?.end ?? 0, amount.start - 40), amount.start)
  const between = next === undefined ? null : normal.slice(amount.end, next.start)
  if (between !== null && ARROW_BETWEEN.test(between)) return true
  if (between !== null && HELD_BEFORE.test(before) && CHANGED_BETWEEN.test(between)) return true
  if (next !== undefined && CHANGES_AT_ONCE.test(normal.slice(amount.endWithUnit, next.start))) return true
  if (previous !== undefined && isAfterEnd(normal, amount, previous, before)) return true
  if (amount.kind !== 'multiple' && /(?:\bfrom|从|由|自)(?:(?!\bto\b|到|至)[^\d.;]){0,20}$/.test(before)) {
    const isFollowed = between !== null && TO_BETWEEN.test(between)
    return isFollowed || (next === undefined && (amount.kind === 'percent' || saysChange(normal)))
  }
  return english.BASELINE_BEFORE.test(before) || chinese.BASELINE_BEFORE.test(before)
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

/** Most prefixes stand alone; a text of nothing but prefixes has none that matters. */
const MOST_PREFIXES = 12

function fromFirstWord(covered: string): string {
  let rest = covered
  for (let round = 0; round < MOST_PREFIXES; round++) {
    const next = rest.replace(chinese.PREFIX, '').replace(english.PREFIX, '')
    if (next === rest || next === '') return rest
    rest = next
  }
  return rest
}

/** What a measure says of numbers that the text may leave out. */
export interface MeasuredNumbers {
  readonly hasTarget: boolean
  readonly hasBaseline: boolean
  /** Done or not done by its measure. */
  readonly isBinary: boolean
}

export function numbersOf(measure: LintedMeasure | null): MeasuredNumbers {
  if (measure === null) return { hasTarget: false, hasBaseline: false, isBinary: false }
  switch (measure.kind) {
    case 'metric':
    case 'field_sum':
      return {
        hasTarget: typeof measure.target === 'number',
        hasBaseline: measure.baseline !== undefined || measure.kind === 'field_sum',
        isBinary: false,
      }
    case 'range':
      return { hasTarget: measure.band !== undefined, hasBaseline: true, isBinary: false }
    // Progress is the share of work or steps: where it starts and ends is given.
    case 'delivery':
    case 'milestones':
      return { hasTarget: true, hasBaseline: true, isBinary: false }
    case 'binary':
      return { hasTarget: false, hasBaseline: false, isBinary: true }
  }
}
