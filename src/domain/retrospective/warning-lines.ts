import type { CalendarDay, EpochMs } from '../time.ts'
import type { WarningKind, WarningLevel } from '../warnings/signal.ts'
import { countText, listText } from './markdown-text.ts'
import type { PastWarning } from './retrospective.ts'

/** More spells than this are not all told: a list nobody reads to its end. */
const MAX_SPELLS = 4

interface Days {
  /** The day of an instant, in words. */
  at(instant: EpochMs): CalendarDay
}

/** What a key result was warned of: one line for each kind of warning, in the order they were raised first. */
export function warningLines(warnings: readonly PastWarning[], days: Days): string[] {
  return [...Map.groupBy(warnings, ({ kind }) => kind)].map(([kind, spells]) => {
    const name = nameOf(kind, spells)
    const inAll = spells.reduce((sum, spell) => sum + spell.days, 0)
    const told = spells.slice(-MAX_SPELLS).map((spell) => spellText(spell, days))
    if (spells.length === 1) return `${name} ${told[0] ?? ''} (${lengthText(inAll)}).`
    const last = spells.length > MAX_SPELLS ? `the last ${MAX_SPELLS} ` : ''
    return `${name} ${countText(spells.length, 'time')}, ${lengthText(inAll)} in all: ${last}${listText(told)}.`
  })
}

const NAMES: Readonly<Record<Exclude<WarningKind, 'health'>, string>> = {
  output_without_outcome: 'Work was delivered and the outcome did not move',
  scope_growth: 'The linked work grew a lot',
  uncovered: 'No sprint held work for it',
  conflict: 'Its work was claimed by another objective, too',
}

const LEVELS: Readonly<Record<WarningLevel, string>> = { at_risk: 'At risk or worse', off_track: 'Off track' }

/** Of health the worst that is known: a spell keeps the level it ended with, and may have been worse before. */
function nameOf(kind: WarningKind, spells: readonly PastWarning[]): string {
  if (kind !== 'health') return NAMES[kind]
  return LEVELS[spells.some(({ level }) => level === 'off_track') ? 'off_track' : 'at_risk']
}

function spellText({ raisedAt, resolvedAt }: PastWarning, days: Days): string {
  const from = days.at(raisedAt)
  if (resolvedAt === null) return `from ${from} to the end`
  const to = days.at(resolvedAt)
  return from === to ? `on ${from}` : `from ${from} to ${to}`
}

function lengthText(days: number): string {
  return days < 1 ? 'less than a day' : countText(Math.round(days), 'day')
}
