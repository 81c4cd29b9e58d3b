import fc from 'fast-check'
import type { MovementKind } from '../../src/domain/explanation.ts'
import type { KeyResultForecast } from '../../src/domain/forecast/key-result-forecast.ts'
import type { HealthAssessment } from '../../src/domain/health/assess-health.ts'
import type { Health, HealthRule } from '../../src/domain/health/health.ts'
import { parseKeyResultKey } from '../../src/domain/ids.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { WARNING_KINDS } from '../../src/domain/warnings/signal.ts'
import type { Numbers } from '../../src/domain/snapshot.ts'
import {
  statusFacts,
  type StatusFacts,
  type StatusFactsInput,
} from '../../src/domain/writeback/status-facts.ts'

export const PUBLIC_URL = 'https://okr.example.com'

/** Judged by pace, without a forecast. */
export const someAssessment: HealthAssessment = {
  health: 'at_risk',
  computed: 'at_risk',
  rule: 'pace',
  policy: 'balanced',
  expected: 0.4,
  paceRatio: 0.75,
  gapPoints: 10,
  probability: null,
  byPace: 'at_risk',
  byForecast: null,
  heldBy: null,
  heldUntil: null,
  override: null,
}

/** Half a quarter gone, 30 % of 20 points delivered where 40 % was expected. */
export const someNumbers: Numbers = {
  current: 6,
  baseline: 0,
  target: 20,
  unit: 'points',
  rawProgress: 0.3,
  progress: 0.3,
  automatic: null,
  valueOverride: null,
  detail: null,
  delivery: {
    scope: { issues: 9, size: 20 },
    toDo: { issues: 4, size: 8 },
    inProgress: { issues: 3, size: 6 },
    delivered: { issues: 2, size: 6 },
    unestimated: { issues: 2, countedAs: 3 },
  },
  latestCheckIn: { at: 0, value: null, confidence: 6 },
  forecast: { kind: 'none', reason: 'nothing_to_deliver' },
  assessment: someAssessment,
}

export const someInput: StatusFactsInput = {
  keyResult: {
    key: parseKeyResultKey('KR-12')!,
    title: 'Checkout takes 10 s',
    measure: { kind: 'delivery', size: 'points', target: { kind: 'scope' } },
  },
  objective: { title: 'Faster shopping' },
  dueDay: '2026-12-31',
  numbers: someNumbers,
  explanation: { counts: { delivered: 2, added: 1 } },
  warnings: [],
  lastSprint: null,
  publicUrl: PUBLIC_URL,
}

export function factsWith(change: Partial<StatusFacts> = {}): StatusFacts {
  return { ...statusFacts(someInput), ...change }
}

/** Text as hostile users write it: markup of every kind, invisible characters, halves of surrogates, any length. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        ...[
          '[~admin]',
          '[~accountid:5b10]',
          '@ann',
          '{code}',
          '{color:red}',
          '{html}<b>',
          '*bold*',
          '_em_',
          '-x-',
        ],
        ...[
          'h1. Big',
          'bq. ',
          '# ',
          '* ',
          '----',
          '||a||',
          '!pic.png!',
          '[x|https://evil.example]',
          '{{mono}}',
        ],
        ...[
          'https://evil.example/a?b=c',
          'www.evil.example',
          'mailto:a@evil.example',
          'EE-4',
          'file://x',
          '(!)',
        ],
        ...[
          ':)',
          '\\',
          '\\\\',
          '\\[',
          '&#91;',
          '&amp;',
          '\n',
          '\r\n',
          '\t',
          '\u2028',
          '\u0000',
          '\u001b[31m',
        ],
        ...[
          '\u202e',
          '\u2066',
          '\u200b',
          '\ufeff',
          '\ud800',
          '\udc00',
          '\uffff',
          '结果',
          '👩‍🚀',
          ' ',
          '{',
          '}',
          '|',
          'a1',
        ],
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('x', '\u0301', '[', '\\', '"', '\ud83d', '𝔘').map((unit) => unit.repeat(100_000)),
)

const anyAmount = fc.record({
  issues: fc.nat(1_000_000),
  size: fc.double({ min: 0, max: 1e12, noNaN: true }),
})
const anyNumber = fc.double({ min: -1e15, max: 1e15, noNaN: true })

const anyMeasure: fc.Arbitrary<Measure> = fc.oneof(
  fc.record({ kind: fc.constant('metric' as const), unit: anyText, baseline: anyNumber, target: anyNumber }),
  fc.record({
    kind: fc.constant('delivery' as const),
    size: fc.constantFrom('count' as const, 'points' as const),
    target: fc.oneof(
      fc.constant({ kind: 'scope' as const }),
      fc.record({
        kind: fc.constant('fixed' as const),
        amount: fc.double({ min: 1, max: 1e9, noNaN: true }),
      }),
    ),
  }),
)

const HEALTHS: readonly Health[] = ['no_data', 'on_track', 'at_risk', 'off_track', 'stale', 'done', 'missed']
const RULES: readonly HealthRule[] = [
  ...(['reached', 'past_due', 'no_evidence', 'silence', 'grace', 'pace'] as const),
  ...(['gap', 'forecast', 'confidence', 'no_basis'] as const),
]
const MOVEMENTS: readonly MovementKind[] = [
  ...(['delivered', 'reopened', 'added', 'removed', 're_estimated', 'started'] as const),
  ...(['checked_in', 'target_moved', 'due_date_moved', 'rule_changed'] as const),
]

const anyDay = fc.constantFrom('2026-11-02', '2027-03-31')
const anyForecast: fc.Arbitrary<KeyResultForecast> = fc.oneof(
  fc.record({
    kind: fc.constant('probability' as const),
    probability: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    p50Day: fc.option(anyDay),
    p85Day: fc.option(anyDay),
    p95Day: fc.option(anyDay),
    remaining: fc.double({ min: 0, max: 1e9, noNaN: true }),
    trials: fc.constant(10_000),
    sample: fc.constant({
      fromDay: '2026-10-01',
      toDay: '2026-11-01',
      workingDays: 20,
      deliveredItems: 9,
      deliveryDays: 6,
    }),
  }),
  fc.record({
    kind: fc.constant('trend' as const),
    perWeek: anyNumber,
    valueAtDue: anyNumber,
    low: anyNumber,
    high: anyNumber,
    reachesDay: fc.option(anyDay),
    checkIns: fc.nat(100),
  }),
  fc.constant({ kind: 'none' as const, reason: 'reached' as const }),
)

export const anyNumbers: fc.Arbitrary<Numbers> = fc.record({
  current: fc.option(anyNumber),
  baseline: anyNumber,
  target: fc.option(anyNumber),
  unit: anyText,
  rawProgress: fc.option(anyNumber),
  progress: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  automatic: fc.constant(null),
  valueOverride: fc.constant(null),
  detail: fc.constant(null),
  delivery: fc.record({
    scope: anyAmount,
    toDo: anyAmount,
    inProgress: anyAmount,
    delivered: anyAmount,
    unestimated: fc.record({ issues: fc.nat(1000), countedAs: fc.double({ min: 0, max: 100, noNaN: true }) }),
  }),
  latestCheckIn: fc.option(
    fc.record({
      at: fc.nat(),
      value: fc.option(anyNumber),
      confidence: fc.option(fc.integer({ min: 0, max: 10 })),
    }),
  ),
  forecast: anyForecast,
  assessment: fc.record({
    health: fc.constantFrom(...HEALTHS),
    computed: fc.constantFrom(...HEALTHS),
    rule: fc.constantFrom(...RULES),
    policy: anyText,
    expected: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    paceRatio: fc.option(fc.double({ min: -100, max: 100, noNaN: true })),
    gapPoints: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
    probability: fc.constant(null),
    byPace: fc.constant(null),
    byForecast: fc.constant(null),
    heldBy: fc.constant(null),
    heldUntil: fc.constant(null),
    override: fc.option(
      fc.record({
        health: fc.constantFrom(...HEALTHS),
        reason: anyText,
        by: anyText,
        at: fc.nat(),
        untilDay: anyDay,
      }),
    ),
  }),
})

/** Everything that can come into a comment, however unlikely. */
const anyInput: fc.Arbitrary<StatusFactsInput> = fc.record({
  keyResult: fc.record({
    key: fc.constant(parseKeyResultKey('KR-12')!),
    title: anyText,
    measure: anyMeasure,
  }),
  objective: fc.record({ title: anyText }),
  dueDay: fc.constantFrom('2026-12-31', '2027-03-31'),
  numbers: anyNumbers,
  lastSprint: fc.option(
    fc.record({
      siteId: fc.constant('main'),
      sprintId: fc.nat(),
      name: anyText,
      completeAt: fc.nat(),
      completedIssues: fc.nat(),
      carriedOverIssues: fc.nat(),
      deliveredSize: fc.nat(),
      progressBefore: fc.option(anyNumber),
      progressAfter: fc.option(anyNumber),
    }),
  ),
  explanation: fc.record({
    counts: fc.dictionary(fc.constantFrom(...MOVEMENTS), fc.nat(1_000_000), { maxKeys: MOVEMENTS.length }),
  }),
  warnings: fc.array(
    fc.record({
      kind: fc.constantFrom(...WARNING_KINDS),
      level: fc.constantFrom('at_risk' as const, 'off_track' as const),
    }),
    { maxLength: 5 },
  ),
  publicUrl: fc.constant(PUBLIC_URL),
})

export const anyFacts: fc.Arbitrary<StatusFacts> = anyInput.map(statusFacts)
