import type { Explanation } from '../explanation.ts'
import type { KeyResult, Objective } from '../goals.ts'
import type { Health, HealthRule } from '../health/pace.ts'
import type { KeyResultKey } from '../ids.ts'
import type { WorkAmount } from '../measures/delivery.ts'
import type { Measure } from '../measures/measure.ts'
import type { Numbers } from '../snapshot.ts'
import type { CalendarDay } from '../time.ts'
import { plainText } from './plain-text.ts'

/**
 * Exactly what a reader of the status comment sees, and what the next decision to write is measured against. Plain
 * JSON: it is stored with the comment. Texts are already one visible line of bounded length.
 */
export interface StatusFacts {
  readonly key: KeyResultKey
  readonly title: string
  readonly objectiveTitle: string
  /** The last day it has: its own due day, else the end of the cycle. */
  readonly dueDay: CalendarDay
  readonly measure: Measure
  readonly health: Health
  readonly rule: HealthRule
  /** 0 to 100; 100 only when the whole time has passed. */
  readonly expectedPercent: number
  /** progress ÷ expected in percent, rounded down: a pace below a band's edge never reads as being on it. */
  readonly pacePercent: number | null
  /** 0 to 100; 100 only when the target is reached. */
  readonly progressPercent: number | null
  readonly current: number | null
  readonly target: number | null
  readonly delivered: WorkAmount
  readonly scope: WorkAmount
  readonly unestimated: { readonly issues: number; readonly countedAs: number }
  /** What moved since the last visible comment, in counts. */
  readonly changes: Explanation['counts']
  readonly latestCheckIn: { readonly value: number | null; readonly confidence: number | null } | null
  /** The key result's page, built from Throughline's own address. */
  readonly url: string
}

export interface StatusFactsInput {
  readonly keyResult: Pick<KeyResult, 'key' | 'title' | 'measure'>
  readonly objective: Pick<Objective, 'title'>
  /** The effective due day: `Evidence.timeBox.dueDay`. */
  readonly dueDay: CalendarDay
  readonly numbers: Numbers
  /** Movements since the last visible comment; empty for the first. */
  readonly explanation: Pick<Explanation, 'counts'>
  /** Throughline's own address, with or without a slash at its end. */
  readonly publicUrl: string
}

const TITLE_LENGTH = 160
const UNIT_LENGTH = 24

/** What the status comment of a key result would show. */
export function statusFacts(input: StatusFactsInput): StatusFacts {
  const { keyResult, objective, dueDay, numbers, explanation, publicUrl } = input
  const { health, rule, expected, paceRatio } = numbers.assessment
  const checkIn = numbers.latestCheckIn
  return {
    key: keyResult.key,
    title: plainText(keyResult.title, TITLE_LENGTH),
    objectiveTitle: plainText(objective.title, TITLE_LENGTH),
    dueDay,
    measure: shownMeasure(keyResult.measure),
    health,
    rule,
    expectedPercent: wholePercent(expected),
    pacePercent: paceRatio === null ? null : Math.floor(paceRatio * 100 + FLOAT_SLACK),
    progressPercent: numbers.progress === null ? null : wholePercent(numbers.progress),
    current: numbers.current,
    target: numbers.target,
    delivered: numbers.delivery.delivered,
    scope: numbers.delivery.scope,
    unestimated: numbers.delivery.unestimated,
    changes: explanation.counts,
    latestCheckIn: checkIn === null ? null : { value: checkIn.value, confidence: checkIn.confidence },
    url: `${publicUrl.replace(/\/+$/, '')}/key-results/${keyResult.key}`,
  }
}

/** 0.29 × 100 is 28.999999999999996. */
const FLOAT_SLACK = 1e-9

/** Rounded, but 99.6 % is not all of it. */
function wholePercent(share: number): number {
  return share >= 1 ? 100 : Math.min(99, Math.round(share * 100))
}

function shownMeasure(measure: Measure): Measure {
  return measure.kind === 'metric' ? { ...measure, unit: plainText(measure.unit, UNIT_LENGTH) } : measure
}
