import { timeBoxOf, type Cycle, type KeyResult, type Objective } from '../../src/domain/goals.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../src/domain/ids.ts'
import type { MetricMeasure } from '../../src/domain/measures/measure.ts'
import { rawProgress } from '../../src/domain/measures/progress.ts'
import type { CyclePast, KeyResultPast } from '../../src/domain/retrospective/build-retrospective.ts'
import type { TrendDay } from '../../src/domain/retrospective/trend.ts'
import { nextDay, startOfDay } from '../../src/domain/time.ts'

/** Ten days in October; nobody rests. */
const TEN_DAYS: Cycle = {
  key: '2026-10' as CycleKey,
  title: 'Ten days of October',
  startDay: '2026-10-01',
  endDay: '2026-10-10',
  calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] },
  closedAt: null,
  archivedAt: null,
}

export const END = startOfDay('2026-10-11', 'UTC') - 1

const BY_METRIC: MetricMeasure = { kind: 'metric', unit: '%', baseline: 45, target: 55 }

export function anObjective(given: Partial<Objective> = {}): Objective {
  return {
    key: 'O-1' as ObjectiveKey,
    cycle: TEN_DAYS.key,
    title: 'Customers find what they look for',
    description: '',
    parent: null,
    contributionWeight: null,
    healthRollUp: 'worst',
    level: 'team',
    ambition: 'committed',
    owner: 'Ada Lovelace',
    team: null,
    healthPolicy: null,
    externalId: null,
    archivedAt: null,
    ...given,
  }
}

export function aGoal(given: Partial<KeyResult> = {}): KeyResult {
  return {
    key: 'KR-1' as KeyResultKey,
    objective: 'O-1' as ObjectiveKey,
    title: 'Activation rises from 45 % to 55 %',
    description: '',
    owner: 'Ada Lovelace',
    ownerAccountId: null,
    measure: BY_METRIC,
    weight: 1,
    dueDay: null,
    plan: { kind: 'linear' },
    healthPolicy: null,
    healthOverride: null,
    valueOverride: null,
    anchorIssue: null,
    dependsOn: [],
    intendedSharePercent: null,
    externalId: null,
    rolledFrom: null,
    archivedAt: null,
    ...given,
  }
}

/** A metric whose value was this on each day of the cycle, the last one holding to its end. */
export function aKeyResultPast(
  values: readonly (number | null)[],
  { keyResult = aGoal(), ...given }: Partial<KeyResultPast> = {},
): KeyResultPast {
  const { baseline, target } = BY_METRIC
  const days: TrendDay[] = []
  let day = TEN_DAYS.startDay
  for (let index = 0; day <= TEN_DAYS.endDay; index++, day = nextDay(day)) {
    const current = values[Math.min(index, values.length - 1)] ?? null
    const raw = current === null ? null : rawProgress(current, baseline, target)
    days.push({ day, current, target, rawProgress: raw, expectedProgress: null })
  }
  const last = days.at(-1)!
  return {
    keyResult,
    timeBox: timeBoxOf(keyResult, TEN_DAYS),
    entered: null,
    value: {
      current: last.current,
      baseline,
      target,
      unit: '%',
      rawProgress: last.rawProgress,
      automatic: null,
      parts: null,
    },
    days,
    moves: [],
    scope: null,
    said: { words: [], pushes: [] },
    team: null,
    delivered: { issues: 0, points: 0, unestimated: 0 },
    forecasts: [],
    warnings: [],
    ...given,
  }
}

/** One objective with these key results. */
export function aCyclePast(
  keyResults: readonly KeyResultPast[],
  { objective = anObjective(), ...given }: Partial<CyclePast> & { objective?: Objective } = {},
): CyclePast {
  return {
    cycle: TEN_DAYS,
    asOf: END,
    isEarly: false,
    planned: startOfDay('2026-10-02', 'UTC') - 1,
    objectives: [{ objective, keyResults }],
    dropped: [],
    movedAway: [],
    earlier: [],
    ...given,
  }
}
