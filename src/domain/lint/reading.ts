import { amountsIn, type Amount } from './amounts.ts'
import type { LintedMeasure } from './linted-set.ts'
import { withoutNamesAndDates } from './not-a-target.ts'
import { plainTitle, type PlainTitle, type TextLanguage } from './plain-title.ts'
import { isServiceTime } from './service-time.ts'
import { isBaseline } from './starts.ts'
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
  /(?:较|(?<![占配])比)(?=\s?(?:去年|上|前|同期|年初|·|\d))|(?:低于|高于|多于|少于|优于|超过|领先)\s?(?:去年|上[一个季月周半年期届]|前一|同期|年初|(?:19|20)\d{2}\s?年|q[1-4]|h[12])|同比|环比|相比|(?<![a-z])(?:than|over|vs\.?|versus) (?:last|the (?:previous|same)|previous|prior) |year[ -](?:over|on)[ -]year|(?<![a-z])yoy(?![a-z])/

const PLACEHOLDER =
  /(?<![a-z])(?:x{1,3}|y|n|z)\s?(?=%|‰|个百分点)|(?<![a-z])(?:tbd|tba|tbc|n\/a)(?![a-z])|_{2,}|(?:→|->|=>|⇒)\s?\?|(?<=\bto )\?|\?{2,}|\?\s?%|待定|[xy]{2}(?![a-z])|\[(?:target|number|value|metric|目标|目标值)\]|(?<=\bto |到|至)\s?[xn](?![a-z])/

export function readTitle(text: string, preferred: TextLanguage): Reading {
  const title = plainTitle(text, preferred)
  const { normal } = title
  const covered = withoutNamesAndDates(normal)
  const amounts = amountsIn(normal, covered)
  const baselines = amounts.filter((amount, index) =>
    isBaseline(normal, amount, { next: amounts[index + 1], previous: amounts[index - 1], covered }),
  )
  const measured = amounts.filter((amount) => !baselines.includes(amount))
  const core = fromFirstWord(covered)
  const timeless = measured.filter(
    (amount) => !amount.isTimeLimit || isServiceTime({ normal, core }, amount, measured),
  )
  return {
    ...title,
    core,
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
