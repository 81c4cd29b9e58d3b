import type { CheckInSubject, LastWords } from '../../src/domain/check-ins/due-check-ins.ts'
import type { CadenceTime } from '../../src/domain/check-ins/cadence.ts'
import type { Cycle, KeyResult, Objective } from '../../src/domain/goals.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../src/domain/ids.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'

export const NPS: Measure = { kind: 'metric', unit: 'NPS', baseline: 45, target: 55 }
const SILENCE: LastWords = { value: null, confidence: null, systemValueAt: null, wordAt: null }

const CYCLE: Cycle = {
  key: '2026-Q4' as CycleKey,
  title: 'Fourth quarter',
  startDay: '2026-10-01',
  endDay: '2026-12-31',
  calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] },
  closedAt: null,
  archivedAt: null,
}

const OBJECTIVE: Objective = {
  key: 'O-1' as ObjectiveKey,
  cycle: CYCLE.key,
  title: 'Customers recommend us',
  description: '',
  parent: null,
  contributionWeight: null,
  healthRollUp: 'worst',
  level: 'team',
  ambition: 'committed',
  owner: null,
  team: null,
  healthPolicy: null,
  externalId: null,
  archivedAt: null,
}

const KEY_RESULT: KeyResult = {
  key: 'KR-1' as KeyResultKey,
  objective: OBJECTIVE.key,
  title: 'NPS rises to 55',
  description: '',
  owner: null,
  ownerAccountId: null,
  measure: NPS,
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
}

interface SubjectChange {
  readonly keyResult?: Partial<KeyResult>
  readonly cycle?: Partial<Cycle>
  readonly words?: Partial<LastWords>
  readonly shown?: CheckInSubject['shown']
}

/** A metric of 2026-Q4 nobody has said anything about. */
export function checkInSubject(change: SubjectChange = {}, time?: CadenceTime): CheckInSubject {
  return {
    keyResult: { ...KEY_RESULT, ...change.keyResult },
    objective: OBJECTIVE,
    cycle: { ...CYCLE, ...time, ...change.cycle },
    shown: change.shown ?? null,
    words: { ...SILENCE, ...change.words },
  }
}
