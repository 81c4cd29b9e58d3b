import type { WarningKind, WarningLevel } from '../warnings/signal.ts'
import { countText, listText, timesText } from './markdown-text.ts'
import type { PastWarning } from './retrospective.ts'
import type { Telling } from './telling.ts'

/** More spells than this are not all told, nor more levels of one: a list nobody reads to its end. */
const MAX_TOLD = 6

type Days = Pick<Telling, 'dayAt' | 'isRunning' | 'lastly'>

/** What a key result was warned of: one line for each kind of warning, in the order they were raised first. */
export function warningLines(warnings: readonly PastWarning[], days: Days): string[] {
  return [...Map.groupBy(warnings, ({ kind }) => kind).values()].map((spells) => {
    const inAll = lengthText(spells.reduce((sum, { days: length }) => sum + length, 0))
    const told = spells.slice(-MAX_TOLD).map((spell) => partsOf(spell, days))
    if (spells.length === 1) return `${told.map(partsText).join('')} (${inAll}).`
    const names = new Set(told.flatMap((parts) => parts.map(({ name }) => name)))
    const isPlain = names.size === 1 && told.every((parts) => parts.length === 1)
    const name = isPlain ? [...names].join('') : BY_TURNS
    const list = isPlain
      ? listText(told.flatMap((parts) => parts.map(({ time }) => time)))
      : told.map((parts) => lowered(partsText(parts))).join('; ')
    const which = spells.length > MAX_TOLD ? `, the last ${MAX_TOLD} of them ` : ': '
    return `${name} ${timesText(spells.length)}, ${inAll} in all${which}${list}.`
  })
}

const NAMES: Readonly<Record<Exclude<WarningKind, 'health'>, string>> = {
  output_without_outcome: 'Work was delivered and the outcome did not move',
  scope_growth: 'The linked work grew a lot',
  uncovered: 'No sprint held work for it',
  conflict: 'Its work was claimed by another objective, too',
}

const LEVELS: Readonly<Record<WarningLevel, string>> = { at_risk: 'At risk', off_track: 'Off track' }
const BY_TURNS = 'At risk or off track'

/** A part of a spell in which it was one thing. */
interface Part {
  readonly name: string
  /** `from 3 Nov`, and of the last part `from 3 Nov to 2 Dec` */
  readonly time: string
}

/** The levels of a spell of health, those that days can tell apart; other kinds are only there, or not. */
function partsOf(warning: PastWarning, days: Days): Part[] {
  const { kind, level, levels, raisedAt } = warning
  const whole = (name: string): Part[] => [{ name, time: lastTime(days.dayAt(raisedAt), warning, days) }]
  if (kind !== 'health') return whole(NAMES[kind])
  // One that ended at risk may have been worse before.
  if (levels.length === 0) return whole(level === 'at_risk' ? 'At risk or worse' : LEVELS[level])
  const starts = levels.map((one) => ({ level: one.level, day: days.dayAt(one.since) }))
  // What was off track for an hour was; what was at risk for an hour and then worse was worse that day.
  const apart = starts.filter((one, index) => {
    const next = starts[index + 1]
    return next === undefined || next.day !== one.day || one.level === 'off_track'
  })
  const turns = apart.filter((one, index) => one.level !== apart[index - 1]?.level)
  if (turns.length > MAX_TOLD) return whole(BY_TURNS)
  return turns.map((turn, index) => {
    const [name, next] = [LEVELS[turn.level], turns[index + 1]]
    if (next === undefined) return { name, time: lastTime(turn.day, warning, days) }
    return { name, time: next.day === turn.day ? `on ${turn.day}` : `from ${turn.day}` }
  })
}

function lastTime(from: string, { resolvedAt }: PastWarning, { dayAt, isRunning, lastly }: Days): string {
  if (resolvedAt === null) return isRunning ? `since ${from}` : `from ${from} ${lastly.replace(/^at/u, 'to')}`
  const to = dayAt(resolvedAt)
  return from === to ? `on ${from}` : `from ${from} to ${to}`
}

/** `At risk from 9 Oct, off track from 3 Nov to 2 Dec` */
function partsText(parts: readonly Part[]): string {
  return parts
    .map(({ name, time }, index) => {
      const again = parts.findIndex((part) => part.name === name) < index ? ' again' : ''
      return `${index === 0 ? name : lowered(name)}${again} ${time}`
    })
    .join(', ')
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function lengthText(days: number): string {
  return days < 1 ? 'less than a day' : countText(Math.round(days), 'day')
}
