import type { Health, HealthRule } from '../health/health.ts'
import type { KeyResultKey } from '../ids.ts'
import type { Numbers } from '../snapshot.ts'
import type { CalendarDay } from '../time.ts'
import { shownForecast, type ShownForecast } from '../writeback/shown-forecast.ts'
import { floorPercent, wholePercent } from '../writeback/whole-percent.ts'

/** How bad a warning is: what is at risk may still get there, what is off track will not without a change. */
export type WarningLevel = 'at_risk' | 'off_track'

/**
 * What a key result is warned of:
 * - `health` its health is at risk or off track
 * - `output_without_outcome` its work is being delivered and its outcome does not move
 * - `scope_growth` its work grows while it is being done
 * - `uncovered` it is in danger and no running sprint holds work for it
 * - `conflict` its work is claimed by a key result of another objective as well
 */
export const WARNING_KINDS = [
  'health',
  'output_without_outcome',
  'scope_growth',
  'uncovered',
  'conflict',
] as const

export type WarningKind = (typeof WARNING_KINDS)[number]

/** What each kind says beside the key result's own numbers. Percents are whole. */
export type WarningDetail =
  | { readonly kind: 'health' }
  | {
      readonly kind: 'output_without_outcome'
      readonly deliveryPercent: number
      readonly outcomePercent: number
      readonly timePercent: number
    }
  | {
      readonly kind: 'scope_growth'
      readonly sizeBefore: number
      readonly sizeNow: number
      readonly unit: WorkUnit
      readonly sinceDay: CalendarDay
    }
  | { readonly kind: 'uncovered' }
  | { readonly kind: 'conflict'; readonly issueKey: string; readonly others: readonly KeyResultKey[] }

/** `size`: as a numeric field of Jira sizes it. */
export type WorkUnit = 'issues' | 'points' | 'size'

/** The numbers a warning is told with, in whole percents: what moves less than that is no news. Plain JSON. */
export interface WarningNumbers {
  readonly health: Health
  /** The computed health, where a person's word stands over it; else null. */
  readonly overruled: Health | null
  /** The health policy it was judged by, and which of its rules decided. */
  readonly policy: string
  readonly rule: HealthRule
  readonly progressPercent: number | null
  readonly expectedPercent: number | null
  readonly pacePercent: number | null
  readonly gapPoints: number | null
  readonly forecast: ShownForecast | null
  /** What would bring it back; null where the measure or the missing sprints do not let it be said. */
  readonly needed: NeededPace | null
}

export interface NeededPace {
  /** Work it needs in each remaining sprint to reach its target in time. */
  readonly perSprint: number
  /** What the present sprint plans for it; null when none runs. */
  readonly plannedNow: number | null
  readonly unit: WorkUnit
}

export interface WarningFacts {
  readonly numbers: WarningNumbers
  readonly detail: WarningDetail
}

/** Something that is wrong with a key result now, or not any more. What is not signalled is over. */
export interface Signal {
  /** null: it cannot be told now; a warning that stands keeps its level. */
  readonly level: WarningLevel | null
  /** False: because of it a warning that stands goes on, but none begins. */
  readonly begins: boolean
  /** True when nothing is wrong: a warning of it ends, and these are the numbers it ends with. */
  readonly isOver?: boolean
  readonly facts: WarningFacts
}

/** A key result's numbers as warnings tell them. */
export function warningNumbers(numbers: Numbers, needed: NeededPace | null): WarningNumbers {
  const { health, computed, override, policy, rule, expected, paceRatio, gapPoints } = numbers.assessment
  return {
    health,
    overruled: override === null ? null : computed,
    policy,
    rule,
    progressPercent: wholePercent(numbers.progress),
    expectedPercent: wholePercent(expected),
    pacePercent: floorPercent(paceRatio),
    gapPoints: gapPoints === null ? null : Math.round(gapPoints),
    forecast: shownForecast(numbers.forecast),
    needed: needed === null ? null : { ...needed, perSprint: Math.ceil(needed.perSprint - FLOAT_SLACK) },
  }
}

/** Three sprints of 13 points are not 13.000000000000002 each. */
const FLOAT_SLACK = 1e-9

/**
 * The signal of a health, also when nothing is wrong.
 *
 * Silence (`stale`, `no_data`) proves neither danger nor rescue: a warning that stands goes on as it is, and none
 * begins. `missed` is the worst a standing warning can come to, so it counts as off track; a key result whose time is
 * already up when it is first looked at cannot be brought back, so nobody is warned of it.
 */
export function healthSignal(numbers: WarningNumbers): Signal {
  const facts: WarningFacts = { numbers, detail: { kind: 'health' } }
  switch (numbers.health) {
    case 'at_risk':
    case 'off_track':
      return { level: numbers.health, begins: true, facts }
    case 'missed':
      return { level: 'off_track', begins: false, facts }
    case 'stale':
    case 'no_data':
      return { level: null, begins: false, facts }
    case 'on_track':
    case 'done':
      return { level: null, begins: false, isOver: true, facts }
  }
}

/** True when the first is the worse. */
export function isWorse(a: WarningLevel | null, b: WarningLevel | null): boolean {
  return rankOf(a) > rankOf(b)
}

function rankOf(level: WarningLevel | null): number {
  return level === null ? 0 : level === 'at_risk' ? 1 : 2
}
