import { timeBoxOf, type Cycle, type KeyResult, type Objective } from '../goals.ts'
import type { Health } from '../health/health.ts'
import { numberOf } from '../ids.ts'
import { isMeasuredByWork, type Measure } from '../measures/measure.ts'
import type { MeasureDetail } from '../measures/measured.ts'
import type { Team } from '../team.ts'
import { dayOf, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import { lastCadenceDay, oneCadenceBefore } from './cadence.ts'

/** What people are asked for: a value, whether steps of a ladder are done, a confidence. */
export type Asked = 'value' | 'steps' | 'confidence'

/** What was said about a key result last. */
export interface LastWords {
  readonly value: { readonly at: EpochMs; readonly value: number } | null
  readonly confidence: { readonly at: EpochMs; readonly confidence: number } | null
  /** A value that another system pushed. */
  readonly systemValueAt: EpochMs | null
  /** A check-in of a person, a confidence whoever gave it, or a step ticked by hand. */
  readonly wordAt: EpochMs | null
}

/** A key result of a team whose people may be asked. */
export interface CheckInSubject {
  readonly keyResult: KeyResult
  readonly objective: Objective
  readonly cycle: Cycle
  /** null: it was not computed yet. */
  readonly shown: { readonly health: Health; readonly detail: MeasureDetail | null } | null
  readonly words: LastWords
}

/** A check-in that people were asked for and have not made. */
export interface DueCheckIn extends Pick<CheckInSubject, 'keyResult' | 'objective'> {
  /** The cadence day it was asked on. */
  readonly sinceDay: CalendarDay
  readonly asked: readonly [Asked, ...Asked[]]
  readonly lastValue: LastWords['value']
  readonly lastConfidence: LastWords['confidence']
}

/**
 * The check-ins that a team owes at an instant, in the order of the keys: asked on the last cadence day of the key
 * result's time, in the team's calendar and time zone, and no word since. Asked until the end of the due day, of open
 * cycles only.
 */
export function dueCheckIns(
  team: Pick<Team, 'checkIns' | 'calendar'>,
  subjects: readonly CheckInSubject[],
  now: EpochMs,
): DueCheckIn[] {
  return subjects
    .flatMap((subject) => dueCheckIn(team, subject, now) ?? [])
    .toSorted((a, b) => numberOf(a.keyResult.key) - numberOf(b.keyResult.key))
}

function dueCheckIn(
  team: Pick<Team, 'checkIns' | 'calendar'>,
  subject: CheckInSubject,
  now: EpochMs,
): DueCheckIn | null {
  const { keyResult, objective, words } = subject
  const sinceDay = askedOn(team, subject, now)
  if (team.checkIns === null || sinceDay === null) return null
  const { timeZone } = team.calendar
  if (words.wordAt !== null && words.wordAt >= startOfDay(sinceDay, timeZone)) return null
  const pushedFrom = startOfDay(oneCadenceBefore(team.checkIns, sinceDay), timeZone)
  const isPushed = words.systemValueAt !== null && words.systemValueAt >= pushedFrom
  const [first, ...rest] = askedOf(subject.keyResult.measure, {
    isPushed,
    isDone: subject.shown?.health === 'done',
    hasOpenSteps: hasOpenSteps(subject),
  })
  if (first === undefined) return null
  return {
    keyResult,
    objective,
    sinceDay,
    asked: [first, ...rest],
    lastValue: words.value,
    lastConfidence: words.confidence,
  }
}

/** The cadence day on which a key result was asked about last; null when its time does not run. */
export function askedOn(
  { checkIns, calendar }: Pick<Team, 'checkIns' | 'calendar'>,
  { keyResult, cycle }: Pick<CheckInSubject, 'keyResult' | 'cycle'>,
  now: EpochMs,
): CalendarDay | null {
  const isOver = cycle.closedAt !== null || cycle.archivedAt !== null || keyResult.archivedAt !== null
  if (checkIns === null || isOver) return null
  const { startDay, dueDay } = timeBoxOf(keyResult, cycle)
  const today = dayOf(now, calendar.timeZone)
  return today > dueDay ? null : lastCadenceDay(checkIns, calendar, { startDay, endDay: dueDay }, today)
}

/** What is known of a key result without asking anybody. */
export interface KnownAnyway {
  /** Another system reported a value within the cadence. */
  readonly isPushed: boolean
  readonly isDone: boolean
  /** A step of a ladder that is ticked by hand is not. */
  readonly hasOpenSteps: boolean
}

/**
 * What only people can say. Linked work measures itself, and so does what another system reports; a goal that is
 * reached needs no confidence, though a metric may still slip back.
 */
export function askedOf(measure: Measure, { isPushed, isDone, hasOpenSteps }: KnownAnyway): Asked[] {
  const confidence: Asked[] = isDone ? [] : ['confidence']
  if (isMeasuredByWork(measure)) return confidence
  switch (measure.kind) {
    case 'metric':
    case 'range':
      return isPushed ? confidence : ['value', ...confidence]
    case 'binary':
      return isDone || isPushed ? confidence : ['value', ...confidence]
    case 'milestones':
      return hasOpenSteps ? ['steps', ...confidence] : confidence
  }
}

function hasOpenSteps({ keyResult: { measure }, shown }: CheckInSubject): boolean {
  if (measure.kind !== 'milestones') return false
  const steps = shown?.detail?.kind === 'milestones' ? shown.detail.steps : []
  const done = new Set(steps.filter(({ doneAt }) => doneAt !== null).map(({ title }) => title))
  return measure.steps.some(({ title, issue }) => issue === null && !done.has(title))
}
