import { workWords } from './amount-words.ts'
import type { MarkedForecast } from './forecast-record.ts'
import { hintSentence } from './hint-sentence.ts'
import { amountText, countText, listText, markdownText, scoreText, whyText } from './markdown-text.ts'
import { moveSentence } from './move-sentence.ts'
import { asideTexts, resultText } from './result-text.ts'
import type { KeyResultRetrospective } from './retrospective.ts'
import type { Telling } from './telling.ts'
import { sparkline } from './trend.ts'
import { warningLines } from './warning-lines.ts'

const SPARK_WIDTH = 26

/** A key result's part of a retrospective: what it came to, how it went there, and what to think about. */
export function keyResultMarkdown(keyResult: KeyResultRetrospective, telling: Telling): string[] {
  const { key, title, moves, hints, grade } = keyResult
  const { day, dayAt } = telling
  const writing = { text: markdownText, day }
  const lines = [
    ...moves.map((move) => `⚑ ${dayAt(move.at)}: ${moveSentence(move, keyResult, writing)}${whyText(move)}`),
    ...scopeLines(keyResult, telling),
    ...checkInLines(keyResult),
    ...forecastLines(keyResult),
    ...warningLines(keyResult.warnings, telling),
    ...hints.map((hint) => `*${hintSentence(hint)}*`),
  ]
  return [
    `### ${key} ${markdownText(title)}`,
    [
      `Grade **${scoreText(grade.score)}**.`,
      resultText(keyResult, telling),
      ...asideTexts(keyResult, telling),
    ].join(' '),
    ...trendLines(keyResult, telling),
    ...(lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')]),
  ]
}

/** Of what was never measured there is nothing to draw. */
function trendLines({ trend }: KeyResultRetrospective, { day }: Telling): string[] {
  const [first, last] = [trend[0], trend.at(-1)]
  if (first === undefined || last === undefined || first.day === last.day) return []
  if (trend.every(({ rawProgress }) => rawProgress === null)) return []
  return [`\`${sparkline(trend, SPARK_WIDTH)}\` ${day(first.day)} to ${day(last.day)}`]
}

function scopeLines(keyResult: KeyResultRetrospective, { lastly }: Telling): string[] {
  const { scope } = keyResult
  if (scope === null) return []
  const { atStart, atEnd, added, removed, reEstimated, reopened } = scope
  const counts = [
    ...(added > 0 ? [`${countText(added, 'issue')} added`] : []),
    ...(removed > 0 ? [`${countText(removed, 'issue')} removed`] : []),
    ...(reEstimated > 0 ? [`${reEstimated} estimated anew`] : []),
    ...(reopened > 0 ? [`${reopened} reopened`] : []),
  ]
  const words = (size: number) => (size === 0 ? 'nothing' : workWords(keyResult, size, markdownText))
  if (counts.length === 0 && atStart === atEnd)
    return [`Linked work: ${words(atEnd)}, unchanged since it was planned.`]
  const moved = counts.length === 0 ? '' : ` (${listText(counts)})`
  return [`Linked work: ${words(atStart)} when it was planned, ${words(atEnd)} ${lastly}${moved}.`]
}

function checkInLines({ checkIns, measure }: KeyResultRetrospective): string[] {
  const { days, due, made } = checkIns
  if (due !== null && made !== null && due > 0) return [`Check-ins: ${madeText(made, due)}.`]
  if (days > 0) return [`Somebody checked in on ${countText(days, 'day')}.`]
  const isReported = measure === 'metric' || measure === 'range' || measure === 'binary'
  return isReported && due === null ? ['Nobody checked in.'] : []
}

function madeText(made: number, due: number): string {
  if (due === 1) return `the one that was asked for was ${made === 1 ? '' : 'not '}made`
  if (made === due) return `all ${due} that were asked for`
  return `${made === 0 ? 'none' : made} of the ${due} that were asked for`
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
    reached: ' It was reached in time.',
    missed: ' It was not reached in time.',
    open: '',
  }[outcome]
  return [`Forecast of reaching it in time: ${listText(said)}.${came}`]
}
