import fc from 'fast-check'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import type { Episode } from '../../src/domain/warnings/episode.ts'
import {
  warningNumbers,
  type NeededPace,
  type Signal,
  type WarningDetail,
  type WarningFacts,
  type WarningKind,
  type WarningLevel,
} from '../../src/domain/warnings/signal.ts'
import { warningContent, type WarningContent } from '../../src/domain/writeback/warning-content.ts'
import { anyNumbers, anyText, PUBLIC_URL, someNumbers } from './status-facts.ts'

export const KR = 'KR-12' as KeyResultKey

const NEEDED: NeededPace = { perSprint: 13, plannedNow: 5, unit: 'points' }

export const someFacts: WarningFacts = {
  numbers: warningNumbers(someNumbers, NEEDED),
  detail: { kind: 'health' },
}

export const DETAILS: Readonly<Record<WarningKind, WarningDetail>> = {
  health: { kind: 'health' },
  output_without_outcome: {
    kind: 'output_without_outcome',
    deliveryPercent: 70,
    outcomePercent: 5,
    timePercent: 55,
  },
  scope_growth: {
    kind: 'scope_growth',
    sizeBefore: 20,
    sizeNow: 31,
    unit: 'points',
    sinceDay: '2026-11-02',
  },
  uncovered: { kind: 'uncovered' },
  conflict: { kind: 'conflict', issueKey: 'WEB-1', others: ['KR-7' as KeyResultKey] },
}

export function signalOf(level: WarningLevel | null, kind: WarningKind = 'health', begins = true): Signal {
  return { level, begins, facts: { ...someFacts, detail: DETAILS[kind] } }
}

export function episodeWith(change: Partial<Episode> = {}): Episode {
  return {
    id: 7,
    keyResult: KR,
    kind: 'health',
    level: 'at_risk',
    facts: someFacts,
    raisedAt: 1_000,
    levelSince: 1_000,
    resolvedAt: null,
    acknowledgement: null,
    snooze: null,
    ...change,
  }
}

export function contentOf(episode: Episode, change: { isInDigest?: boolean } = {}): WarningContent {
  return warningContent({
    episode,
    numbersNow: null,
    keyResult: {
      key: KR,
      title: 'Checkout takes 10 s',
      owner: 'Ada Lovelace',
      ownerAccountId: '5b10ac8d82e05b22cc7d4ef5',
    },
    objective: { title: 'Faster shopping' },
    dueDay: '2026-12-31',
    timeZone: 'UTC',
    isInDigest: change.isInDigest ?? false,
    publicUrl: PUBLIC_URL,
  })
}

const anyNeeded: fc.Arbitrary<NeededPace | null> = fc.option(
  fc.record({
    perSprint: fc.double({ min: 0, max: 1e6, noNaN: true }),
    plannedNow: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
    unit: fc.constantFrom('points' as const, 'issues' as const, 'size' as const),
  }),
)

const anyDetail: fc.Arbitrary<WarningDetail> = fc.oneof(
  fc.constantFrom(DETAILS.health, DETAILS.output_without_outcome, DETAILS.uncovered),
  fc.record({
    kind: fc.constant('scope_growth' as const),
    sizeBefore: fc.double({ min: 0, max: 1e9, noNaN: true }),
    sizeNow: fc.double({ min: 0, max: 1e9, noNaN: true }),
    unit: fc.constantFrom('points' as const, 'issues' as const),
    sinceDay: fc.constant('2026-11-02'),
  }),
  fc.record({
    kind: fc.constant('conflict' as const),
    issueKey: anyText,
    others: fc.array(fc.constantFrom('KR-1' as KeyResultKey, 'KR-999999999' as KeyResultKey), {
      maxLength: 40,
    }),
  }),
)

export const anyWarningFacts: fc.Arbitrary<WarningFacts> = fc
  .tuple(anyNumbers, anyNeeded, anyDetail)
  .map(([numbers, needed, detail]) => ({ numbers: warningNumbers(numbers, needed), detail }))

const anyLevel = fc.constantFrom('at_risk' as const, 'off_track' as const)

/** Accounts as administrators write them, some of them hostile. */
const anyAccount = fc.oneof(
  fc.constantFrom('5b10ac8d82e05b22cc7d4ef5', '557058:f58131cb-b67d-43c7', 'ada.lovelace'),
  anyText.filter((text) => text.trim() !== ''),
)

/** What a warning's comment may be asked to be, whatever people wrote. */
export const anyWarningContent: fc.Arbitrary<WarningContent> = fc
  .record({
    facts: anyWarningFacts,
    level: anyLevel,
    title: anyText,
    owner: fc.option(anyText),
    ownerAccountId: fc.option(anyAccount),
    resolvedAt: fc.option(fc.integer({ min: 0, max: 4e12 })),
  })
  .map(({ facts, level, title, owner, ownerAccountId, resolvedAt }) =>
    warningContent({
      episode: episodeWith({ facts, level, kind: facts.detail.kind, resolvedAt }),
      numbersNow: null,
      keyResult: { key: KR, title, owner, ownerAccountId },
      objective: { title },
      dueDay: '2026-12-31',
      timeZone: 'UTC',
      isInDigest: false,
      publicUrl: PUBLIC_URL,
    }),
  )

export const anySignals: fc.Arbitrary<Signal[]> = fc.array(
  fc.record({ level: fc.option(anyLevel), begins: fc.boolean(), facts: anyWarningFacts }),
  { maxLength: 8 },
)
