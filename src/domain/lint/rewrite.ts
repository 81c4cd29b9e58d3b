import { bandText } from '../measures/band.ts'
import type { Locale } from '../writeback/messages.ts'
import type { Hit, KeyResultRead } from './hit.ts'
import { dueOf } from './due.ts'
import type { LintedMeasure } from './linted-set.ts'
import type { TextLanguage } from './plain-title.ts'
import type { Reading } from './reading.ts'
import { levelReached } from './rules/level.ts'
import { resultsIn } from './rules/several-results.ts'
import { endsChange } from './rules/measurable.ts'
import type { Change, Phrases } from './wording/wording.ts'
import { PHRASES_EN } from './wording/phrases-en.ts'
import { PHRASES_ZH_CN } from './wording/phrases-zh-cn.ts'
import { PHRASES_ZH_TW } from './wording/phrases-zh-tw.ts'
import * as chinese from './words/chinese.ts'
import * as english from './words/english.ts'

const PHRASES: Readonly<Record<TextLanguage, Phrases>> = {
  en: PHRASES_EN,
  'zh-CN': PHRASES_ZH_CN,
  'zh-TW': PHRASES_ZH_TW,
}

const MOST_KEY_RESULTS = 5

/** How a key result could be written instead, in its own language, with the numbers of its measure where it has any. */
export function rewriteKeyResult(hit: Hit, read: KeyResultRead): string {
  const { title } = read
  const phrases = PHRASES[title.language]
  switch (hit.rule) {
    case 'activity':
      return phrases.initiative(title.written, resultOf(read, null))
    case 'binary-key-result':
      return phrases.ladder(title.written, resultOf(read, null))
    case 'several-results-in-one':
      return phrases.apart(resultsIn(title))
    case 'baseline-missing':
      return (
        withBaseline(title, phrases) ??
        (levelReached(title) === undefined
          ? resultOf(read, metricOf(title))
          : phrases.startingAt(title.written))
      )
    case 'no-owner':
      return phrases.owner
    case 'no-due-date':
      return phrases.dueDay
    case 'duplicate':
      return phrases.merge(hit.other ?? '')
    case 'too-long':
      return phrases.shorten
    default:
      return resultOf(read, metricOf(title))
  }
}

/** What would help an objective, in its own language. */
export function rewriteObjective(hit: Hit, title: Reading): string {
  const phrases = PHRASES[title.language]
  switch (hit.rule) {
    case 'too-many-key-results':
      return phrases.fewer(MOST_KEY_RESULTS)
    case 'too-few-key-results':
      return phrases.another
    case 'all-key-results-are-output':
      return phrases.outcome
    case 'reverse-check':
      return phrases.reverse(title.written)
    case 'no-owner':
      return phrases.owner
    case 'no-due-date':
      return phrases.dueDay
    case 'too-long':
      return phrases.shorten
    default:
      return phrases.words
  }
}

/** What would help all of a set, in the language that was asked for. */
export function rewriteSet({ rule }: Hit, locale: Locale): string {
  const phrases = PHRASES[locale]
  if (rule === 'no-owner') return phrases.owner
  if (rule === 'no-due-date') return phrases.dueDay
  return rule === 'reverse-check' ? phrases.reverseEach : phrases.another
}

/** “from 45 to 55”, as far as measure and text know it. */
function resultOf({ keyResult, objective, title }: KeyResultRead, titled: string | null): string {
  const phrases = PHRASES[title.language]
  const { measure } = keyResult
  const due = dueOf(keyResult, objective)
  const metric = titled ?? (measure === null ? null : metricOfUnit(measure))
  if (measure?.kind === 'range' && measure.band !== undefined) {
    const band = `${bandText(measure.band).replace(' and ', ' & ')}${unitAfter(measure, metric)}`
    return phrases.keep({ metric, band, period: measure.period ?? 'month', due })
  }
  return phrases.change({ metric, ...numbersOf(measure, metric, title), due })
}

function numbersOf(
  measure: LintedMeasure | null,
  metric: string | null,
  title: Reading,
): Pick<Change, 'from' | 'to' | 'direction'> {
  if (measure?.kind !== 'metric' && measure?.kind !== 'field_sum') {
    const start = title.baselines[0]
    const from = start === undefined ? null : title.written.slice(start.start, start.endWithUnit)
    return { from, to: null, direction: directionOf(title) }
  }
  const { baseline, target } = measure
  const text = (number: number | undefined) =>
    number === undefined ? null : `${number}${unitAfter(measure, metric)}`
  const to = typeof target === 'number' ? target : undefined
  const isKnown = baseline !== undefined && to !== undefined && baseline !== to
  const direction = isKnown ? (to > baseline ? 'up' : 'down') : directionOf(title)
  return { from: text(baseline), to: text(to), direction }
}

function directionOf({ normal }: Reading): Change['direction'] {
  if (/reduc|decreas|lower|cut|minimi|fewer|less|drop|shorten|降|减|缩|少/.test(normal)) return 'down'
  return /increas|rais|boost|grow|higher|more|maximi|expand|提升|提高|增|升|扩大/.test(normal)
    ? 'up'
    : 'unknown'
}

/** A unit that is a word is the metric's name (“NPS”); a sign or an abbreviation goes with the number. */
function metricOfUnit({ unit }: LintedMeasure): string | null {
  const name = unit?.trim() ?? ''
  const isSign =
    /^(?:[^\p{L}]*|ms|s|h|min|mins|minutes?|hours?|days?|weeks?|months?|seconds?|points?|pp|k|m|eur|usd|cny|rmb|twd|gbp|people|customers|[\p{Script=Han}]{1,2})$/iu
  return isSign.test(name) ? null : name
}

/** A unit goes with the number where the metric's name does not say it. */
function unitAfter({ unit }: LintedMeasure, metric: string | null): string {
  const written = unit?.trim() ?? ''
  if (written === '' || (metric ?? '').toLowerCase().includes(written.toLowerCase())) return ''
  return ` ${written}`
}

/** What a text is about where it begins with a direction (“improve …”, 提升…) or, in Chinese, ends with one. */
function metricOf(title: Reading): string | null {
  const begin = title.normal.length - title.core.length
  const rest = title.normal.slice(begin)
  const about =
    title.language === 'en'
      ? englishMetric(title.written.slice(begin), english.VAGUE.exec(rest))
      : chineseMetric(title.written.slice(begin), rest)
  return about.length >= 2 && about.length <= 60 ? about : null
}

function englishMetric(written: string, direction: RegExpExecArray | null): string {
  if (direction?.index !== 0) return ''
  return written
    .slice(direction[0].length)
    .replace(/\s(?:to|from|by|until|before|within|below|above|in [qh]\d)\s.*$/i, '')
    .replace(/^\s?(?:(?:the|our|a|an)\s)?/i, '')
    .replace(/[\s.,;:]+$/, '')
}

const DIRECTIONS = new RegExp(
  `(?:${chinese.VAGUE.source}|持续|进一步|显著|明显|大大|逐步|稳步|有所|大幅|有效|不断|全面|将|把)`,
  'g',
)

function chineseMetric(written: string, normal: string): string {
  const found = [...normal.matchAll(DIRECTIONS)]
  const last = found.at(-1)
  if (last === undefined) return ''
  const isBeside = found[0]!.index === 0 || last.index + last[0].length === normal.length
  if (!isBeside) return ''
  let about = ''
  let place = 0
  for (const match of found) {
    about += written.slice(place, match.index)
    place = match.index + match[0].length
  }
  return (about + written.slice(place))
    .replace(/[从從由].*$/, '')
    .replace(/[\s,，。.]+$/, '')
    .trim()
}

/** The text itself with its start put in; null when there is no place for it. */
function withBaseline(title: Reading, { now }: Phrases): string | null {
  const end = title.targets.find((amount) => endsChange(title, amount.start))
  if (end === undefined) return null
  const before = title.written.slice(0, end.start)
  const after = title.written.slice(end.start)
  if (title.language === 'en') {
    const isTo = english.CHANGE_TO.test(title.normal.slice(0, end.start))
    const withStart = isTo
      ? before.replace(/(\bto\b(?:(?!\bto\b).)*)$/i, `from ${now} $1`)
      : before.replace(/(\w+ (?:an? |the )?)$/i, `from ${now} to $1`)
    return withStart + after
  }
  const change = new RegExp(`(?:${chinese.CHANGE_TO.source})`).exec(title.normal.slice(0, end.start))
  if (change === null) return null
  const from = title.language === 'zh-TW' ? '從' : '从'
  return `${title.written.slice(0, change.index)}${from}${now}${title.written.slice(change.index)}`
}
