import { DEFAULT_POLICY } from '../../src/domain/health/health-policy.ts'
import type { Evidence } from '../../src/domain/snapshot.ts'

type Basis = Pick<Evidence, 'measure' | 'tally' | 'lastWorkAt' | 'latestCheckIn' | 'timeBox'>

/** Evidence of a key result with a linear plan and no past, judged by the default policy for the first time. */
export function evidenceWith(basis: Basis & Partial<Evidence>): Evidence {
  return {
    latestConfidence: null,
    valueOverride: null,
    dayValues: [],
    ticks: [],
    stepDeliveries: [],
    plan: { kind: 'linear' },
    past: { days: [], values: [] },
    seed: 'KR-1',
    judgedBy: { policy: DEFAULT_POLICY, override: null, standing: null },
    ...basis,
  }
}
