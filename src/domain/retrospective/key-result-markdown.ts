import { dayOf, type CalendarDay, type EpochMs } from '../time.ts'
import { amountWords, unitWords, workWords } from './amount-words.ts'
import { daysOfCycle } from './day-words.ts'
import type { MarkedForecast } from './forecast-record.ts'
import { hintSentence } from './hint-sentence.ts'
import { amountText, countText, listText, markdownText, scoreText } from './markdown-text.ts'
import { moveSentence } from './move-sentence.ts'
import type { GoalMove } from './moves.ts'
import type { KeyResultRetrospective, Retrospective } from './retrospective.ts'
import { sparkline } from './trend.ts'
import { warningLines } from './warning-lines.ts'

const SPARK_WIDTH = 26

/** A key result's part of a retrospective: what it came to, how it went there, and what to think about. */
export function keyResultMarkdown(
  keyResult: KeyResultRetrospective,
  cycle: Retrospective['cycle'],
): string[] {
  const { key, title, trend, moves, hints, grade } = keyResult
  const day = daysOfCycle(cycle)
  const dayAt = (at: EpochMs): CalendarDay => day(dayOf(at, cycle.timeZone))
  const writing = { text: markdownText, day }
  const lines = [
    ...moves.map((move) => `⚑ ${dayAt(move.at)}: ${moveSentence(move, keyResult, writing)}${whyText(move)}`),
    ...scopeLines(keyResult),
    ...checkInLines(keyResult),
    ...forecastLines(keyResult),
    ...warningLines(keyResult.warnings, { at: dayAt }),
    ...hints.map((hint) => `*${hintSentence(hint)}*`),
  ]
  const [first, last] = [trend[0], trend.at(-1)]
  return [
    `### ${key} ${markdownText(title)}`,
    [`Grade **${scoreText(grade.score)}**.`, resultText(keyResult), ...asideText(keyResult, cycle)].join(' '),
    ...(first === undefined || last === undefined
      ? []
      : [`\`${sparkline(trend, SPARK_WIDTH)}\` ${day(first.day)} to ${day(last.day)}`]),
    ...(lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')]),
  ]
}

/** ` Why: The supplier is late (ada).` */
function whyText({ by, reason }: GoalMove): string {
  if (reason === null) return ''
  return ` Why: ${markdownText(reason)}${by === null ? '' : ` (${markdownText(by)})`}`
}

/** What it came to, in the words of its measure. */
function resultText(keyResult: KeyResultRetrospective): string {
  const { baseline, target, current, rawProgress, measure } = keyResult
  if (current === null || rawProgress === null) return 'There was nothing to measure: it counts as 0.'
  switch (measure) {
    case 'binary':
      return current >= 1 ? 'It is done.' : 'It is not done.'
    case 'range':
    case 'milestones':
      return partsText(keyResult, current, rawProgress)
    case 'delivery':
    case 'field_sum':
      if (target === null || baseline !== 0) return metricText(keyResult, current, rawProgress)
      return `It came to ${amountText(current)} of ${amountWords(keyResult, target, markdownText)}: ${wayText(rawProgress)} %.`
    case 'metric':
      return metricText(keyResult, current, rawProgress)
  }
}

function metricText(keyResult: KeyResultRetrospective, current: number, rawProgress: number): string {
  const { baseline, target } = keyResult
  const ended = `It ended at ${amountWords(keyResult, current, markdownText)}`
  if (target === null) return `${ended}.`
  const way = `from ${amountText(baseline)} to ${amountText(target)}`
  const unit = unitWords(keyResult, target, markdownText)
  if (rawProgress < 0) return `${ended}, behind where it began: it was to go ${way}${unit}.`
  return `${ended}: ${wayText(rawProgress)} % of the way ${way}${unit}.`
}

function partsText(keyResult: KeyResultRetrospective, current: number, rawProgress: number): string {
  const { parts, target, measure, automatic } = keyResult
  const way = `${wayText(rawProgress)} % of the way`
  if (parts === null || automatic !== null) {
    return `It ended at ${amountWords(keyResult, current, markdownText)}: ${way}.`
  }
  const { kind, good, all } = parts
  if (measure === 'milestones') return `${good} of ${countText(all, kind)} done: ${way}.`
  const meant = target === null || target >= 1 ? 'all of them' : `${amountText(target * 100)} % of them`
  return `${good} of ${countText(all, kind)} ${good === 1 ? 'was' : 'were'} inside the band; ${meant} ${all === 1 && meant === 'all of them' ? 'was' : 'were'} meant to be.`
}

/** What has to be known beside the result. */
function asideText(
  { automatic, dueDay, rolledFrom, ...keyResult }: KeyResultRetrospective,
  cycle: Retrospective['cycle'],
): string[] {
  return [
    ...(automatic === null
      ? []
      : [`That is a person’s value; measured were ${amountWords(keyResult, automatic, markdownText)}.`]),
    ...(dueDay === cycle.endDay ? [] : [`It was due on ${daysOfCycle(cycle)(dueDay)}.`]),
    ...(rolledFrom === null ? [] : [`It was carried over from ${rolledFrom}.`]),
  ]
}

/** 99.6 % is not all of the way; more than all of it is told. */
function wayText(rawProgress: number): string {
  const percent = Math.round(rawProgress * 100)
  return amountText(rawProgress < 1 ? Math.min(99, percent) : percent)
}

function scopeLines(keyResult: KeyResultRetrospective): string[] {
  const { scope } = keyResult
  if (scope === null) return []
  const { atStart, atEnd, added, removed, reEstimated, reopened } = scope
  const counts = [
    ...(added > 0 ? [`${countText(added, 'issue')} added`] : []),
    ...(removed > 0 ? [`${countText(removed, 'issue')} removed`] : []),
    ...(reEstimated > 0 ? [`${reEstimated} estimated anew`] : []),
    ...(reopened > 0 ? [`${reopened} reopened`] : []),
  ]
  const planned = workWords(keyResult, atStart, markdownText)
  if (counts.length === 0 && atStart === atEnd) return [`Linked work: ${planned} from beginning to end.`]
  const moved = counts.length === 0 ? '' : ` (${listText(counts)})`
  return [`Linked work: ${planned} when it was planned, ${amountText(atEnd)} at the end${moved}.`]
}

function checkInLines({ checkIns, measure }: KeyResultRetrospective): string[] {
  const { days, due, made } = checkIns
  if (due !== null && made !== null && due > 0)
    return [
      made === due
        ? `Check-ins: all ${due} that were asked for.`
        : `Check-ins: ${made} of the ${due} that were asked for.`,
    ]
  if (days > 0) return [`Somebody checked in on ${countText(days, 'day')}.`]
  const isReported = measure === 'metric' || measure === 'range' || measure === 'binary'
  return isReported && due === null ? ['Nobody checked in.'] : []
}

const MARKS: Readonly<Record<number, string>> = {
  0.25: 'after a quarter of the time',
  0.5: 'at half-time',
  0.75: 'after three quarters',
}

function forecastLines({ forecasts, outcome }: KeyResultRetrospective): string[] {
  const known = forecasts.filter(
    (forecast): forecast is MarkedForecast & { probability: number } => forecast.probability !== null,
  )
  if (known.length === 0) return []
  const said = known.map(
    ({ timeShare, probability }) =>
      `${Math.round(probability * 100)} % ${MARKS[timeShare] ?? `after ${amountText(timeShare * 100)} % of the time`}`,
  )
  const came = {
    reached: 'it was',
    missed: 'it was not',
    open: 'its time is not over',
  }[outcome]
  return [`The forecast of reaching it in time said ${listText(said)}; ${came}.`]
}
