import { dayOf, type EpochMs } from '../time.ts'
import type { MarkedForecast } from './forecast-record.ts'
import { hintSentence } from './hint-sentence.ts'
import { amountText, countText, markdownText, scoreText } from './markdown-text.ts'
import type { GoalMove } from './moves.ts'
import type { KeyResultRetrospective, PastWarning } from './retrospective.ts'
import { sparkline } from './trend.ts'

const SPARK_WIDTH = 26

/** A key result's part of a retrospective. */
export function keyResultMarkdown(keyResult: KeyResultRetrospective, timeZone: string): string[] {
  const { key, title, trend, hints, grade } = keyResult
  const dayText = (at: EpochMs) => dayOf(at, timeZone)
  const lines = [
    ...keyResult.moves.map((move) => moveLine(move, keyResult, dayText)),
    ...scopeLines(keyResult),
    ...checkInLines(keyResult),
    ...forecastLines(keyResult),
    ...keyResult.warnings.map((warning) => warningLine(warning, dayText)),
    ...hints.map((hint) => `*${hintSentence(hint)}*`),
  ]
  const first = trend[0]?.day ?? ''
  const last = trend.at(-1)?.day ?? ''
  return [
    `### ${key} ${markdownText(title)}`,
    `Grade **${scoreText(grade.score)}**. ${valueText(keyResult)}`,
    ...(trend.length === 0 ? [] : [`\`${sparkline(trend, SPARK_WIDTH)}\` ${first} to ${last}`]),
    ...(lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')]),
  ]
}

function valueText(keyResult: KeyResultRetrospective): string {
  const { baseline, target, current, rawProgress, automatic, measure, rolledFrom, dueDay } = keyResult
  const unit = keyResult.unit === '' ? '' : ` ${markdownText(keyResult.unit)}`
  const due = `Due ${dueDay}.${rolledFrom === null ? '' : ` Rolled over from ${rolledFrom}.`}`
  if (current === null || rawProgress === null) return `There was nothing to measure: it counts as 0. ${due}`
  const percent = `${wayText(rawProgress)} % of the way`
  const said = automatic === null ? '' : ` A person’s value; ${amountText(automatic)} was measured.`
  if (measure === 'binary') return `${current === 1 ? 'Done' : 'Not done'}.${said} ${due}`
  if (measure === 'range') {
    return `${amountText(current * 100)} % of the periods were inside, ${amountText((target ?? 1) * 100)} % were aimed at.${said} ${due}`
  }
  const way = target === null ? '' : `: from ${amountText(baseline)} towards ${amountText(target)}${unit}`
  return `It ended at ${amountText(current)}${unit}, ${percent}${way}.${said} ${due}`
}

/** 99.6 % is not all of the way; more than all of it is told. */
function wayText(rawProgress: number): number {
  const percent = Math.round(rawProgress * 100)
  return rawProgress < 1 ? Math.min(99, percent) : percent
}

function moveLine(
  move: GoalMove,
  { unit }: KeyResultRetrospective,
  dayText: (at: EpochMs) => string,
): string {
  const day = dayText(move.at)
  switch (move.kind) {
    case 'target_moved': {
      const value = (target: number | null) => (target === null ? 'all linked work' : amountText(target))
      const easier = move.isEasier ? ', which is easier' : ''
      const name = unit === '' ? '' : ` ${markdownText(unit)}`
      return `⚑ ${day}: the target moved from ${value(move.before)} to ${value(move.after)}${name}${easier}.`
    }
    case 'due_date_moved': {
      const value = (due: string | null) => due ?? 'the end of the cycle'
      return move.before === null && move.after === null
        ? `⚑ ${day}: the due date moved with the cycle.`
        : `⚑ ${day}: the due date moved from ${value(move.before)} to ${value(move.after)}.`
    }
    case 'rule_changed':
      return `⚑ ${day}: the way it is measured was changed.`
  }
}

function scopeLines({ scope }: KeyResultRetrospective): string[] {
  if (scope === null) return []
  const { atStart, atEnd, added, removed, reEstimated, reopened } = scope
  const counts = [
    ...(added > 0 ? [`${added} added`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(reEstimated > 0 ? [`${reEstimated} estimated anew`] : []),
    ...(reopened > 0 ? [`${reopened} reopened`] : []),
  ]
  const moved = counts.length === 0 ? '' : ` (${counts.join(', ')})`
  return [`Linked work: ${amountText(atStart)} when it was planned, ${amountText(atEnd)} at the end${moved}.`]
}

function checkInLines({ checkIns, measure }: KeyResultRetrospective): string[] {
  const { days, due, made } = checkIns
  if (due !== null && made !== null && due > 0) return [`Check-ins: ${made} of the ${due} that were due.`]
  const isReported = measure === 'metric' || measure === 'range' || measure === 'binary'
  return days > 0 || isReported ? [`Somebody checked in on ${countText(days, 'day')}.`] : []
}

function forecastLines({ forecasts, outcome }: KeyResultRetrospective): string[] {
  const known = forecasts.filter(
    (forecast): forecast is MarkedForecast & { probability: number } => forecast.probability !== null,
  )
  if (known.length === 0) return []
  const said = known.map(
    ({ timeShare, probability }) => `${Math.round(probability * 100)} % at ${timeShare * 100} % of the time`,
  )
  const came = {
    reached: 'it was reached in time',
    missed: 'it was not reached in time',
    open: 'its time was not over',
  }[outcome]
  return [`Forecast: ${said.join(', ')}; ${came}.`]
}

function warningLine(
  { kind, level, raisedAt, resolvedAt, days }: PastWarning,
  dayText: (at: EpochMs) => string,
): string {
  const name =
    kind === 'health' ? level.replace('_', ' ') : `${kind.replaceAll('_', ' ')} (${level.replace('_', ' ')})`
  const end = resolvedAt === null ? 'still stood at the end' : `resolved on ${dayText(resolvedAt)}`
  const long = days < 1 ? 'less than a day' : countText(Math.round(days), 'day')
  return `Warned: ${name}, raised on ${dayText(raisedAt)}, ${end}, after ${long}.`
}
