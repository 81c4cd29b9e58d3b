import type { Explanation } from '../explanation.ts'
import type { KeyResult, Objective } from '../goals.ts'
import type { Health, HealthRule } from '../health/health.ts'
import type { KeyResultKey, SprintId } from '../ids.ts'
import type { WorkAmount } from '../measures/delivery.ts'
import type { MeasureDetail } from '../measures/measured.ts'
import type { Measure } from '../measures/measure.ts'
import type { Numbers } from '../snapshot.ts'
import type { SprintResult } from '../sprints/sprint-result.ts'
import type { CalendarDay } from '../time.ts'
import type { Episode } from '../warnings/episode.ts'
import type { WarningKind, WarningLevel } from '../warnings/signal.ts'
import { keyResultUrl } from './key-result-url.ts'
import { plainText } from './plain-text.ts'
import { shownForecast, type ShownForecast } from './shown-forecast.ts'
import { floorPercent, wholePercent } from './whole-percent.ts'

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
  /** Explains the computed health. */
  readonly rule: HealthRule
  /** The computed health, where a person's word stands over it; else null. */
  readonly overruled: Health | null
  /** 0 to 100; 100 only when all of it is expected by now. null: there is no plan. */
  readonly expectedPercent: number | null
  /** progress ÷ expected in percent, rounded down: a pace below a band's edge never reads as being on it. */
  readonly pacePercent: number | null
  /** expected − progress in whole percentage points. */
  readonly gapPoints: number | null
  readonly forecast: ShownForecast | null
  /** 0 to 100; 100 only when the target is reached. */
  readonly progressPercent: number | null
  readonly current: number | null
  readonly target: number | null
  /** Where a person's value is shown in its place, the progress that is measured; null: none yet. */
  readonly enteredOver: { readonly measuredPercent: number | null } | null
  /** Of a range its periods, of a ladder its steps. */
  readonly counted: CountedParts | null
  readonly delivered: WorkAmount
  readonly scope: WorkAmount
  readonly unestimated: { readonly issues: number; readonly countedAs: number }
  /** What moved since the last visible comment, in counts. */
  readonly changes: Explanation['counts']
  /** What stands beside the health, which says itself. */
  readonly warnings: readonly { readonly kind: WarningKind; readonly level: WarningLevel }[]
  /** What the sprint that closed last did for it; null before the first. */
  readonly lastSprint: SprintTold | null
  readonly latestCheckIn: { readonly value: number | null; readonly confidence: number | null } | null
  /** The key result's page, built from Throughline's own address. */
  readonly url: string
}

/** How many of how many parts a measure is made of are good. */
export interface CountedParts {
  readonly good: number
  readonly all: number
}

/** Plain JSON, the name one visible line. */
export interface SprintTold {
  readonly sprintId: SprintId
  readonly name: string
  readonly completedIssues: number
  readonly carriedOverIssues: number
  /** Progress made in it, in whole percentage points; null where it could not be measured. */
  readonly gainedPoints: number | null
}

export interface StatusFactsInput {
  readonly keyResult: Pick<KeyResult, 'key' | 'title' | 'measure'>
  readonly objective: Pick<Objective, 'title'>
  /** The effective due day: `Evidence.timeBox.dueDay`. */
  readonly dueDay: CalendarDay
  readonly numbers: Numbers
  /** Movements since the last visible comment; empty for the first. */
  readonly explanation: Pick<Explanation, 'counts'>
  /** Those that stand. */
  readonly warnings: readonly Pick<Episode, 'kind' | 'level'>[]
  readonly lastSprint: SprintResult | null
  /** Throughline's own address, with or without a slash at its end. */
  readonly publicUrl: string
}

const TITLE_LENGTH = 160
const UNIT_LENGTH = 24
const NAME_LENGTH = 60

/** What the status comment of a key result would show. */
export function statusFacts(input: StatusFactsInput): StatusFacts {
  const { keyResult, objective, dueDay, numbers, explanation, publicUrl } = input
  const { health, computed, override, rule, expected, paceRatio, gapPoints } = numbers.assessment
  const checkIn = numbers.latestCheckIn
  return {
    key: keyResult.key,
    title: plainText(keyResult.title, TITLE_LENGTH),
    objectiveTitle: plainText(objective.title, TITLE_LENGTH),
    dueDay,
    measure: shownMeasure(keyResult.measure),
    health,
    rule,
    overruled: override === null ? null : computed,
    expectedPercent: wholePercent(expected),
    pacePercent: floorPercent(paceRatio),
    gapPoints: gapPoints === null ? null : Math.round(gapPoints),
    forecast: shownForecast(numbers.forecast),
    progressPercent: wholePercent(numbers.progress),
    current: numbers.current,
    target: numbers.target,
    enteredOver:
      numbers.automatic === null ? null : { measuredPercent: wholePercent(numbers.automatic.progress) },
    counted: countedParts(numbers.detail),
    delivered: numbers.delivery.delivered,
    scope: numbers.delivery.scope,
    unestimated: numbers.delivery.unestimated,
    changes: explanation.counts,
    warnings: input.warnings
      .filter(({ kind }) => kind !== 'health')
      .map(({ kind, level }) => ({ kind, level })),
    lastSprint: input.lastSprint === null ? null : sprintTold(input.lastSprint),
    latestCheckIn: checkIn === null ? null : { value: checkIn.value, confidence: checkIn.confidence },
    url: keyResultUrl(publicUrl, keyResult.key),
  }
}

function sprintTold(result: SprintResult): SprintTold {
  const { sprintId, name, completedIssues, carriedOverIssues, progressAfter, progressBefore } = result
  return {
    sprintId,
    name: plainText(name, NAME_LENGTH),
    completedIssues,
    carriedOverIssues,
    gainedPoints: progressAfter === null ? null : Math.round((progressAfter - (progressBefore ?? 0)) * 100),
  }
}

function countedParts(detail: MeasureDetail | null): CountedParts | null {
  switch (detail?.kind) {
    case undefined:
      return null
    case 'range':
      return { good: detail.periods.filter((period) => period.isInside).length, all: detail.periods.length }
    case 'milestones':
      return { good: detail.steps.filter((step) => step.counts).length, all: detail.steps.length }
  }
}

/** The steps of a ladder are told by their count. */
function shownMeasure(measure: Measure): Measure {
  if (measure.kind === 'milestones') return { ...measure, steps: [] }
  return 'unit' in measure ? { ...measure, unit: plainText(measure.unit, UNIT_LENGTH) } : measure
}
