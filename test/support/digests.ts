import fc from 'fast-check'
import { teamDigest, type Digest, type DigestKeyResult } from '../../src/domain/digest/team-digest.ts'
import type { Health } from '../../src/domain/health/health.ts'
import type { KeyResultKey, ObjectiveKey, TeamKey } from '../../src/domain/ids.ts'
import type { Team } from '../../src/domain/team.ts'
import { anyText, PUBLIC_URL } from './status-facts.ts'
import { anyWarningFacts, episodeWith } from './warnings.ts'

export const BERLIN: Team = {
  key: 'search' as TeamKey,
  title: 'Search',
  anchorIssue: null,
  notify: 'digest',
  calendar: { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-11-18'] },
  checkIns: null,
  endOfDay: '17:00',
}

export function digestKeyResult(change: Partial<DigestKeyResult> = {}): DigestKeyResult {
  return {
    key: 'KR-12' as KeyResultKey,
    title: 'Checkout takes 10 s',
    objective: { key: 'O-1' as ObjectiveKey, title: 'Faster shopping' },
    now: { progress: 0.3, health: 'at_risk' },
    before: { progress: 0.3, health: 'at_risk' },
    changes: {},
    issuesInProgress: 0,
    warnings: [],
    ...change,
  }
}

const anyHealth = fc.constantFrom<Health>('no_data', 'on_track', 'at_risk', 'off_track', 'done')
const anyStanding = fc.record({
  progress: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  health: anyHealth,
})
const anyEpisode = fc
  .record({
    facts: anyWarningFacts,
    level: fc.constantFrom('at_risk' as const, 'off_track' as const),
    levelSince: fc.integer({ min: 0, max: 4_000 }),
    resolvedAt: fc.option(fc.integer({ min: 0, max: 4_000 })),
  })
  .map((change) => episodeWith({ ...change, kind: change.facts.detail.kind }))

const anyDigestKeyResult: fc.Arbitrary<DigestKeyResult> = fc.record({
  key: fc.integer({ min: 1, max: 999 }).map((n) => `KR-${n}` as KeyResultKey),
  title: anyText,
  objective: fc.record({
    key: fc.integer({ min: 1, max: 9 }).map((n) => `O-${n}` as ObjectiveKey),
    title: anyText,
  }),
  now: anyStanding,
  before: fc.option(anyStanding),
  changes: fc.dictionary(fc.constantFrom('delivered', 'added', 'target_moved'), fc.nat(1_000), {
    maxKeys: 3,
  }),
  issuesInProgress: fc.nat(9),
  warnings: fc.array(anyEpisode, { maxLength: 3 }),
})

/** Digests with something in them, whatever people wrote. */
export const anyDigest: fc.Arbitrary<Digest> = fc
  .record({ title: anyText, keyResults: fc.array(anyDigestKeyResult, { maxLength: 20 }) })
  .map(({ title, keyResults }) =>
    teamDigest({
      team: { ...BERLIN, title },
      since: 1_000,
      until: 3_000,
      keyResults: [...keyResults, digestKeyResult({ changes: { delivered: 1 } })],
      checkIns: [],
      publicUrl: PUBLIC_URL,
    }),
  )
  .filter((digest) => digest !== null)
